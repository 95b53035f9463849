"""Polls and quizzes: what Telegram refuses in one, how votes count, when one closes, what the bot hears."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.clock import Clock
from playground.entities import Formatted
from playground.people import Person
from playground.polls import Poll
from playground.refusals import PersonRefused
from playground.state import Box

QUESTION = {
    "question": "Which one punishes missed positives?",
    "options": ["precision", "recall", "accuracy"],
}
QUIZ = {**QUESTION, "type": "quiz", "correct_option_ids": [1], "is_anonymous": False}


def polls(updates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [update["poll"] for update in updates if "poll" in update]


def answers(updates: list[dict[str, Any]]) -> list[tuple[str, list[int]]]:
    found = [update["poll_answer"] for update in updates if "poll_answer" in update]
    return [(answer["user"]["username"], answer["option_ids"]) for answer in found]


async def test_a_quiz_is_sent_as_telegram_shows_it_to_its_bot(api: Any, box: Box, group: int) -> None:
    sent = await api(
        "sendPoll", chat_id=group, **QUIZ, explanation="<b>Recall</b> is TP / (TP + FN).",
        explanation_parse_mode="HTML", open_period=30,
    )  # fmt: skip

    poll = sent["poll"]
    now = int(box.now().timestamp())
    assert poll | {"id": "", "options": []} == {
        "id": "",
        "question": "Which one punishes missed positives?",
        "options": [],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": False,
        "type": "quiz",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
        "correct_option_ids": [1],
        "explanation": "Recall is TP / (TP + FN).",
        "explanation_entities": [{"type": "bold", "offset": 0, "length": 6}],
        "open_period": 30,
        "close_date": now + 30,
    }
    assert [(option["text"], option["voter_count"]) for option in poll["options"]] == [
        ("precision", 0), ("recall", 0), ("accuracy", 0),
    ]  # fmt: skip
    assert "text" not in sent
    assert "caption" not in sent


async def test_people_see_the_poll_and_who_chose_what(api: Any, box: Box, group: int) -> None:
    sent = await api("sendPoll", chat_id=group, **QUIZ, explanation="Recall, <i>of course</i>")
    box.vote("bob", "study-group", sent["message_id"], [1])
    box.vote("carol", "study-group", sent["message_id"], [0])

    seen = box.messages("study-group")[-1]
    assert (seen["kind"], seen["text"]) == ("poll", QUESTION["question"])
    poll = seen["poll"]
    assert poll["options"] == [
        {"text": "precision", "voters": ["carol"], "voter_count": 1},
        {"text": "recall", "voters": ["bob"], "voter_count": 1},
        {"text": "accuracy", "voters": [], "voter_count": 0},
    ]
    assert (poll["type"], poll["closed"], poll["correct"], poll["total"]) == ("quiz", False, [1], 2)
    assert poll["explanation"] == "Recall, <i>of course</i>"
    assert poll["explanation_html"] == "Recall, &lt;i&gt;of course&lt;/i&gt;"


async def test_a_vote_is_told_by_name_and_then_the_counts(api: Any, box: Box, group: int) -> None:
    sent = await api("sendPoll", chat_id=group, **QUIZ)
    box.vote("bob", "study-group", sent["message_id"], [1])

    answer, poll = await api.updates()
    assert answer["poll_answer"] == {
        "poll_id": sent["poll"]["id"],
        "user": {"id": 1002, "is_bot": False, "first_name": "Bob", "username": "bob", "language_code": "de"},
        "option_ids": [1],
        "option_persistent_ids": [sent["poll"]["options"][1]["persistent_id"]],
    }
    assert [option["voter_count"] for option in poll["poll"]["options"]] == [0, 1, 0]
    assert poll["poll"]["total_voter_count"] == 1


async def test_of_an_anonymous_poll_the_bot_hears_counts_alone(api: Any, box: Box, group: int) -> None:
    sent = await api("sendPoll", chat_id=group, **QUESTION)
    box.vote("bob", "study-group", sent["message_id"], [0])

    updates = await api.updates()
    assert answers(updates) == []
    assert [poll["total_voter_count"] for poll in polls(updates)] == [1]
    assert sent["poll"]["is_anonymous"] is True


async def test_a_quiz_is_answered_once_and_for_all(api: Any, box: Box, group: int) -> None:
    sent = await api("sendPoll", chat_id=group, **QUIZ)
    box.vote("bob", "study-group", sent["message_id"], [1])

    with pytest.raises(PersonRefused, match=r"bob has answered, and this poll's answers cannot be changed."):
        box.vote("bob", "study-group", sent["message_id"], [0])
    with pytest.raises(PersonRefused, match=r"An answer to this poll cannot be taken back."):
        box.vote("bob", "study-group", sent["message_id"], [])
    assert answers(await api.updates()) == [("bob", [1])]


async def test_a_poll_is_answered_anew_and_taken_back(api: Any, box: Box, group: int) -> None:
    sent = await api("sendPoll", chat_id=group, **QUESTION, is_anonymous=False)
    for chosen in ([0], [0], [2], []):
        box.vote("bob", "study-group", sent["message_id"], chosen)

    updates = await api.updates()
    assert answers(updates) == [("bob", [0]), ("bob", [2]), ("bob", [])]
    assert [poll["total_voter_count"] for poll in polls(updates)] == [1, 1, 0]


async def test_revoting_is_the_senders_choice(api: Any, box: Box, group: int) -> None:
    poll = await api("sendPoll", chat_id=group, **QUESTION, allows_revoting=False)
    quiz = await api("sendPoll", chat_id=group, **QUIZ, allows_revoting=True)

    box.vote("bob", "study-group", quiz["message_id"], [0])
    box.vote("bob", "study-group", quiz["message_id"], [1])
    box.vote("bob", "study-group", poll["message_id"], [0])
    with pytest.raises(PersonRefused):
        box.vote("bob", "study-group", poll["message_id"], [1])


async def test_several_answers_where_the_poll_takes_them(api: Any, box: Box, group: int) -> None:
    one = await api("sendPoll", chat_id=group, **QUIZ)
    quiz = {**QUIZ, "correct_option_ids": [0, 1], "allows_multiple_answers": True}
    several = await api("sendPoll", chat_id=group, **quiz)

    box.vote("bob", "study-group", several["message_id"], [1, 0, 1])
    with pytest.raises(PersonRefused, match=r"Choose one option: the poll takes one answer only."):
        box.vote("bob", "study-group", one["message_id"], [0, 1])

    updates = await api.updates()
    assert answers(updates) == [("bob", [0, 1])]
    assert polls(updates)[0]["correct_option_ids"] == [0, 1]


async def test_votes_that_make_no_sense(api: Any, box: Box, group: int, alice: int) -> None:
    poll = await api("sendPoll", chat_id=alice, **QUESTION)
    text = await api("sendMessage", chat_id=alice, text="x")

    with pytest.raises(PersonRefused, match=r"The options are numbered from 0 to 2."):
        box.vote("alice", "alice", poll["message_id"], [3])
    with pytest.raises(PersonRefused, match=rf"Message {text['message_id']} is no poll."):
        box.vote("alice", "alice", text["message_id"], [0])
    with pytest.raises(PersonRefused, match=r"bob is not in the chat alice."):
        box.vote("bob", "alice", poll["message_id"], [0])
    box.vote("alice", "alice", poll["message_id"], [2])


# Closing


async def test_a_poll_closes_when_its_time_is_over(api: Any, box: Box, clock: Clock, group: int) -> None:
    sent = await api("sendPoll", chat_id=group, **QUIZ, open_period=90)
    await clock.advance(89)
    box.vote("bob", "study-group", sent["message_id"], [1])
    await api.updates()
    await clock.advance(1)

    (closed,) = polls(await api.updates())
    assert (closed["is_closed"], closed["total_voter_count"]) == (True, 1)
    assert "close_date" not in closed
    with pytest.raises(PersonRefused, match=r"The poll is closed."):
        box.vote("carol", "study-group", sent["message_id"], [1])
    await clock.advance(3600)
    assert await api.updates() == []


async def test_a_poll_closes_at_its_date(api: Any, box: Box, clock: Clock, group: int) -> None:
    date = int(box.now().timestamp()) + 600
    sent = await api("sendPoll", chat_id=group, **QUIZ, close_date=date)
    assert (sent["poll"]["open_period"], sent["poll"]["close_date"]) == (600, date)
    assert box.next_due() == datetime.fromtimestamp(date, box.now().tzinfo)

    await clock.advance(600)

    assert [poll["is_closed"] for poll in polls(await api.updates())] == [True]
    assert box.messages("study-group")[-1]["poll"]["closed"] is True


async def test_two_polls_close_in_the_order_of_their_times(
    api: Any, box: Box, clock: Clock, group: int
) -> None:
    late = await api("sendPoll", chat_id=group, **QUIZ, open_period=20)
    early = await api("sendPoll", chat_id=group, **QUIZ, open_period=10)
    gone = await api("sendPoll", chat_id=group, **QUIZ, open_period=15)
    await api("deleteMessage", chat_id=group, message_id=gone["message_id"])

    await clock.advance(60)

    assert [p["id"] for p in polls(await api.updates())] == [early["poll"]["id"], late["poll"]["id"]]


async def test_a_late_vote_is_late_though_nobody_looked_at_the_clock(api: Any, clock: Clock) -> None:
    moments = [clock.now()]
    box = api.box = Box(now=lambda: moments[0], strict=True)
    sent = await api("sendPoll", chat_id=box.roster.chat("study-group").id, **QUIZ, open_period=20)
    moments[0] += timedelta(seconds=20)

    with pytest.raises(PersonRefused, match=r"The poll is closed."):
        box.vote("bob", "study-group", sent["message_id"], [1])


async def test_stopping_closes_answers_and_drops_the_buttons(
    api: Any, box: Box, group: int, buttons: Callable[..., dict[str, Any]]
) -> None:
    sent = await api("sendPoll", chat_id=group, **QUIZ, open_period=60, reply_markup=buttons(Stop="stop.1"))
    box.vote("bob", "study-group", sent["message_id"], [1])
    await api.updates()

    stopped = await api("stopPoll", chat_id=group, message_id=sent["message_id"])

    assert (stopped["is_closed"], stopped["total_voter_count"]) == (True, 1)
    assert [poll["is_closed"] for poll in polls(await api.updates())] == [True]
    assert box.messages("study-group")[-1]["buttons"] == []
    assert box.next_due() is None


async def test_what_cannot_be_stopped(api: Any, box: Box, group: int) -> None:
    poll = await api("sendPoll", chat_id=group, **QUIZ)
    text = await api("sendMessage", chat_id=group, text="x")
    await api("stopPoll", chat_id=group, message_id=poll["message_id"])

    for message_id, words in (
        (poll["message_id"], "poll can't be stopped"),
        (text["message_id"], "message is not a poll"),
        (77, "message with poll to stop not found"),
    ):
        refusal = await api.refused("stopPoll", chat_id=group, message_id=message_id)
        assert refusal == (400, f"Bad Request: {words}")


async def test_no_period_and_a_negative_one_leave_it_open(api: Any, box: Box, group: int) -> None:
    for period in (0, -5):
        sent = await api("sendPoll", chat_id=group, **QUIZ, open_period=period)
        assert "open_period" not in sent["poll"]
    assert box.next_due() is None


async def test_a_poll_can_be_sent_closed(api: Any, box: Box, group: int) -> None:
    sent = await api("sendPoll", chat_id=group, **QUIZ, is_closed=True)

    assert sent["poll"]["is_closed"] is True
    with pytest.raises(PersonRefused, match=r"The poll is closed."):
        box.vote("bob", "study-group", sent["message_id"], [1])


async def test_a_poll_in_a_private_chat(api: Any, box: Box, alice: int) -> None:
    sent = await api("sendPoll", chat_id=alice, **QUIZ)
    box.vote("alice", "alice", sent["message_id"], [1])

    assert answers(await api.updates()) == [("alice", [1])]


async def test_texts_of_a_poll_are_no_texts_to_edit(api: Any, box: Box, group: int) -> None:
    sent = await api("sendPoll", chat_id=group, **QUIZ)

    for method, more, words in (
        ("editMessageText", {"text": "x"}, "there is no text in the message to edit"),
        ("editMessageCaption", {"caption": "x"}, "there is no caption in the message to edit"),
    ):
        refusal = await api.refused(method, chat_id=group, message_id=sent["message_id"], **more)
        assert refusal == (400, f"Bad Request: {words}")


# What Telegram refuses


@pytest.mark.parametrize(
    "changed, words",
    [
        ({"question": ""}, "text must be non-empty"),
        ({"question": " \n"}, "text must be non-empty"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"options": []}, "poll must have at least one answer option"),
        ({"options": list("abcdefghijklm")}, "poll can't have more than 12 options"),
        ({"options": ["a", " "]}, "poll option must be non-empty"),
        ({"options": ["a", "b", "x" * 101]}, "poll options length must not exceed 100"),
        ({"options": "a, b"}, "can't parse options JSON object"),
        ({"options": {"a": 1}}, "expected an Array of String as options"),
        ({"options": ["a", 1]}, "can't parse InputPollOption: InputPollOption must be an Object"),
        ({"options": [{"name": "a"}]}, 'can\'t parse InputPollOption: Can\'t find field "text"'),
        ({"type": "exam"}, "unsupported poll type specified"),
        ({"correct_option_ids": []}, "correct quiz option list must be non-empty"),
        ({"correct_option_ids": [1, 0]}, "correct quiz option list must be increasing"),
        ({"correct_option_ids": [1, 1]}, "correct quiz option list must be increasing"),
        ({"correct_option_ids": [3]}, "wrong quiz correct_option_id"),
        ({"correct_option_ids": [-1]}, "wrong quiz correct_option_id"),
        ({"correct_option_ids": "first"}, "can't parse correct option identifiers JSON object"),
        ({"correct_option_ids": {"a": 1}}, "expected an Array of correct option identifiers"),
        ({"correct_option_ids": ["1"]}, "correct option identifier must be of type Number"),
        ({"correct_option_ids": [0.5]}, "invalid correct option identifier specified"),
        ({"members_only": True}, "poll voters can be restricted only in channel chats"),
        ({"country_codes": ["DE"]}, "poll voters can be restricted only in channel chats"),
        ({"explanation": "<p>x", "explanation_parse_mode": "HTML"},
         "can't parse entities: Unsupported start tag \"p\" at byte offset 0"),
        ({"explanation": "x" * 201}, "quiz explanation length must not exceed 200"),
        ({"explanation": "a\nb\nc\nd"}, "quiz explanation must have at most 2 line feeds"),
        ({"open_period": 4}, "open_period must be at least 5 seconds"),
        ({"open_period": 60, "close_date": 1}, "open_period and close_date can't be used together"),
        ({"close_date": 1}, "close_date must be 5 to 2628000 seconds ahead"),
    ],
)  # fmt: skip
async def test_what_telegram_refuses_in_a_quiz(
    api: Any, box: Box, group: int, changed: dict[str, Any], words: str
) -> None:
    assert await api.refused("sendPoll", chat_id=group, **{**QUIZ, **changed}) == (
        400,
        f"Bad Request: {words}",
    )
    assert box.messages("study-group") == []
    assert box.next_due() is None


async def test_what_is_missing_from_a_quiz(api: Any, group: int) -> None:
    for name, words in (
        ("question", "text must be non-empty"),
        ("options", "can't parse options JSON object"),
        ("correct_option_ids", "correct quiz option list must be non-empty"),
        ("chat_id", "chat_id is empty"),
    ):
        given = {key: value for key, value in {**QUIZ, "chat_id": group}.items() if key != name}
        assert await api.refused("sendPoll", **given) == (400, f"Bad Request: {words}")


async def test_the_largest_poll_there_may_be(api: Any, box: Box, group: int) -> None:
    sent = await api(
        "sendPoll", chat_id=group, question="🦄" * 300, options=["ü" * 99 + letter for letter in "abcdefghijkl"],
        type="quiz", correct_option_ids=list(range(12)), allows_multiple_answers=True,
        explanation="a\n\n" + "x" * 197, open_period=9_999_999,
    )  # fmt: skip

    assert len(sent["poll"]["options"]) == 12
    assert sent["poll"]["open_period"] == 2_628_000
    assert box.next_due() == box.now() + timedelta(seconds=2_628_000)


async def test_a_question_shows_no_formatting_and_the_page_is_told(api: Any, box: Box, group: int) -> None:
    sent = await api(
        "sendPoll", chat_id=group, question="Is <b>recall</b> better?", question_parse_mode="HTML",
        options=[{"text": "<code>yes</code>", "text_parse_mode": "HTML"}, {"text": "no <b>"}],
    )  # fmt: skip

    assert sent["poll"]["question"] == "Is recall better?"
    assert "question_entities" not in sent["poll"]
    assert [option["text"] for option in sent["poll"]["options"]] == ["yes", "no <b>"]
    assert box.warnings[0] == "A poll's question shows no bold: Telegram drops all formatting there."


async def test_old_bots_name_one_right_answer(api: Any, group: int) -> None:
    sent = await api("sendPoll", chat_id=group, **QUESTION, type="quiz", correct_option_id=2)
    plain = await api("sendPoll", chat_id=group, **QUESTION, explanation="nobody sees this")

    assert sent["poll"]["correct_option_ids"] == [2]
    assert "explanation" not in plain["poll"]


@pytest.mark.parametrize("parameter", ["media", "explanation_media", "allow_adding_options"])
async def test_parts_of_polls_that_are_not_built_say_so(api: Any, group: int, parameter: str) -> None:
    value = True if parameter == "allow_adding_options" else {"type": "photo", "media": "x"}

    refusal = await api.refused("sendPoll", chat_id=group, **QUIZ, **{parameter: value})
    assert refusal == (501, f"Not Implemented: sendPoll with {parameter} is not built into the playground")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.booleans(),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 2), st.lists(st.integers(-1, 3), max_size=3)), max_size=12),
)
def test_counts_always_agree_with_who_voted(
    is_multiple: bool, is_revotable: bool, votes: list[tuple[int, list[int]]]
) -> None:
    people = [Person(number, f"p{number}", "en") for number in range(3)]
    options = [Formatted(text) for text in "abc"]
    poll = Poll("7", Formatted("q"), options, is_multiple=is_multiple, is_revotable=is_revotable)
    for voter, chosen in votes:
        before = dict(poll.votes)
        try:
            changed = poll.vote(people[voter], chosen)
        except PersonRefused:
            changed = False
        assert changed == (poll.votes != before)

        shown = poll.as_json()
        answered = [poll.answer_json(person)["option_ids"] for person in people]
        assert shown["total_voter_count"] == sum(bool(ids) for ids in answered)
        assert [o["voter_count"] for o in shown["options"]] == [
            sum(number in ids for ids in answered) for number in range(3)
        ]
        assert is_multiple or all(len(ids) <= 1 for ids in answered)
