"""Follow-ups: offered by the rating, asked by a tap, answered by a tap or in words; they count for nothing."""

from dataclasses import replace

import pytest

from content.bank import Bank
from interview.question import FollowUp, Quality
from tests.fake_chat import FakeChat, make_question
from tests.run_again import run_the_last_update_again

FOLLOWED = replace(
    make_question("metrics", 1),
    follow_ups=(
        FollowUp(Quality.STRONG, "What if a<b grows?", "Then **b** & c grow."),
        FollowUp(Quality.PARTIAL, "Which is larger, a or b?", "It is b."),
        FollowUp(Quality.WEAK, "What is a<b?", "An inequality."),
        FollowUp(Quality.STRONG, "And if it shrinks?", "Then they shrink."),
    ),
)


@pytest.fixture
async def asked(chat):
    await chat.running.stop()
    others = [make_question("statistics", number) for number in range(1, 4)]
    chat.running.shelf = replace(chat.running.shelf, bank=Bank([FOLLOWED, *others]))
    await chat.running.start()
    await chat.starts(hour="09:00")
    await chat.answers()
    await chat.says("/question metrics/question-1")
    return chat


@pytest.mark.parametrize(
    "rating, label, stem",
    [
        ("Missed", "A foundation question", "What is a<b?"),
        ("Partly", "A guided question", "Which is larger"),
        ("Got it", "A deeper question", "What if a<b grows?"),
        ("Easy", "A deeper question", "What if a<b grows?"),
    ],
)
async def test_the_follow_up_suits_the_rating(asked, rating, label, stem):
    await asked.answers(rating)
    assert label in asked.last.buttons

    await asked.taps(label)

    assert label in asked.last.text
    assert stem in asked.last.text
    assert asked.last.buttons == ["Show answer"]
    assert asked.last.silent


async def test_a_question_without_follow_ups_offers_none(asked):
    await asked.taps("Show answer")
    first = next(message for message in asked.from_bot if "Undo" in message.buttons)

    assert not any("question" in label for label in first.buttons)


async def test_show_answer_shows_it_in_place_and_counts_for_nothing(asked):
    await asked.answers("Got it")
    before = await _kept(asked)
    await asked.taps("A deeper question")
    follow_up = asked.last.id
    await asked.taps("Show answer", on=follow_up)

    assert asked.last.id == follow_up
    assert "Then b & c grow." in asked.last.text
    assert asked.last.buttons == ["Another"]
    assert await _kept(asked) == before


async def test_a_typed_text_is_kept_and_compared(asked):
    await asked.answers("Got it")
    before = await _kept(asked)
    await asked.taps("A deeper question")
    follow_up = asked.last.id
    said = await asked.says("b grows as well")

    assert asked.last.text.startswith("To compare\nThen b & c grow.")
    assert asked.last.reply_to == said
    assert asked.message(follow_up).buttons == []
    assert [row["text"] for row in await asked.rows("SELECT text FROM follow_up_replies")] == [
        "b grows as well"
    ]
    assert await _kept(asked) == before


async def test_more_within_a_minute_belongs_to_it(asked):
    await asked.answers("Got it")
    await asked.taps("A deeper question")
    await asked.says("b grows")
    compared = asked.last.id
    await asked.says("and c")
    assert asked.last.id == compared
    assert asked.last.text.startswith("Your 2 messages are kept as one answer. To compare")

    await asked.waits(minutes=2)
    await asked.says("thanks!")
    assert "no question open" in asked.last.text
    assert len(await asked.rows("SELECT * FROM follow_up_replies")) == 2


async def test_the_newest_of_question_and_follow_up_takes_the_text(asked):
    await asked.answers("Got it")
    rated = asked.last.id
    await asked.taps("Another", on=rated)
    await asked.taps("A deeper question", on=rated)
    await asked.says("for the follow-up")
    assert [row["text"] for row in await asked.rows("SELECT text FROM follow_up_replies")] == [
        "for the follow-up"
    ]

    await asked.waits(minutes=2)
    await asked.says("for the question")
    assert [row["text"] for row in await asked.rows("SELECT text FROM replies")] == ["for the question"]


async def test_a_question_that_comes_later_takes_the_text_and_a_reply_finds_the_follow_up(asked):
    await asked.answers("Got it")
    rated = asked.last.id
    await asked.taps("A deeper question")
    follow_up = asked.last.id
    await asked.taps("Another", on=rated)
    await asked.says("for the question")
    assert await asked.rows("SELECT * FROM follow_up_replies") == []

    await asked.says("for the follow-up", reply_to=follow_up)
    compared = asked.last
    assert "To compare" in compared.text

    await asked.waits(days=2)
    await asked.says("once more", reply_to=compared.id)
    assert [row["text"] for row in await asked.rows("SELECT text FROM follow_up_replies")] == [
        "for the follow-up",
        "once more",
    ]


async def test_todays_question_brought_again_takes_the_text(asked):
    await asked.answers("Got it")
    rated = asked.last.id
    await asked.taps("Another", on=rated)
    question = asked.last.id
    await asked.taps("A deeper question", on=rated)
    await asked.taps("Skip", on=question)
    await asked.waits(until="09:00 tomorrow")
    await asked.says("for today's question")

    assert await asked.rows("SELECT * FROM follow_up_replies") == []


async def test_an_edited_text_is_kept_as_edited(asked):
    await asked.answers("Got it")
    await asked.taps("A deeper question")
    said = await asked.says("b gorws")
    await asked.edits(said, "b grows")

    assert [row["text"] for row in await asked.rows("SELECT text FROM follow_up_replies")] == ["b grows"]


async def test_a_recording_is_no_answer_to_a_follow_up(asked):
    await asked.answers("Got it")
    await asked.taps("A deeper question")
    await asked.sends("voice")

    assert "A follow-up wants words" in asked.last.text
    assert await asked.rows("SELECT * FROM replies WHERE file_id IS NOT NULL") == []


async def test_several_of_one_quality_come_one_after_the_other(asked):
    await asked.answers("Got it")
    rated = asked.last.id
    await asked.taps("A deeper question", on=rated)
    assert "A deeper question" in asked.message(rated).buttons

    await asked.taps("A deeper question", on=rated)
    assert "And if it shrinks?" in asked.last.text
    assert "A deeper question" not in asked.message(rated).buttons


async def test_next_time_the_one_not_yet_asked_comes_first(asked):
    await asked.answers("Got it")
    await asked.taps("A deeper question")
    await asked.waits(days=1)
    await asked.says("/question metrics/question-1")
    await asked.answers("Got it")
    await asked.taps("A deeper question")

    assert "And if it shrinks?" in asked.last.text


async def test_undo_leaves_the_follow_up_and_another_rating_offers_another(asked):
    await asked.answers("Got it")
    rated = asked.last.id
    await asked.taps("A deeper question")
    await asked.says("b grows")
    await asked.taps("Undo", on=rated)
    assert len(await asked.rows("SELECT * FROM follow_up_replies")) == 1

    await asked.taps("Missed", on=rated)
    assert "A foundation question" in asked.message(rated).buttons


async def test_a_second_tap_changes_nothing(running, asked):
    await asked.answers("Got it")
    data = asked.last.data[asked.last.buttons.index("A deeper question")]
    await asked.taps("A deeper question")
    said = len(asked.from_bot)

    assert "waiting for you below" in await asked.presses(data)
    await run_the_last_update_again(running)

    assert len(asked.from_bot) == said
    assert len(await asked.rows("SELECT * FROM follow_ups")) == 1


@pytest.mark.parametrize("does", ["asking", "showing", "typing"])
async def test_each_may_run_twice(running, asked, does):
    await asked.answers("Got it")
    await asked.taps("A deeper question")
    if does == "showing":
        await asked.taps("Show answer")
    if does == "typing":
        await asked.says("b grows")
    before = [await asked.rows(f"SELECT * FROM {table}") for table in ("follow_ups", "follow_up_replies")]
    said = len(asked.from_bot)

    await run_the_last_update_again(running)

    after = [await asked.rows(f"SELECT * FROM {table}") for table in ("follow_ups", "follow_up_replies")]
    assert after == before
    assert len(asked.from_bot) == said


@pytest.mark.parametrize("after", [False, True], ids=["before it is sent", "after it is sent"])
@pytest.mark.parametrize("request_number", [0, 1])
async def test_dying_while_it_is_asked_loses_and_doubles_nothing(running, asked, request_number, after):
    await asked.answers("Got it")
    rated, said = asked.last.id, len(asked.from_bot)
    await running.dies_at(request_number, after=after)
    asked.box.tap("alice", "alice", rated, "A deeper question")
    assert await running.dead_or_quiet()
    await running.stop()
    await running.start()
    await running.quiet()

    [row] = await asked.rows("SELECT * FROM follow_ups")
    assert row["message_id"] == asked.last.id
    assert said + 1 <= len(asked.from_bot) <= said + 1 + after
    await asked.says("b grows")
    assert "To compare" in asked.last.text


@pytest.mark.parametrize("data", ["followup.1:2:9", "followup.1:2:-1", "followans.1:2:0", "followup.1:999:0"])
async def test_made_up_follow_ups_are_refused(asked, data):
    await asked.answers("Got it")

    assert await asked.presses(data)
    assert await asked.rows("SELECT * FROM follow_ups") == []


async def test_before_the_rating_there_is_none(asked):
    assert "Rate the question first" in await asked.presses("followup.1:2:0")


async def test_a_strangers_follow_up_is_refused(asked, running):
    bob = FakeChat(running, "bob")
    await asked.answers("Got it")
    await asked.taps("A deeper question")
    await bob.starts()

    for name in ("followup", "followans"):
        assert "no longer here" in (await bob.presses(f"{name}.1:2:0") or "")


async def test_history_shows_it_with_ones_own_words(asked):
    await asked.answers("Got it")
    await asked.taps("A deeper question")
    await asked.says("b <grows>")
    await asked.says("/history")
    await asked.taps("1")
    assert asked.last.buttons == ["A deeper question", "Back to the list"]

    await asked.taps("A deeper question", on=asked.last.id)
    assert "What if a<b grows?" in asked.last.text
    assert "Your words\nb <grows>" in asked.last.text
    assert "Then b & c grow." in asked.last.text

    await asked.taps("Back to the answer")
    assert "Reference answer" in asked.last.text


async def test_forget_leaves_none(asked):
    await asked.answers("Got it")
    await asked.taps("A deeper question")
    await asked.says("b grows")
    await asked.says("/forget")
    await asked.taps("Delete everything")

    for table in ("follow_ups", "follow_up_replies"):
        assert await asked.rows(f"SELECT * FROM {table}") == []


async def _kept(chat):
    return [await chat.rows(f"SELECT * FROM {table}") for table in ("askings", "cards", "reviews", "replies")]
