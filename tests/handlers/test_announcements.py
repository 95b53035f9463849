"""What rides along above a daily: each thing once."""

FREEZE = "Yesterday a freeze kept your streak of 7 days; none is left."


async def a_week(chat, days=7):
    """A learner from a Monday on, every day answered."""
    await chat.starts(hour="09:00")
    await chat.answers()
    for _ in range(days - 1):
        await chat.waits(until="09:00 tomorrow")
        await chat.answers()


def said(chat, words):
    return [message for message in chat.questions if words in message.text]


async def test_a_freeze_used_yesterday_is_told_once(chat):
    await a_week(chat)
    await chat.waits(until="09:00 tomorrow")  # Monday, unanswered
    assert "freeze" not in chat.last.text

    await chat.waits(until="09:00 tomorrow")
    assert FREEZE in chat.last.text
    await chat.answers()
    await chat.waits(until="09:00 tomorrow")

    assert len(said(chat, FREEZE)) <= 1
    assert "freeze kept" not in chat.last.text


async def test_a_freeze_is_told_by_today_as_well(chat):
    await a_week(chat)
    await chat.waits(until="09:00 tomorrow")
    await chat.waits(until="06:00 tomorrow")

    await chat.says("/today")
    assert FREEZE in chat.last.text

    await chat.says("/today")
    assert "freeze kept" not in chat.last.text


async def test_each_of_two_freezes_is_told_on_its_own_day(chat):
    await a_week(chat, 14)
    for left in ("1 freeze left", "none is left"):
        await chat.waits(until="09:00 tomorrow")
        if left == "1 freeze left":
            await chat.waits(until="09:00 tomorrow")
        assert f"Yesterday a freeze kept your streak of 14 days; {left}." in chat.last.text


async def test_a_streak_that_fell_is_not_called_kept(running, chat):
    await a_week(chat)
    await running.stop()
    await chat.waits(until="2026-03-12 08:00")
    await running.start()
    await running.quiet()
    await chat.waits(until="09:00")

    assert not said(chat, "kept your streak")


async def test_the_first_daily_of_a_week_reports_the_week_before(chat):
    await a_week(chat)
    await chat.waits(until="09:00 tomorrow")

    assert "Your last week: 7 questions, 7 recalled, a streak of 7 days." in chat.last.text
    assert len(said(chat, "Your last week")) == 1
    await chat.answers()
    await chat.waits(until="09:00 tomorrow")
    assert len(said(chat, "Your last week")) == 0


async def test_each_report_tells_of_its_own_week(chat):
    await a_week(chat, 9)
    await chat.waits(until="2026-03-14 12:00")
    await chat.says("/tips")
    await chat.waits(until="2026-03-16 09:00")

    assert "Your last week: 2 questions, 2 recalled" in chat.last.text


async def test_the_report_names_the_weakest_topic(chat):
    await chat.starts(hour="09:00")
    await chat.waits(until="2026-03-06 10:00")
    for number in (1, 2, 3):
        await chat.says(f"/question metrics/question-{number}")
        await chat.answers("Missed")
    await chat.waits(until="2026-03-09 09:00")

    assert "Your last week: 3 questions, 0 recalled" in chat.last.text
    assert "Weakest: Metrics › Classification scores, 29 %. /weak has a drill for it." in chat.last.text


async def test_a_week_without_a_rating_is_not_reported(chat):
    await chat.starts(hour="09:00")
    for _ in range(7):
        await chat.waits(days=1)
        await chat.says("/tips")

    assert not said(chat, "Your last week")


async def test_several_join(chat):
    await a_week(chat, 6)
    await chat.presses("rest.1:1:1")  # Mondays
    await chat.says("/pause 3")
    await chat.waits(until="2026-03-10 09:00")

    assert chat.last.text.startswith("Welcome back: your break is over.\nYour last week: 6 questions, ")


async def test_what_was_recalled_in_part_stands_beside_what_was_recalled(chat):
    await chat.starts(hour="09:00")
    await chat.waits(until="2026-03-06 10:00")
    for number, rating in ((1, "Partly"), (2, "Partly"), (3, "Got it")):
        await chat.says(f"/question metrics/question-{number}")
        await chat.answers(rating)
    await chat.waits(until="2026-03-09 09:00")

    assert "Your last week: 3 questions, 1 recalled, 2 in part." in chat.last.text
