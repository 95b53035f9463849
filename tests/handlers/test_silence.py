"""In a silence the dailies become fewer, say so, and end; any sign of life brings them back."""

from datetime import date

import pytest

from tests.run_again import run_the_last_update_again

MONDAY = date(2026, 3, 2)
BACK = "Every day again"


async def daily_days(chat):
    """On which days after the first there was a daily."""
    rows = await chat.rows("SELECT study_day FROM askings WHERE slot = 0 ORDER BY study_day")
    return [(date.fromisoformat(row["study_day"]) - MONDAY).days for row in rows][1:]


def announced(chat, words):
    return [message for message in chat.questions if words in message.text]


async def test_after_three_seven_and_fourteen_silent_days_it_slows_down_and_stops_and_says_so(chat):
    await chat.starts(hour="09:00")
    await chat.answers()

    await chat.waits(days=60)

    assert await daily_days(chat) == [1, 2, 3, 4, 6, 8, 15]
    for number, words in (
        (4, "Quiet days? I’ll ask every second day"),
        (6, "I’ll ask once a week"),
        (7, "I’ll stop asking and wait here; one tap starts me again."),
    ):
        assert announced(chat, words) == [chat.questions[number]]
        assert BACK in chat.questions[number].buttons
    [learner] = await chat.rows("SELECT next_daily_at, next_reminder_at FROM learners")
    assert learner == {"next_daily_at": None, "next_reminder_at": None}


async def test_one_tap_brings_every_day_back_and_says_so(chat):
    await chat.starts(hour="09:00")
    await chat.waits(until="2026-03-06 10:00")
    slowed = chat.last

    assert "good to have you back" in await chat.taps(BACK)

    assert "Every day again. The next one comes Saturday at 09:00." in chat.message(slowed.id).text
    assert "every second day" not in chat.message(slowed.id).text
    assert BACK not in chat.message(slowed.id).buttons
    assert "Show answer" in chat.message(slowed.id).buttons
    await chat.waits(days=2)
    assert await daily_days(chat) == [1, 2, 3, 4, 5, 6]


async def test_the_tap_may_run_twice_and_come_twice(running, chat):
    await chat.starts(hour="09:00")
    await chat.waits(until="2026-03-06 10:00")
    slowed = chat.last
    data = slowed.data[slowed.buttons.index(BACK)]
    await chat.taps(BACK)
    before = await chat.rows("SELECT * FROM askings"), await chat.rows("SELECT * FROM learners")

    await run_the_last_update_again(running)
    await chat.presses(data)

    assert (await chat.rows("SELECT * FROM askings"), await chat.rows("SELECT * FROM learners")) == before


async def test_it_comes_back_from_the_end_too(chat):
    await chat.starts(hour="09:00")
    await chat.waits(days=40)

    await chat.taps(BACK)

    assert "The next one comes Sunday at 09:00." in chat.last.text
    await chat.waits(days=2)
    assert await daily_days(chat) == [1, 2, 3, 4, 6, 8, 15, 41, 42]


@pytest.mark.parametrize("how", ["a word", "a command", "Hint"])
async def test_whatever_a_learner_does_brings_every_day_back(chat, how):
    await chat.starts(hour="09:00")
    await chat.waits(days=30)
    before = await daily_days(chat)

    match how:
        case "a word":
            await chat.says("hello?")
        case "a command":
            await chat.says("/tips")
        case _:
            await chat.taps(how)
    await chat.waits(days=3)

    assert await daily_days(chat) == [*before, 31, 32, 33]
    assert not announced(chat, "I’ll ask once a month")


async def test_a_word_every_other_day_keeps_them_daily(chat):
    await chat.starts(hour="09:00")
    for _ in range(5):
        await chat.waits(days=2)
        await chat.says("/tips")

    assert await daily_days(chat) == list(range(1, 11))
    assert not announced(chat, "I’ll ask")


async def test_a_break_is_no_silence(chat):
    await chat.starts(hour="09:00")
    await chat.says("/pause 20")

    await chat.waits(days=23)

    assert await daily_days(chat) == [20, 21, 22, 23]
    assert len(announced(chat, "Welcome back")) == 1
    assert len(announced(chat, "every second day")) == 1


async def test_rest_days_are_no_silence(chat):
    await chat.starts(hour="09:00")
    await chat.presses("rest.1:3:1")  # Wednesdays
    await chat.presses("rest.1:4:1")  # Thursdays

    await chat.waits(days=7)

    assert await daily_days(chat) == [1, 4, 5, 6]
    assert announced(chat, "every second day") == [chat.questions[-1]]


async def test_it_goes_on_slowly_over_a_restart(running, chat):
    await chat.starts(hour="09:00")
    await chat.waits(days=5)
    await running.stop()
    await running.start()
    await running.quiet()

    await chat.waits(days=20)

    assert await daily_days(chat) == [1, 2, 3, 4, 6, 8, 15]
    assert len(announced(chat, "every second day")) == 1


async def test_an_outage_over_the_last_one_does_not_make_it_end_without_a_word(running, chat):
    await chat.starts(hour="09:00")
    await chat.waits(days=9)
    await running.stop()
    await chat.waits(until="2026-03-20 20:00")
    await running.start()
    await running.quiet()

    await chat.waits(days=10)

    assert await daily_days(chat) == [1, 2, 3, 4, 6, 8, 19]
    assert "I’ll stop asking" in chat.last.text


async def test_someone_from_before_silences_were_counted_is_slowed_from_now_on(chat):
    await chat.starts(hour="09:00")
    await chat.waits(days=2)
    async with chat.running.coach._db.transaction() as tx:
        await tx.execute("UPDATE learners SET last_active_on = NULL")

    await chat.waits(days=5)

    assert await daily_days(chat) == [1, 2, 3, 4, 5, 6]
    assert announced(chat, "every second day") == [chat.questions[-1]]


async def test_activity_is_written_down_once_a_day(chat):
    await chat.starts(hour="09:00")
    [learner] = await chat.rows("SELECT * FROM learners")
    assert learner["last_active_on"] == MONDAY.isoformat()

    await chat.says("/tips")
    assert await chat.rows("SELECT * FROM learners") == [learner]

    await chat.waits(until="04:00 tomorrow")
    await chat.says("/tips")
    [learner] = await chat.rows("SELECT * FROM learners")
    assert learner["last_active_on"] == "2026-03-03"


async def test_a_made_up_way_back_is_refused(chat):
    await chat.starts()

    assert "no longer here" in await chat.presses("everyday.1:999")
