"""A quiz by oneself, and what was missed, there or in a group, among one's cards."""

from __future__ import annotations

import pytest

from tests.fake_group import FakeGroup
from tests.run_again import run_the_last_update_again


@pytest.fixture
async def alone(running, chat):
    await chat.starts()
    return FakeGroup(running, "alice")


async def test_alone_it_begins_at_once_and_goes_on_with_each_vote(alone):
    await alone.says("alice", "/quiz metrics 2")
    assert alone.poll.question.startswith("1/2")
    await alone.waits(4)
    await alone.votes("alice")
    assert "\n\n94 points after 1 question" in alone.last.text
    await alone.waits(6)
    await alone.votes("alice")

    assert alone.last.text == "🏆 Metrics, 2 questions\n2 of 2 right, 194 points."
    assert alone.last.buttons == ["Again"]


async def test_what_was_missed_alone_is_a_card_due_tomorrow(alone):
    await alone.says("alice", "/quiz metrics 2")
    await alone.votes("alice", right=False)
    await alone.waits(6)
    await alone.votes("alice")

    assert "1 question you missed came to your cards" in alone.last.text
    [row] = await alone.rows("SELECT question_id FROM quiz_votes WHERE is_right = 0")
    [card] = await alone.rows("SELECT question_id, due, lapses FROM cards")
    assert card == {"question_id": row["question_id"], "due": "2026-03-03", "lapses": 0}
    [review] = await alone.rows("SELECT rating, study_day FROM reviews")
    assert review == {"rating": 1, "study_day": "2026-03-02"}
    await alone.waits(days=1)
    await alone.says("alice", "/review")
    assert any(row["question_id"].split("-")[-1] in message.text for message in alone.new_messages)


async def test_alone_a_short_quiz_says_why_it_is_short(alone):
    await alone.says("alice", "/quiz statistics 10")

    assert alone.last.text == "Statistics has 8 quiz questions."
    assert alone.poll.question.startswith("1/8")


async def test_time_runs_out_alone_as_well(alone):
    await alone.says("alice", "/quiz metrics 4")
    for _ in range(3):
        await alone.closes()
        await alone.waits(10)

    assert "Three questions without a vote" in alone.last.text
    assert await alone.rows("SELECT * FROM cards") == []


async def test_a_second_quiz_alone_points_to_the_first_and_stop_ends_it(alone):
    await alone.says("alice", "/quiz metrics 2")
    await alone.says("alice", "/quiz statistics")
    assert alone.last.reply_to == alone.poll.id
    await alone.taps("alice", "Stop")

    assert "Stopped." in alone.last.text
    await alone.taps("alice", "Again")
    assert len(alone.polls) == 2


async def test_stop_ends_what_was_asked_last_and_running_again_nothing_more(running, chat, alone):
    await chat.says("/topic metrics 5")
    await alone.says("alice", "/quiz statistics 3")
    await chat.says("/stop")
    assert "Stopped." in alone.last.text
    await run_the_last_update_again(running)
    assert await alone.rows("SELECT id FROM drills WHERE summed_up_at IS NOT NULL") == []

    await alone.waits(1)
    await chat.says("/stop")
    assert len(await alone.rows("SELECT id FROM drills WHERE summed_up_at IS NOT NULL")) == 1
    await chat.says("/stop")
    assert "No drill or quiz is running." in chat.last.text


async def test_a_drill_asked_after_the_quiz_is_the_one_that_stop_ends(chat, alone):
    await alone.says("alice", "/quiz statistics 3")
    await chat.says("/topic metrics 5")
    await chat.says("/stop")

    assert await alone.rows("SELECT stage FROM quizzes") == [{"stage": "running"}]
    assert len(await alone.rows("SELECT id FROM drills WHERE summed_up_at IS NOT NULL")) == 1


async def test_a_stranger_is_asked_to_start_first(running):
    alone = FakeGroup(running, "bob")
    await alone.says("bob", "/quiz")

    assert "/start begins" in alone.last.text
    assert await alone.rows("SELECT * FROM quizzes") == []


@pytest.fixture
async def missed(running, chat):
    """Alice has missed two of three questions in a group; the link under the results."""
    await chat.starts()
    group = FakeGroup(running)
    await group.says("alice", "/quiz metrics 3")
    await group.taps("alice", "Start ▶")
    for right in (True, False, False):
        await group.votes("alice", right=right)
        await group.closes()
        await group.waits(6)
    return await group.taps("alice", "Review my mistakes")


async def test_the_link_shows_what_one_missed_and_asks(missed, chat):
    assert missed == f"https://t.me/{chat.box.bot.username}?start=quiz_1"
    await chat.says("/start quiz_1")

    assert chat.last.text.startswith("You missed 2 in the quiz “Metrics”\n• Which is true of metrics")
    assert chat.last.buttons == ["Add all 2 to my cards", "Drill them now", "No, thanks"]
    assert await chat.rows("SELECT * FROM cards") == []


async def test_with_consent_they_join_ones_cards_once(missed, running, chat):
    await chat.says("/start quiz_1")
    await chat.taps("Add all 2")
    assert "2 questions you missed came to your cards" in chat.last.text
    kept = await chat.rows("SELECT * FROM cards"), await chat.rows("SELECT * FROM reviews")
    assert [len(rows) for rows in kept] == [2, 2]

    await run_the_last_update_again(running)
    await chat.says("/start quiz_1")

    assert "2 questions you missed came to your cards" in chat.last.text
    assert (await chat.rows("SELECT * FROM cards"), await chat.rows("SELECT * FROM reviews")) == kept


async def test_without_consent_nothing_joins(missed, chat):
    await chat.says("/start quiz_1")
    await chat.taps("No, thanks")

    assert "brings you here again" in chat.last.text
    assert await chat.rows("SELECT * FROM cards") == []


async def test_or_they_are_drilled_at_once(missed, chat):
    await chat.says("/start quiz_1")
    await chat.taps("Drill them now")

    assert "1 of 2" in chat.last.text
    await chat.answers()
    await chat.answers()
    assert "From the quiz" in chat.last.text


async def test_who_was_right_throughout_and_who_did_not_play_are_told_so(running, chat_of):
    group, alice, bob = FakeGroup(running), chat_of("alice"), chat_of("bob")
    for each in (alice, bob):
        await each.starts()
    await group.says("alice", "/quiz metrics 1")
    await group.taps("alice", "Start ▶")
    await group.votes("alice")
    await group.closes()

    await alice.says("/start quiz_1")
    assert "You missed nothing" in alice.last.text
    await bob.says("/start quiz_1")
    assert "You did not play" in bob.last.text
    await bob.says("/start quiz_99")
    assert "There is no such quiz" in bob.last.text


async def test_a_newcomer_finds_them_after_the_first_conversation(running, chat_of):
    group, bob = FakeGroup(running), chat_of("bob")
    await group.says("bob", "/quiz metrics 1")
    await group.taps("bob", "Start ▶")
    await group.votes("bob", right=False)
    await group.closes()

    await bob.says("/start quiz_1")
    assert bob.last.text.endswith("Your mistakes from the quiz wait behind these four taps.")
    for _ in range(4):
        await bob.taps("Skip")

    offer, question = bob.from_bot[-2:]
    assert offer.text.startswith("You missed 1 in the quiz “Metrics”\n• Which is true of metrics")
    assert offer.buttons == ["Add it to my cards", "Drill them now", "No, thanks"]
    assert "Show answer" in question.buttons
    await bob.taps("Add it")
    assert "1 question you missed came to your cards" in bob.message(offer.id).text


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ("quiz_1", "You missed nothing in that quiz."),
        ("quiz_2", "You did not play in"),
        ("quiz_9", "no such quiz"),
    ],
)
async def test_a_newcomer_is_promised_only_what_there_is(running, chat_of, payload, said):
    group, bob = FakeGroup(running), chat_of("bob")
    await group.says("bob", "/quiz metrics 1")
    await group.taps("bob", "Start ▶")
    await group.votes("bob")
    await group.closes()
    await group.says("alice", "/quiz metrics 1")

    await bob.says(f"/start {payload}")
    assert said in bob.last.text
    assert "wait behind" not in bob.last.text
    for _ in range(4):
        await bob.taps("Skip")
    assert not any("You missed" in each.text for each in bob.from_bot[1:])


async def test_what_comes_from_a_quiz_says_so_the_first_time(missed, chat):
    await chat.says("/start quiz_1")
    await chat.taps("Drill them now")
    assert "In the quiz: “Which is true of metrics" in chat.last.text
    assert "– you chose “wrong" in chat.last.text
    assert "; right: “right" in chat.last.text

    await chat.answers()
    await chat.answers()
    await chat.says("/start quiz_1")
    await chat.taps("Drill them now")
    assert "In the quiz" not in chat.last.text


async def test_a_card_from_a_quiz_says_so_the_day_it_comes_back(missed, chat):
    await chat.says("/start quiz_1")
    await chat.taps("Add all 2")
    await chat.waits(days=1)
    await chat.says("/review")

    assert "In the quiz: “Which is true of metrics" in chat.last.text


async def test_group_commands_in_private_say_what_to_do(alone):
    await alone.says("alice", "/board")

    assert "/board is for study groups" in alone.last.text


async def test_a_fast_wrong_guess_is_told_once(alone):
    await alone.says("alice", "/quiz metrics 2")
    await alone.votes("alice", right=False)

    assert alone.last.text.endswith("\n\n−25 points after 1 question")


async def test_a_mistake_from_a_quiz_is_not_called_rated(missed, chat):
    await chat.says("/start quiz_1")
    await chat.taps("Add all 2 to my cards")
    await chat.waits(days=1)
    await chat.says("/review")
    await chat.taps("⋯")
    await chat.taps("Why this question?")

    assert "; you missed it in a quiz." in chat.last.text
    assert "rated" not in chat.last.text
    await chat.taps("Back")
    for _ in range(2):
        await chat.answers("Missed")
    await chat.waits(days=1)
    await chat.says("/review")
    await chat.taps("⋯")
    await chat.taps("Why this question?")
    assert "you have rated it once, missed it in a quiz" in chat.last.text


async def test_the_link_says_on_a_later_day_what_is_due_by_then(missed, chat):
    await chat.says("/start quiz_1")
    await chat.taps("Add all 2 to my cards")
    await chat.waits(days=1)
    await chat.says("/start quiz_1")
    assert "2 questions you missed there came to your cards on an earlier day. Due now: 2." in chat.last.text
    await chat.taps("Review what is due")
    await chat.answers()
    await chat.answers()

    await chat.says("/start quiz_1")
    assert "Not due now: /review brings each in its time." in chat.last.text
    assert chat.last.buttons == []
