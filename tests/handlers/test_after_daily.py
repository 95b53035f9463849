"""After the dailies what is due is offered, one question after the other, up to three a day."""

from datetime import timedelta
from random import Random

import pytest

from handlers.asking import next_question
from interview import selection
from storage import learners
from tests.run_again import run_the_last_update_again


async def with_due(chat, count):
    """Someone who has answered today's daily, while so many other questions are due."""
    await chat.starts(hour="09:00")
    for number in range(1, count + 1):
        await chat.says(f"/question metrics/question-{number}")
        await chat.answers("Missed")
    await chat.waits(until="09:00 tomorrow")
    await chat.answers()


def review_button(chat):
    return next((label for label in chat.last.buttons if label.startswith("Review")), None)


async def test_they_are_offered_one_after_the_other_up_to_three(chat):
    await with_due(chat, 6)  # the daily is one of them

    for left in (5, 4, 3):
        assert review_button(chat) == f"Review ({left} due)"
        await chat.taps("Review")
        assert "review" in chat.last.text
        assert chat.last.silent
        await chat.answers()

    assert review_button(chat) is None
    rows = await chat.rows("SELECT DISTINCT question_id FROM askings WHERE study_day = '2026-03-03'")
    assert len(rows) == 4


async def test_nothing_is_offered_where_nothing_is_due(chat):
    await with_due(chat, 1)

    assert review_button(chat) is None


async def test_after_the_last_of_several_dailies_skipped_or_not(chat):
    await chat.starts(hour="09:00")
    await chat.presses("count.1:2")
    for number in (1, 2, 3, 4):
        await chat.says(f"/question metrics/question-{number}")
        await chat.answers("Missed")
    await chat.waits(until="09:00 tomorrow")

    await chat.answers()
    assert not any(label.startswith("Review") for label in chat.questions[-2].buttons)
    await chat.taps("Skip")  # the second of the day was something new

    assert review_button(chat) == "Review (3 due)"


async def test_a_second_tap_brings_no_second_question(chat):
    await with_due(chat, 4)
    offered = chat.last
    await chat.taps("Review")

    assert "waiting for you below" in await chat.taps("Review", on=offered.id)

    assert len(await chat.rows("SELECT id FROM askings WHERE because = 'review' AND slot IS NULL")) == 1


async def test_an_old_button_says_when_nothing_is_left(chat):
    await with_due(chat, 2)
    offered = chat.last
    await chat.taps("Review")
    await chat.answers()

    assert "Nothing more is due today" in await chat.taps("Review", on=offered.id)


async def test_what_was_set_aside_is_not_offered(chat):
    await with_due(chat, 3)
    await chat.taps("Review (2 due)")
    await chat.taps("⋯")
    await chat.taps("Never show again")

    assert review_button(chat) == "Review (1 due)"


async def test_undo_takes_the_offer_back(chat):
    await with_due(chat, 3)
    await chat.taps("Undo")
    assert review_button(chat) is None

    await chat.taps("Got it")
    assert review_button(chat) == "Review (2 due)"


async def test_a_question_of_ones_own_choice_offers_no_reviews(chat):
    await with_due(chat, 3)
    await chat.says("/question statistics/question-3")
    await chat.answers()

    assert review_button(chat) is None


@pytest.mark.parametrize("after", [False, True], ids=["before it is sent", "after it is sent"])
async def test_dying_while_one_is_put_brings_one(running, chat, after):
    await with_due(chat, 4)
    await running.dies_at(1, after=after)  # the press is answered first
    chat.box.tap("alice", "alice", chat.last.id, review_button(chat))
    assert await running.dead_or_quiet()
    await running.stop()
    await running.start()
    await running.quiet()

    assert len(await chat.rows("SELECT id FROM askings WHERE because = 'review' AND slot IS NULL")) == 1
    assert "review" in chat.last.text


async def test_it_may_run_twice(running, chat):
    await with_due(chat, 4)
    await chat.taps("Review")
    before = await chat.rows("SELECT * FROM askings"), len(chat.questions)

    await run_the_last_update_again(running)

    assert (await chat.rows("SELECT * FROM askings"), len(chat.questions)) == before


@pytest.mark.parametrize("ratings", [["Missed"], ["Missed", "Partly", "Got it"], ["Missed"] * 5])
async def test_the_short_way_to_what_is_due_chooses_what_the_long_way_would(running, chat, ratings):
    await chat.starts(hour="09:00")
    for number, rating in enumerate(ratings, 1):
        topic = ("statistics", "metrics")[number % 2]
        await chat.says(f"/question {topic}/question-{number}")
        await chat.answers(rating)
    on, [person] = running.coach._on, await chat.rows("SELECT id FROM learners")
    async with on.db.transaction() as tx:
        learner = await learners.get(tx, person["id"])
        for ahead in range(1, 9):
            day = learner.today(chat.clock.now()) + timedelta(days=ahead)
            learning = await next_question.read_learning(tx, on, learner, day)
            due = [
                each
                for each in selection.due(on.bank.live, learning, day)
                if not learning.seen_today(each, day)
            ]
            choice = await next_question.choose(tx, on, learner, day)

            assert choice is not None
            if due:
                assert (choice.question_id, choice.because.reason) == (due[0], selection.Reason.DUE)
                long = selection.choose(on.bank.live, learning, day, Random(1))
                assert long is not None
                assert long.question_id == choice.question_id
            else:
                assert choice.because.reason is not selection.Reason.DUE


@pytest.mark.parametrize("data", ["due.1:999", "due.1:-1"])
async def test_made_up_presses_are_refused(chat, data):
    await chat.starts()

    assert "no longer here" in await chat.presses(data)
