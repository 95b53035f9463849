"""More reviews due than fifteen: nothing new comes until they are fewer; what was missed leads the next drill."""

from itertools import pairwise

import pytest


@pytest.mark.parametrize("due, new_comes", [(15, True), (16, False)])
async def test_nothing_new_comes_while_the_backlog_is_over_fifteen(chat, due, new_comes):
    await chat.starts()
    await chat.answers()
    await _cards(chat, due, put_today=True)
    await chat.taps("Another")

    assert ("new" in chat.last.text.split("\n")[0]) == new_comes


async def test_reviews_come_lowest_recall_first_until_the_backlog_is_done(chat):
    await chat.starts()
    await chat.answers()
    await _cards(chat, 17, put_today=False)
    for _ in range(3):
        await chat.taps("Another")
        assert "review" in chat.last.text.split("\n")[0]
        await chat.answers()


async def test_a_drill_begins_with_what_was_missed(chat):
    await chat.starts()
    await chat.answers()
    await chat.says("/question metrics/question-3")
    await chat.answers("Missed")
    await chat.says("/question metrics/question-5")
    await chat.answers("Easy")
    async with (
        chat.running.coach._db.transaction() as tx
    ):  # due later, so that only the log says it was missed
        await tx.execute("UPDATE cards SET due = '2027-01-01'")
    await chat.waits(until="10:00 tomorrow")
    await chat.says("/topic metrics")

    assert "metrics number 3" in chat.last.text


async def test_the_same_unanswered_question_does_not_come_morning_after_morning(chat):
    await chat.starts(hour="09:00")
    await chat.answers("Partly")
    dailies = []
    for _ in range(6):
        await chat.waits(until="09:00 tomorrow")
        dailies.append(await _daily(chat))
        await chat.says("/help")  # here every day, and yet no answer

    assert all(one["question_id"] != other["question_id"] for one, other in pairwise(dailies))
    assert [each["because"].startswith("new") for each in dailies[:4]] == [False, True, False, True]


async def test_an_unanswered_one_waits_behind_what_else_is_due(chat):
    await chat.starts(hour="09:00")
    await chat.answers("Missed")
    await chat.says("/question metrics/question-3")
    await chat.answers("Missed")
    await chat.waits(until="09:00 tomorrow")
    first = await _daily(chat)
    await chat.waits(until="09:00 tomorrow")
    second = await _daily(chat)
    await chat.waits(until="09:00 tomorrow")

    assert (first["because"], second["because"]) == ("review", "review")
    assert first["question_id"] != second["question_id"]
    assert (await _daily(chat))["question_id"] == first["question_id"]


@pytest.mark.parametrize("due, new", [(6, 1), (20, 0)])
async def test_of_several_questions_a_day_the_last_is_new_unless_the_backlog_is_too_long(chat, due, new):
    await chat.starts(hour="09:00")
    await chat.answers()
    await chat.says("/settings")
    await chat.taps("Questions a day")
    await chat.taps("3")
    await _cards(chat, due, put_today=False)
    async with chat.running.coach._db.transaction() as tx:
        await tx.execute("UPDATE cards SET due = '2026-03-01' WHERE due < '2026-03-10'")
    await chat.waits(until="09:00 tomorrow")
    for _ in range(3):
        await chat.answers("Missed")

    of_day = await chat.rows(
        "SELECT because FROM askings WHERE study_day = '2026-03-03' AND slot IS NOT NULL"
    )
    assert [each["because"] for each in of_day] == ["review"] * (3 - new) + ["new"] * new


async def _daily(chat):
    [daily] = await chat.rows(
        "SELECT question_id, because FROM askings WHERE slot = 0 ORDER BY id DESC LIMIT 1"
    )
    return daily


async def _cards(chat, count, *, put_today):
    """So many cards due since yesterday; with `put_today` their questions were put today, and are not put again."""
    questions = [question.id for question in chat.running.shelf.bank.live]
    asked = {row["question_id"] for row in await chat.rows("SELECT question_id FROM askings")}
    chosen = [question for question in questions if question not in asked][:count]
    async with chat.running.coach._db.transaction() as tx:
        for place, question in enumerate(chosen):
            await tx.execute(
                "INSERT INTO cards VALUES (1001, ?, ?, 5.0, '2026-03-01', '2026-02-20', 9, 3, 0)",
                (question, 5.0 + place),
            )
            if put_today:
                await tx.execute(
                    "INSERT INTO askings (learner_id, question_id, purpose, study_day, asked_at, rating, rated_at)"
                    " VALUES (1001, ?, 'practice', '2026-03-02', 0, 3, 0)",
                    (question,),
                )
