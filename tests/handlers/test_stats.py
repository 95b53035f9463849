"""/stats: a learner's numbers as text."""

import dataclasses
import re

import pytest

from handlers.stats import _chart
from storage import learners


async def drill(chat, topic, *ratings):
    await chat.says(f"/topic {topic}")
    for rating in ratings:
        await chat.answers(rating)


async def lines(chat):
    await chat.says("/stats")
    return chat.last.text.split("\n")


async def test_before_the_first_rating_it_says_where_numbers_come_from(chat):
    await chat.starts()
    await chat.says("/stats")

    assert "They begin with the first question you rate" in chat.last.text
    assert chat.last.buttons == ["Today’s question"]


async def test_one_rating_already_makes_numbers(chat):
    await chat.starts()
    await chat.answers("Got it")

    shown = await lines(chat)

    assert "🔥 1 day in a row" in shown
    assert "1 rating in all, 1 in the last 7 days" in shown
    assert "Recall by topic: known once three questions of one are rated" in shown
    assert "Recall in the last 4 weeks: – → – → – → 100 %" in shown
    assert chat.last.buttons == []


async def test_after_some_weeks_all_is_said_on_one_screen(chat):
    await chat.starts()
    await drill(chat, "metrics", *["Missed"] * 5)
    await chat.waits(days=8)
    await drill(chat, "statistics", *["Got it"] * 5)
    await drill(chat, "responsible", *["Partly"] * 5)

    shown = await lines(chat)

    assert "15 ratings in all, 10 in the last 7 days" in shown
    by_topic = r"Recall by topic: Statistics \d\d %, Responsible ML \d\d %, Metrics \d\d %"
    assert any(re.fullmatch(by_topic, line) for line in shown)
    assert "Recall in the last 4 weeks: – → – → 0 % → 75 %" in shown
    assert 6 <= len([line for line in shown if line]) <= 19
    assert chat.last.buttons == ["My weak spots"]
    await chat.taps("My weak spots")
    assert "Where you lose points" in chat.last.text


async def test_a_rating_taken_back_is_in_no_number(chat):
    await chat.starts()
    await drill(chat, "metrics", "Got it", "Missed")
    assert "2 ratings in all, 2 in the last 7 days" in await lines(chat)

    await chat.taps("Undo")

    assert "1 rating in all, 1 in the last 7 days" in await lines(chat)


async def test_a_streak_at_risk_and_a_streak_that_fell_are_told_apart(chat):
    await chat.starts()
    await chat.answers("Got it")
    await chat.waits(until="12:00 tomorrow")
    assert "🔥 1 day in a row; rate a question today to keep it" in await lines(chat)

    await chat.waits(days=1)

    assert "No streak at the moment: one rated question begins the next" in await lines(chat)


async def test_what_falls_due_is_counted_and_drawn(chat):
    await chat.starts()
    await drill(chat, "metrics", *["Missed"] * 4)

    shown = await lines(chat)

    assert "Due: 0 today, 4 tomorrow, 4 within 14 days" in shown
    assert "today ▁▇▁▁▁▁▁▁▁▁▁▁▁▁ in 13 days" in shown


async def test_nothing_due_draws_nothing(chat, running):
    await chat.starts()
    await drill(chat, "metrics", "Easy")
    async with running.coach._db.transaction() as tx:
        await tx.execute("UPDATE cards SET due = date(due, '30 days')")

    shown = await lines(chat)

    assert "Due: 0 today, 0 tomorrow, 0 within 14 days" in shown
    assert not any("▁" in line for line in shown)


@pytest.mark.parametrize(
    "counts, bars",
    [((0, 1), "▁▇"), ((1, 2, 3, 4), "▂▃▅▇"), ((0, 1, 100), "▁▂▇"), ((7, 7), "▇▇"), ((1, 30, 60), "▂▃▇")],
)
async def test_the_chart_reaches_the_top_and_shows_every_one(counts, bars):
    assert _chart(counts) == bars


async def test_the_best_hours_are_told_in_local_time_once_there_are_enough(chat):
    await chat.starts(zone="Asia/Tokyo", hour="20:00")  # noon in the test's beginning is 21:00 there
    for topic in ("metrics", "statistics"):
        await drill(chat, topic, *["Missed"] * 5)
    assert not any("You recall best" in line for line in await lines(chat))
    await chat.waits(until="10:00 tomorrow")
    for topic in ("fundamentals", "responsible"):
        await drill(chat, topic, *["Easy"] * 5)

    shown = await lines(chat)
    assert "Recall by hour: 9–12 75 %, 21–24 25 %" in shown
    assert "You recall best between 9:00 and 12:00" in shown


async def test_the_last_weeks_are_there_at_a_glance(chat):
    await chat.starts()  # on a Monday
    await drill(chat, "metrics", *["Missed"] * 4)

    shown = await lines(chat)

    assert "Mon " + "·" * 22 + "▓▓" in shown
    assert "Tue " + "·" * 22 in shown


async def test_numbers_of_others_are_not_mine(chat_of):
    alice, bob = chat_of("alice"), chat_of("bob")
    await alice.starts()
    await drill(alice, "metrics", *["Missed"] * 4)
    await bob.starts()
    await bob.answers("Got it")

    assert "1 rating in all, 1 in the last 7 days" in await lines(bob)


async def test_a_rating_of_a_week_ago_is_not_of_the_last_seven_days(chat):
    await chat.starts()
    await chat.answers("Got it")
    await chat.waits(days=6)
    assert "1 rating in all, 1 in the last 7 days" in await lines(chat)

    await chat.waits(days=1)

    assert "1 rating in all, 0 in the last 7 days" in await lines(chat)


async def test_a_question_that_left_the_bank_is_not_due(chat, running):
    await chat.starts()
    await drill(chat, "metrics", "Missed", "Missed")
    async with running.coach._db.transaction() as tx:
        await tx.execute(
            "UPDATE cards SET question_id = 'metrics/gone' WHERE question_id = (SELECT min(question_id) FROM cards)"
        )

    assert "Due: 0 today, 1 tomorrow, 1 within 14 days" in await lines(chat)


async def test_a_rest_day_keeps_the_streak_here_too(chat, running):
    await chat.starts()
    await chat.answers("Got it")
    async with running.coach._db.transaction() as tx:
        learner = await learners.get(tx, chat.box.roster.person(chat.who).id)
        await learners.put(tx, dataclasses.replace(learner, rest_days=frozenset({2})))  # tomorrow, a Tuesday
    await chat.waits(days=2)

    assert "🔥 1 day in a row; rate a question today to keep it" in await lines(chat)
