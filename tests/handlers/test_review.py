"""/review, my mistakes and /random."""

import pytest

from tests.run_again import run_the_last_update_again


async def learn(chat, *ratings, topic="metrics"):
    await chat.says(f"/topic {topic} {len(ratings)}")
    for rating in ratings:
        await chat.answers(rating)


async def test_before_the_first_rating_there_is_nothing_to_review(chat):
    await chat.starts()
    await chat.says("/review")

    assert "Nothing to review yet." in chat.last.text
    assert chat.last.buttons == ["Today’s question"]


async def test_nothing_due_says_when_how_many_are(chat):
    await chat.starts()
    await learn(chat, "Missed", "Missed", "Easy")
    await chat.says("/review")

    assert "Nothing is due now.\nNext: 2 questions tomorrow." in chat.last.text
    assert chat.last.buttons == ["Review what comes next", "My mistakes (2)"]


async def test_what_is_due_comes_one_after_the_other(chat):
    await chat.starts()
    await learn(chat, "Missed", "Missed", "Missed", "Easy")
    await chat.waits(until="07:00 tomorrow")
    await chat.says("/review")
    assert "1 of 3" in chat.last.text
    for _ in range(3):
        await chat.answers()

    assert "Review: drill done." in chat.last.text
    assert "You recalled 3 of 3." in chat.last.text
    await chat.says("/review")
    assert "Nothing is due now." in chat.last.text


async def test_a_review_left_in_the_middle_goes_on(chat):
    await chat.starts()
    await learn(chat, "Missed", "Missed", "Missed")
    await chat.waits(until="07:00 tomorrow")
    await chat.says("/review")
    await chat.answers()
    open_one = chat.last.text
    await chat.says("/review")

    assert chat.last.text == open_one
    assert len(await chat.rows("SELECT * FROM drills WHERE topic = 'due'")) == 1


async def test_the_day_after_a_review_is_about_what_is_due_then(chat):
    await chat.starts(hour="22:00")
    await learn(chat, "Missed", "Missed", "Missed")
    await chat.waits(until="07:00 tomorrow")
    await chat.says("/review")
    await chat.answers("Missed")
    await chat.waits(until="07:00 tomorrow")
    await chat.says("/review")

    assert "1 of 3" in chat.last.text


async def test_what_was_reviewed_otherwise_is_passed_over(chat):
    await chat.starts(hour="22:00")
    await learn(chat, "Missed", "Missed")
    await chat.waits(until="07:00 tomorrow")
    await chat.says("/review")
    first, second = (await chat.rows("SELECT question_ids FROM drills WHERE topic = 'due'"))[0][
        "question_ids"
    ].split()
    await chat.says(f"/question {second}")
    await chat.answers()
    await chat.answers()

    assert "You recalled 1 of 1." in chat.last.text
    assert first != second


async def test_more_than_the_backlog_is_not_put_at_once(chat, running):
    await chat.starts(hour="22:00")
    for topic in ("metrics", "statistics", "fundamentals"):
        await learn(chat, *["Missed"] * 6, topic=topic)
    await chat.waits(until="07:00 tomorrow")
    await chat.says("/review")

    assert "1 of 15" in chat.last.text


async def test_what_comes_next_may_be_reviewed_today(chat):
    await chat.starts()
    await learn(chat, "Got it", "Got it")
    await chat.waits(until="07:00 tomorrow")
    await chat.says("/review")
    await chat.taps("Review what comes next")

    assert "1 of 2" in chat.last.text
    await chat.answers()
    await chat.answers()
    assert "Review ahead: drill done." in chat.last.text


async def test_mistakes_are_drilled_until_they_are_right_twice(chat):
    await chat.starts()
    await learn(chat, "Missed", "Got it", "Missed")
    await chat.says("/review")
    await chat.taps("My mistakes (2)")
    assert "1 of 2" in chat.last.text
    await chat.answers("Got it")
    await chat.answers("Got it")
    assert "My mistakes: drill done." in chat.last.text
    await chat.says("/weak")
    await chat.taps("My mistakes (2)")
    weak = chat.with_button("My mistakes (2)").id
    await chat.answers("Easy")
    await chat.answers("Easy")

    assert "No mistakes are waiting" in await chat.taps("My mistakes (2)", on=weak)


async def test_random_is_any_question_not_seen_lately(chat):
    await chat.starts()
    await learn(chat, *["Got it"] * 8)
    for _ in range(10):
        await chat.says("/random")
        assert "What is" in chat.last.text
        assert "at random" in chat.last.text
        await chat.answers()

    ids = [row["question_id"] for row in await chat.rows("SELECT question_id FROM askings")]
    assert len(set(ids)) == len(ids) == 19
    [purpose] = await chat.rows("SELECT DISTINCT purpose FROM askings WHERE because = 'at random'")
    assert purpose["purpose"] == "practice"


async def test_random_says_why_it_is_here(chat):
    await chat.starts()
    await chat.says("/random")
    await chat.taps("⋯")
    await chat.taps("Why this question?")

    assert "chance drew this one" in chat.last.text


async def test_random_goes_on_when_everything_was_seen(chat, running):
    await chat.starts()
    async with running.coach._db.transaction() as tx:
        await tx.execute(
            "INSERT INTO set_aside SELECT 1001, 'metrics/question-' || value, 0 FROM json_each('[1,2,3,4,5,6,7,8]')"
        )
    for _ in range(30):
        await chat.says("/random")
        assert "What is" in chat.last.text
        assert "What is metrics" not in chat.last.text


@pytest.mark.parametrize("act", ["/review", "/random", "Review what comes next", "My mistakes (2)"])
async def test_every_one_of_these_may_run_twice(running, chat, act):
    await chat.starts(hour="22:00")
    await learn(chat, "Missed", "Missed", "Got it")
    if act == "/review":
        await chat.waits(until="07:00 tomorrow")
    elif not act.startswith("/"):
        await chat.says("/review")
    await (chat.says(act) if act.startswith("/") else chat.taps(act))
    tables = ("drills", "askings", "reviews", "cards")
    before, said = [await chat.rows(f"SELECT * FROM {table}") for table in tables], len(chat.from_bot)

    await run_the_last_update_again(running)

    assert [await chat.rows(f"SELECT * FROM {table}") for table in tables] == before
    assert len(chat.from_bot) == said


async def test_a_question_at_random_of_one_topic(chat):
    await chat.starts()
    for _ in range(4):
        await chat.says("/random statistcs")
        assert "What is statistics" in chat.last.text
        await chat.answers()

    await chat.says("/random xyzzy")
    assert "I don’t know the topic “xyzzy”" in chat.last.text
    assert "All topics" in chat.last.buttons


async def test_more_due_than_one_review_holds_is_told(chat):
    await chat.starts()
    questions = [question.id for question in chat.running.shelf.bank.live][:17]
    async with chat.running.coach._db.transaction() as tx:
        await tx.many(
            "INSERT INTO cards VALUES (1001, ?, 5.0, 5.0, '2026-03-01', '2026-02-20', 9, 3, 0)",
            [(each,) for each in questions],
        )
    await chat.waits(until="07:00 tomorrow")
    await chat.says("/review")

    assert "15 of the 17 that are due." in chat.last.text or "15 of the 16 that are due." in chat.last.text
    assert "1 of 15" in chat.last.text


async def test_a_drill_on_mistakes_says_why(chat):
    await chat.starts()
    await learn(chat, "Missed", "Missed")
    await chat.says("/review")
    await chat.taps("My mistakes (2)")
    await chat.taps("⋯")
    await chat.taps("Why this question?")

    assert "it is 1 of 2 in a drill on what you missed." in chat.last.text


async def test_what_was_missed_in_a_review_comes_again_though_it_is_due_tomorrow(chat):
    await chat.starts()
    await learn(chat, "Missed", "Missed", "Missed")
    await chat.waits(until="07:00 tomorrow")
    await chat.says("/review")
    for rating in ("Missed", "Got it", "Missed"):
        await chat.answers(rating)
    summary = chat.last.id
    await chat.taps("Again what I missed")
    assert "1 of 2" in chat.last.text
    for _ in range(2):
        await chat.answers()

    assert "Once more: drill done." in chat.last.text
    assert "You recalled 2 of 2." in chat.last.text
    review, again = await chat.rows("SELECT question_ids FROM drills WHERE topic IN ('due', 'again')")
    assert again["question_ids"].split() == review["question_ids"].split()[::2]
    assert "Again what I missed" in chat.message(summary).buttons


async def test_a_review_that_was_skipped_says_so(chat):
    await chat.starts()
    await learn(chat, "Missed", "Missed")
    await chat.waits(until="07:00 tomorrow")
    await chat.says("/review")
    for _ in range(2):
        await chat.taps("Skip")

    assert "You skipped all 2." in chat.last.text
    assert "recalled" not in chat.last.text
    await chat.taps("Again what I skipped")
    assert "1 of 2" in chat.last.text


async def test_one_that_was_missed_among_skipped_ones_was_missed(chat):
    await chat.starts()
    await learn(chat, "Missed", "Missed")
    await chat.waits(until="07:00 tomorrow")
    await chat.says("/review")
    await chat.taps("Skip")
    await chat.answers("Missed")

    assert "You recalled 0 of 2." in chat.last.text
    assert "Again what I missed" in chat.last.buttons
