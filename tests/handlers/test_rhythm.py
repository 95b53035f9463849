"""Rest days, breaks, and several questions a day."""

from datetime import date

import pytest


async def test_a_pause_is_silent_and_ends_by_itself(chat):
    await chat.starts(hour="09:00")
    await chat.answers()
    await chat.says("/pause 5")
    assert "silent until Saturday, 7 March" in chat.last.text

    await chat.waits(until="2026-03-07 08:59")
    assert not chat.new_messages

    await chat.waits(minutes=1)
    assert "Welcome back" in chat.last.text
    assert chat.last.buttons[0] == "Show answer"


async def test_due_dates_wait_and_the_streak_is_kept(chat):
    await chat.starts(hour="09:00")
    await chat.answers("Missed")
    await chat.says("/pause 5")
    [card] = await chat.rows("SELECT due FROM cards")
    assert card["due"] == "2026-03-08"

    await chat.waits(until="2026-03-07 09:00")
    await chat.answers()
    assert "🔥 2 days" in chat.last.text


async def test_coming_back_early_takes_the_pause_back(chat):
    await chat.starts(hour="09:00")
    await chat.answers("Missed")
    before = await chat.rows("SELECT * FROM cards")
    await chat.says("/pause")
    await chat.taps("14 days")
    await chat.taps("Come back now")

    assert "You are back. Next question: Tuesday, 09:00." in chat.last.text
    assert await chat.rows("SELECT * FROM cards") == before
    assert await chat.rows("SELECT * FROM kept_days") == []
    await chat.waits(until="09:00 tomorrow")
    assert chat.last.buttons[0] == "Show answer"


@pytest.mark.parametrize("how", ["tap", "/pause 0", "/pause off"])
async def test_coming_back_at_night_asks_at_the_next_hour(chat, how):
    await chat.starts(hour="09:00")
    await chat.says("/pause 3")
    await chat.waits(until="02:30 tomorrow")
    await chat.waits(until="02:30 tomorrow")
    await (chat.taps("Come back now") if how == "tap" else chat.says(how))
    assert "You are back. Next question: Wednesday, 09:00." in chat.last.text

    await chat.waits(until="08:59")
    assert not chat.new_messages

    await chat.waits(minutes=1)
    [daily] = await chat.rows("SELECT study_day FROM askings WHERE slot = 0 ORDER BY id DESC LIMIT 1")
    assert daily["study_day"] == "2026-03-04"


async def test_ending_a_break_that_never_was_says_so(chat):
    await chat.starts(hour="09:00")
    before = await chat.rows("SELECT * FROM learners")
    await chat.says("/pause off")

    assert chat.last.text.startswith("No break is running. Next question: Tuesday, 09:00.")
    assert await chat.rows("SELECT * FROM learners") == before


async def test_a_longer_pause_replaces_a_shorter_one(chat):
    await chat.starts(hour="09:00")
    await chat.answers("Missed")
    await chat.says("/pause 3")
    await chat.says("/pause 10")

    [card] = await chat.rows("SELECT due FROM cards")
    assert card["due"] == "2026-03-13"
    assert len(await chat.rows("SELECT * FROM kept_days")) == 10


@pytest.mark.parametrize(
    "words, until",
    [
        ("7", "9 March"),
        ("for 7 days", "9 March"),
        ("until 24 December", "24 December"),
        ("1 day", "3 March"),
        ("24 December", "24 December"),
        ("2026-04-01", "1 April"),
        ("1 Feb", "1 February"),
    ],
)
async def test_a_break_may_be_said_in_many_ways(chat, words, until):
    await chat.starts()
    await chat.says(f"/pause {words}")

    assert f"{until}, and then come back" in chat.last.text


@pytest.mark.parametrize("words", ["400", "soon", "2020-01-01", "30 February"])
async def test_a_break_that_cannot_be_says_how(chat, words):
    await chat.starts()
    await chat.says(f"/pause {words}")

    assert "/pause 5 for five days" in chat.last.text


async def test_made_up_pauses_are_refused(chat):
    await chat.starts()

    assert "/pause 5 for five days" in await chat.presses("pause.1:999999999")
    assert "/pause 5 for five days" in await chat.presses("pause.1:-4")


async def test_rest_days_have_no_daily_and_keep_the_streak(chat):
    await chat.starts(hour="09:00")  # a Monday
    await chat.answers()
    await chat.says("/settings")
    await chat.taps("Rest days")
    await chat.taps("☐ Tue")
    await chat.taps("☐ Wed")
    await chat.taps("Done")
    assert "not on Tue, Wed" in chat.last.text

    await chat.waits(until="2026-03-05 08:59")
    assert not chat.new_messages
    await chat.waits(minutes=1)
    await chat.answers()
    assert "🔥 2 days" in chat.last.text


async def test_one_day_of_the_week_is_left(chat):
    await chat.starts()
    for weekday in range(1, 7):
        await chat.presses(f"rest.1:{weekday}:1")

    assert "One day a week has to be left" in await chat.presses("rest.1:7:1")


async def test_several_a_day_come_one_by_one_without_a_sound(chat):
    await chat.starts(hour="09:00")
    await chat.answers()
    await chat.says("/settings")
    await chat.taps("Questions a day")
    await chat.taps("3")
    assert "Daily at: 09:00, 3 questions" in chat.last.text

    await chat.waits(until="09:00 tomorrow")
    assert len(chat.new_messages) == 1
    await chat.answers()
    assert chat.last.silent
    assert len(chat.new_messages) == 1
    await chat.taps("Skip")
    await chat.answers()

    assert "Another" in chat.last.buttons
    slots = await chat.rows(
        "SELECT slot FROM askings WHERE study_day = ? ORDER BY slot", date(2026, 3, 3).isoformat()
    )
    assert [row["slot"] for row in slots] == [0, 1, 2]


async def test_today_brings_the_one_that_is_open(chat):
    await chat.starts(hour="09:00")
    await chat.says("/settings")
    await chat.presses("count.1:2")
    await chat.answers()
    second = chat.questions[-1].text
    await chat.says("/today")

    assert chat.last.text == second


@pytest.mark.parametrize("data", ["count.1:0", "count.1:11", "rest.1:8:1", "rest.1:0:1"])
async def test_made_up_amounts_change_nothing(chat, data):
    await chat.starts()
    before = await chat.rows("SELECT * FROM learners")

    assert "/settings" in await chat.presses(data)
    assert await chat.rows("SELECT * FROM learners") == before


async def test_a_freeze_saves_a_missed_day_and_says_so(chat):
    await chat.starts(hour="09:00")
    await chat.answers()
    for _ in range(6):
        await chat.waits(until="09:00 tomorrow")
        await chat.answers()
    assert "🔥 7 days 🎉 · 1 freeze in store" in chat.last.text

    await chat.waits(until="09:00 tomorrow")  # a Monday without an answer
    await chat.waits(until="09:00 tomorrow")
    await chat.answers()

    assert "🔥 8 days · a freeze saved Monday" in chat.last.text
    await chat.taps("Undo")
    await chat.taps("Got it")
    assert "🔥 8 days · a freeze saved Monday" in chat.last.text


@pytest.mark.parametrize("words", ["off", "0", "stop"])
async def test_a_break_ends_by_a_word_too(chat, words):
    await chat.starts()
    await chat.says("/pause 5")
    await chat.says(f"/pause {words}")

    assert "You are back." in chat.last.text


async def test_a_welcome_is_said_once(chat):
    await chat.starts(hour="09:00")
    await chat.says("/pause 3")
    await chat.waits(days=3)
    assert "Welcome back" in chat.last.text

    await chat.says("/today")
    assert "Welcome back" not in chat.last.text


async def test_coming_back_after_todays_hour_does_not_cost_todays_question(chat):
    await chat.starts(hour="09:00")
    await chat.waits(until="08:00 tomorrow")
    await chat.says("/pause 3")
    await chat.waits(until="12:00")
    await chat.says("/pause off")
    await chat.waits(minutes=1)

    assert len(chat.questions) == 2
