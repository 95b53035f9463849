"""A question that will not stick: an easier one is offered, or to set it aside."""

from dataclasses import replace

import pytest

from content.bank import Bank
from interview.question import Level
from tests.fake_chat import make_question
from tests.run_again import run_the_last_update_again

HARD = make_question("metrics", 1, Level.SENIOR)
EASY = make_question("metrics", 2, Level.JUNIOR)


async def test_at_six_lapses_missed_offers_an_easier_one(running, chat):
    await _forgotten(chat, 5, [HARD, EASY])
    await chat.taps("Missed")
    assert "This one has slipped 6 times" in chat.last.text
    assert "An easier one on this" in chat.last.buttons
    assert "Set it aside" in chat.last.buttons

    await chat.taps("An easier one on this")

    assert "metrics number 2" in chat.last.text
    assert "an easier one" in chat.last.text
    assert chat.last.buttons[0] == "Show answer"
    said = len(chat.from_bot)
    await run_the_last_update_again(running)
    assert len(chat.from_bot) == said

    await chat.taps("⋯")
    await chat.taps("Why this question?")
    assert "you asked for an easier one" in chat.last.text


@pytest.mark.parametrize("lapses, rating", [(4, "Missed"), (5, "Partly"), (9, "Got it")])
async def test_before_that_and_after_a_better_rating_nothing_is_offered(chat, lapses, rating):
    await _forgotten(chat, lapses, [HARD, EASY])
    await chat.taps(rating)

    assert "forgotten" not in chat.last.text
    assert "Set it aside" not in chat.last.buttons


async def test_setting_it_aside_takes_the_offer_away_and_can_be_undone(chat):
    await _forgotten(chat, 5, [HARD, EASY])
    await chat.taps("Missed")
    await chat.taps("Set it aside")
    assert "Set aside: it will not come again." in chat.last.text
    assert "forgotten" not in chat.last.text
    assert [row["question_id"] for row in await chat.rows("SELECT question_id FROM set_aside")] == [HARD.id]

    await chat.taps("Bring it back")
    assert "Set it aside" in chat.last.buttons


async def test_where_nothing_is_easier_only_setting_aside_is_offered(chat):
    await _forgotten(chat, 5, [HARD])
    await chat.taps("Missed")

    assert "set it aside if you like" in chat.last.text
    assert "An easier one on this" not in chat.last.buttons
    assert "no easier one" in await chat.presses("easier.1:1")


async def test_a_second_tap_puts_no_second_one(chat):
    await _forgotten(chat, 5, [HARD, EASY])
    await chat.taps("Missed")
    rated = chat.last.id
    await chat.taps("An easier one on this", on=rated)

    assert "waiting for you below" in await chat.taps("An easier one on this", on=rated)
    assert len(await chat.rows("SELECT * FROM askings")) == 2


async def test_undo_takes_the_offer_back(chat):
    await _forgotten(chat, 5, [HARD, EASY])
    await chat.taps("Missed")
    await chat.taps("Undo")

    assert "forgotten" not in chat.last.text
    assert "Set it aside" not in chat.last.buttons


async def test_undo_brings_back_what_was_set_aside_under_that_rating(chat):
    await _forgotten(chat, 5, [HARD, EASY])
    await chat.taps("Missed")
    await chat.taps("Set it aside")
    assert "as if you had not rated it" in await chat.taps("Undo")

    assert "Set aside" not in chat.last.text
    assert "How well did you recall it?" in chat.last.text
    assert await chat.rows("SELECT * FROM set_aside") == []


async def test_undo_leaves_aside_what_was_set_aside_before_the_rating(chat):
    await _forgotten(chat, 5, [HARD, EASY])
    await chat.taps("⋯")
    await chat.taps("Never show again")
    await chat.waits(minutes=1)
    await chat.taps("Missed")
    await chat.taps("Undo")

    assert "Set aside: it will not come again." in chat.last.text
    assert len(await chat.rows("SELECT * FROM set_aside")) == 1


async def _forgotten(chat, lapses, questions):
    """The hard question is shown, its card forgotten so often."""
    await chat.running.stop()
    chat.running.shelf = replace(chat.running.shelf, bank=Bank([HARD]))
    await chat.running.start()
    await chat.starts()
    await chat.running.stop()
    chat.running.shelf = replace(chat.running.shelf, bank=Bank(questions))
    await chat.running.start()
    await chat.running.quiet()
    async with chat.running.coach._db.transaction() as tx:
        await tx.execute(
            "INSERT INTO cards VALUES (1001, ?, 1.0, 9.0, '2026-03-02', '2026-03-01', 1, 9, ?)",
            (HARD.id, lapses),
        )
    await chat.taps("Show answer")
