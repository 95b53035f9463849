"""Snooze: today's question once more, in an hour or tonight."""

import asyncio
from datetime import UTC, datetime

import pytest

from tests.fake_chat import FakeChat
from tests.run_again import run_the_last_update_again


async def at_nine(chat, hour="09:00"):
    """Someone whose second day's question has just come; its message."""
    await chat.starts(hour=hour)
    await chat.answers()
    await chat.waits(until=f"{hour} tomorrow")
    return chat.last


async def snoozes(chat, how):
    await chat.taps("⋯")
    await chat.taps(how)


async def test_in_an_hour_it_comes_again_and_the_old_buttons_go(chat):
    question = await at_nine(chat)
    await snoozes(chat, "In 1 h")
    snoozed = chat.message(question.id)
    assert "I bring it again at 10:00. You can still answer now." in snoozed.text
    assert snoozed.buttons == question.buttons

    await chat.waits(until="09:59")
    assert not chat.new_messages
    await chat.waits(minutes=1)

    assert len(chat.new_messages) == 1
    assert chat.last.text == question.text
    assert chat.last.data == question.data
    assert not chat.last.silent
    assert not chat.message(question.id).buttons
    assert "I bring it again" not in chat.message(question.id).text
    assert chat.message(question.id).text.endswith("It came again, as you wished: answer it there.")
    await chat.waits(until="03:59 tomorrow")
    assert len(chat.questions) == 3
    await chat.says("an answer after all")
    assert "Not my answer" in chat.last.buttons


async def test_tonight_is_eight_in_the_evening(chat):
    await at_nine(chat)
    await snoozes(chat, "Tonight")
    await chat.waits(until="19:59")
    assert not chat.new_messages

    await chat.waits(minutes=1)

    assert len(chat.new_messages) == 1


@pytest.mark.parametrize("act", ["an answer", "Skip", "Never show again"])
async def test_whoever_has_dealt_with_it_before_is_left_in_peace(chat, act):
    await at_nine(chat)
    await snoozes(chat, "In 1 h")

    if act == "an answer":
        await chat.answers()
    else:
        if act != "Skip":
            await chat.taps("⋯")
        await chat.taps(act)
    await chat.waits(until="23:00")

    assert not chat.new_messages
    assert await chat.rows("SELECT id FROM askings WHERE snoozed_until IS NOT NULL") == []


async def test_a_second_tap_changes_nothing(chat):
    await at_nine(chat)
    await snoozes(chat, "In 1 h")
    await chat.waits(minutes=20)

    await snoozes(chat, "In 1 h")

    assert "I bring it again at 10:00." in chat.last.text


async def test_a_question_rated_elsewhere_meanwhile_is_not_brought_again(chat):
    await at_nine(chat)
    await snoozes(chat, "Tonight")
    [daily] = await chat.rows("SELECT question_id FROM askings ORDER BY id DESC LIMIT 1")
    await chat.says(f"/question {daily['question_id']}")
    await chat.answers()

    await chat.waits(until="03:59 tomorrow")

    assert not chat.new_messages
    assert await chat.rows("SELECT id FROM askings WHERE snoozed_until IS NOT NULL") == []


async def test_today_brings_another_one_where_its_question_was_rated_elsewhere(chat):
    question = await at_nine(chat)
    [daily] = await chat.rows("SELECT question_id FROM askings ORDER BY id DESC LIMIT 1")
    await chat.says(f"/question {daily['question_id']}")
    await chat.answers()

    await chat.says("/today")

    assert "Show answer" in chat.last.buttons
    assert chat.last.text != question.text
    [now] = await chat.rows("SELECT question_id FROM askings WHERE slot = 0 ORDER BY id DESC LIMIT 1")
    assert now["question_id"] != daily["question_id"]


async def test_a_rating_elsewhere_that_was_undone_leaves_the_snooze(chat):
    await at_nine(chat)
    await snoozes(chat, "In 1 h")
    [daily] = await chat.rows("SELECT question_id FROM askings ORDER BY id DESC LIMIT 1")
    await chat.says(f"/question {daily['question_id']}")
    await chat.answers()
    await chat.taps("Undo")

    await chat.waits(minutes=60)

    assert len(chat.new_messages) == 1


async def test_the_last_choice_counts(chat):
    await at_nine(chat)
    await snoozes(chat, "In 1 h")
    await snoozes(chat, "Tonight")
    assert "I bring it again at 20:00." in chat.last.text

    await snoozes(chat, "In 1 h")
    assert "I bring it again at 10:00." in chat.last.text


async def test_it_can_be_snoozed_again(chat):
    await at_nine(chat)
    await snoozes(chat, "In 1 h")
    await chat.waits(minutes=60)
    await snoozes(chat, "In 1 h")
    await chat.waits(minutes=60)

    assert len(chat.questions) == 4


async def test_late_in_the_evening_only_an_hour_is_offered_and_after_three_nothing(bot_from):
    async with bot_from(datetime(2026, 3, 2, 19, 30, tzinfo=UTC)) as running:
        chat = FakeChat(running)
        await chat.starts()
        await chat.taps("⋯")
        assert "In 1 h" in chat.last.buttons
        assert "Tonight" not in chat.last.buttons
        assert "It is evening already" in (await chat.presses("snooze.1:1:t") or "")

        await chat.taps("Back")
        await chat.waits(until="03:00")
        await chat.taps("⋯")
        assert "In 1 h" not in chat.last.buttons
        assert "Your day ends at 04:00" in (await chat.presses("snooze.1:1:h") or "")
        assert await chat.rows("SELECT id FROM askings WHERE snoozed_until IS NOT NULL") == []


async def test_only_an_open_daily_of_today_can_wait(chat):
    yesterday = await at_nine(chat)
    await chat.waits(days=1)
    await chat.taps("⋯", on=yesterday.id)
    assert "In 1 h" not in chat.message(yesterday.id).buttons

    await chat.answers()
    assert "Only today’s question" in await chat.presses("snooze.1:3:h")
    await chat.says("/question metrics/question-3")
    assert "Only today’s question" in await chat.presses("snooze.1:4:h")
    assert "no longer here" in await chat.presses("snooze.1:999:h")


async def test_a_message_that_was_brought_again_lower_down_is_not_snoozed(chat):
    question = await at_nine(chat)
    await chat.taps("⋯")
    await chat.says("/today")

    assert "further below" in await chat.taps("In 1 h", on=question.id)


async def test_a_snooze_survives_a_restart(running, chat):
    await at_nine(chat)
    await snoozes(chat, "In 1 h")
    await running.stop()
    await running.start()
    await running.quiet()

    await chat.waits(until="12:00")

    assert len(chat.questions) == 3


@pytest.mark.parametrize("after", [False, True], ids=["before it is sent", "after it is sent"])
async def test_dying_at_the_very_moment_loses_none(running, chat, after):
    question = await at_nine(chat)
    await snoozes(chat, "In 1 h")
    await chat.waits(minutes=59)
    await running.dies_at(0, after=after)
    walk = asyncio.create_task(chat.waits(minutes=1))
    await asyncio.wait_for(running._wire.dead.wait(), 10)
    walk.cancel()
    await asyncio.gather(walk, return_exceptions=True)
    await running.stop()
    await running.start()
    await running.quiet()

    await chat.waits(until="23:00")

    assert len([each for each in chat.questions if each.text == question.text]) == 1 + after
    assert "Show answer" in chat.last.buttons
    [asking] = await chat.rows("SELECT message_id, snoozed_until FROM askings WHERE slot = 0 AND id = 2")
    assert asking == {"message_id": chat.last.id, "snoozed_until": None}


async def test_a_snooze_may_run_twice(running, chat):
    await at_nine(chat)
    await snoozes(chat, "In 1 h")
    before = await chat.rows("SELECT * FROM askings")
    await chat.waits(minutes=10)

    await run_the_last_update_again(running)

    assert await chat.rows("SELECT * FROM askings") == before


async def test_an_outage_over_the_end_of_the_day_drops_it(running, chat):
    await at_nine(chat)
    await snoozes(chat, "Tonight")
    await running.stop()
    await chat.waits(until="04:00 tomorrow")
    await running.start()
    await running.quiet()

    await chat.waits(minutes=10)

    assert len(chat.questions) == 2


async def test_an_outage_within_the_day_only_delays_it(running, chat):
    await at_nine(chat)
    await snoozes(chat, "In 1 h")
    await running.stop()
    await chat.waits(until="15:00")
    await running.start()
    await running.quiet()

    await chat.waits(minutes=1)

    assert len(chat.questions) == 3


async def test_who_has_left_is_left_alone_and_a_break_is_silent(chat):
    await at_nine(chat)
    await snoozes(chat, "In 1 h")
    await chat.says("/pause 3")
    await chat.waits(until="23:00")
    assert not chat.new_messages

    await chat.says("/pause off")
    await chat.waits(until="09:00 tomorrow")
    await snoozes(chat, "In 1 h")
    chat.box.block("alice")
    await chat.running.quiet()
    await chat.waits(until="23:00")
    assert not chat.new_messages
    assert await chat.rows("SELECT id FROM askings WHERE snoozed_until IS NOT NULL") == []


@pytest.mark.parametrize("how", ["Tonight", "In 1 h"])
async def test_a_snoozed_question_is_reminder_enough(chat, how):
    await chat.starts(hour="09:00")
    await chat.answers()
    for _ in range(2):
        await chat.waits(until="09:00 tomorrow")
        await chat.answers()
    await chat.waits(until="09:00 tomorrow")
    await chat.waits(until="18:30")
    await snoozes(chat, how)

    await chat.waits(until="03:59 tomorrow")

    assert len(chat.new_messages) == 1
    assert not any("in a row" in message.text for message in chat.new_messages)
