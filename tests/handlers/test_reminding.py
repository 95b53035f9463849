"""A streak at risk: one silent line in the evening for those who want it."""

import asyncio
from dataclasses import replace
from datetime import time

import pytest

from storage import learners
from tests.run_again import run_the_last_update_again

WORDS = "One question today keeps your streak"


async def with_a_streak(chat, days=3, hour="09:00", zone=None):
    """Someone who has answered on so many days, and not yet on the day that has begun."""
    await chat.starts(hour=hour, zone=zone)
    await chat.answers()
    for _ in range(days - 1):
        await chat.waits(until=f"{hour} tomorrow")
        await chat.answers()
    await chat.waits(until="04:00 tomorrow")


def reminders(chat):
    return [message for message in chat.from_bot if WORDS in message.text]


async def test_it_comes_at_eight_in_the_evening_without_a_sound(chat):
    await with_a_streak(chat, zone="Asia/Tokyo")
    await chat.waits(until="19:59")
    assert not reminders(chat)

    await chat.waits(minutes=1)

    assert chat.last.text == (
        "🔥 3 days in a row. One question today keeps your streak. Without one it begins anew tomorrow."
    )
    assert chat.last.silent
    assert chat.last.buttons == ["Today’s question", "No more reminders"]
    await chat.waits(until="03:59 tomorrow")
    assert len(reminders(chat)) == 1


async def test_its_button_brings_todays_question_which_saves_the_streak(chat):
    await with_a_streak(chat)
    await chat.waits(until="20:00")

    await chat.taps("Today’s question")
    await chat.answers()

    assert "🔥 4 days" in chat.last.text


async def test_a_freeze_is_mentioned(chat):
    await with_a_streak(chat, days=7)
    await chat.waits(until="20:00")

    assert "Without one a freeze steps in." in chat.last.text


async def test_two_days_are_not_worth_a_word(chat):
    await with_a_streak(chat, days=2)
    await chat.waits(until="23:00")

    assert not reminders(chat)


async def test_who_has_answered_hears_nothing(chat):
    await with_a_streak(chat)
    await chat.waits(until="09:00")
    await chat.answers()
    await chat.waits(until="23:00")

    assert not reminders(chat)


async def test_an_answer_taken_back_is_no_answer(chat):
    await with_a_streak(chat)
    await chat.waits(until="09:00")
    await chat.answers()
    await chat.taps("Undo")
    await chat.waits(until="20:00")

    assert len(reminders(chat)) == 1


@pytest.mark.parametrize("hour", ["18:00", "19:30", "20:00", "22:00"])
async def test_close_to_the_daily_there_is_none(chat, hour):
    await with_a_streak(chat, hour=hour)
    await chat.waits(days=1)

    assert not reminders(chat)


async def test_a_daily_that_came_late_is_close_too(running, chat):
    await with_a_streak(chat, hour="16:30")
    await running.stop()
    await chat.waits(until="18:30")
    await running.start()
    await running.quiet()

    await chat.waits(until="23:00")

    assert "I was away at your hour" in chat.last.text
    assert not reminders(chat)


async def test_not_on_rest_days_and_not_in_a_break(chat):
    await with_a_streak(chat)  # it is Thursday
    await chat.presses("rest.1:4:1")
    await chat.says("/pause 5")
    await chat.waits(days=2)
    await chat.says("/pause off")
    assert not reminders(chat)

    await chat.presses("rest.1:6:1")  # it is Saturday
    await chat.waits(until="23:00")
    assert not reminders(chat)


async def test_it_goes_on_while_a_freeze_bridges_and_ends_with_the_usual_pace(chat):
    await with_a_streak(chat, days=14)
    await chat.waits(days=14)

    assert len(reminders(chat)) == 3  # the fourth silent day gets a daily alone


async def test_a_streak_that_is_lost_is_not_spoken_of(chat):
    await with_a_streak(chat)
    await chat.waits(days=2)

    assert len(reminders(chat)) == 1


async def test_one_tap_ends_them_and_one_brings_them_back(chat):
    await with_a_streak(chat)
    await chat.waits(until="20:00")
    reminder = chat.last

    await chat.taps("No more reminders")
    assert chat.message(reminder.id).text == "No more reminders. Your daily question comes as before."
    [learner] = await chat.rows("SELECT reminders, next_reminder_at FROM learners")
    assert learner == {"reminders": 0, "next_reminder_at": None}

    await chat.taps("Remind me again")
    assert "I remind you at 20:00" in chat.message(reminder.id).text
    assert chat.message(reminder.id).buttons == ["No more reminders"]
    [learner] = await chat.rows("SELECT reminders, next_reminder_at FROM learners")
    assert learner["reminders"] == 1
    assert learner["next_reminder_at"] is not None


@pytest.mark.parametrize("wanted", [0, 1])
async def test_the_switch_may_run_twice(running, chat, wanted):
    await with_a_streak(chat)
    await chat.presses(f"remind.1:{wanted}")
    before = await chat.rows("SELECT * FROM learners")

    await run_the_last_update_again(running)

    assert await chat.rows("SELECT * FROM learners") == before


async def test_who_wants_none_gets_none(chat):
    await with_a_streak(chat)
    await chat.presses("remind.1:0")
    await chat.waits(until="23:00")

    assert not reminders(chat)


async def test_a_restart_sends_no_second_one(running, chat):
    await with_a_streak(chat)
    await chat.waits(until="20:00")
    await running.stop()
    await running.start()
    await running.quiet()
    await chat.waits(until="23:00")

    assert len(reminders(chat)) == 1


@pytest.mark.parametrize("after", [False, True], ids=["before it is sent", "after it is sent"])
async def test_dying_at_the_very_moment_loses_none(running, chat, after):
    await with_a_streak(chat)
    await chat.waits(until="19:59")
    await running.dies_at(0, after=after)
    walk = asyncio.create_task(chat.waits(minutes=1))
    await asyncio.wait_for(running._wire.dead.wait(), 10)
    walk.cancel()
    await asyncio.gather(walk, return_exceptions=True)
    await running.stop()
    await running.start()
    await running.quiet()

    await chat.waits(until="23:00")

    assert len(reminders(chat)) == 1 + after  # Telegram takes no word back: one copy is possible


@pytest.mark.parametrize("how", ["a later hour", "a row that is due again"])
async def test_there_is_one_a_day_whatever_is_set_afterwards(chat, how):
    await with_a_streak(chat)
    await chat.waits(until="20:00")
    async with chat.running.coach._db.transaction() as tx:
        if how == "a later hour":
            learner = replace(await learners.get(tx, 1001), reminder_time=time(21))
            await learners.put(tx, learner.planned(chat.clock.now()))
        else:
            await tx.execute("UPDATE learners SET next_reminder_at = next_reminder_at - 24 * 3600000")

    await chat.waits(until="03:59 tomorrow")

    assert len(reminders(chat)) == 1


async def test_after_an_outage_over_the_evening_it_is_too_late(running, chat):
    await with_a_streak(chat)
    await chat.waits(until="19:00")
    await running.stop()
    await chat.waits(until="22:00")
    await running.start()
    await running.quiet()
    await chat.waits(minutes=60)

    assert not reminders(chat)


async def test_after_a_short_outage_it_still_comes(running, chat):
    await with_a_streak(chat)
    await chat.waits(until="19:00")
    await running.stop()
    await chat.waits(until="21:00")
    await running.start()
    await running.quiet()
    await chat.waits(minutes=1)

    assert len(reminders(chat)) == 1


async def test_where_yesterdays_daily_came_only_today_two_are_enough(running, chat):
    await chat.starts(hour="03:30")
    await chat.answers()
    for _ in range(2):
        await chat.waits(until="12:00 tomorrow")
        await chat.says("/random")
        await chat.answers()
    await chat.waits(until="03:00 tomorrow")
    await running.stop()
    await chat.waits(until="05:00")
    await running.start()
    await running.quiet()
    await chat.waits(minutes=1)
    assert "I was away at your hour" in chat.last.text

    await chat.waits(until="23:00")

    assert not reminders(chat)


async def test_who_has_left_is_not_reminded(running, chat):
    await with_a_streak(chat)
    chat.box.block("alice")
    await running.quiet()
    [learner] = await chat.rows("SELECT next_reminder_at FROM learners")
    assert learner["next_reminder_at"] is None

    await chat.waits(until="19:00")
    chat.box.unblock("alice")
    await chat.says("/start")
    await chat.waits(until="20:00")
    assert len(reminders(chat)) == 1


async def test_one_learners_trouble_is_not_everybodys(chat_of):
    alice, bob = chat_of("alice"), chat_of("bob")
    await with_a_streak(alice)
    await with_a_streak(bob)
    async with alice.running.coach._db.transaction() as tx:
        await tx.execute("UPDATE learners SET role = 'astronaut', next_reminder_at = 0 WHERE id = 1001")
    before = len(reminders(alice))

    await bob.waits(until="20:00")

    assert len(reminders(bob)) == 1
    assert len(reminders(alice)) == before
    [learner] = await alice.rows("SELECT next_reminder_at FROM learners WHERE id = 1001")
    assert learner["next_reminder_at"] > alice.clock.now().timestamp() * 1000
