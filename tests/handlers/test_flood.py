"""Somebody who sends too much at once: what was taken counts, the rest is passed over with one kind sentence."""

import pytest

from bot.errors import TOO_MUCH
from bot.flood import REASON, Flood
from tests.run_again import run_the_last_update_again

A_MINUTE = 20  # ten at once


@pytest.fixture
async def watched(running):
    await running.stop()
    running.flood = Flood(running.clock.now, A_MINUTE)
    await running.start()
    return running


async def _passed_over(chat):
    return len(await chat.rows("SELECT * FROM inbox WHERE error = ? AND done_at IS NOT NULL", REASON))


async def test_texts_beyond_the_measure_are_passed_over_with_one_sentence(watched, chat):
    await chat.starts()
    await chat.waits(minutes=5)
    for number in range(30):
        chat.box.say("alice", "alice", f"text {number}")
    await watched.quiet()

    kept = await chat.rows("SELECT text FROM replies ORDER BY message_id")
    assert [row["text"] for row in kept] == [f"text {number}" for number in range(10)]
    assert [message.text for message in chat.from_bot].count(TOO_MUCH) == 1
    assert await _passed_over(chat) == 20
    assert await chat.rows("SELECT * FROM inbox WHERE done_at IS NULL") == []
    assert await chat.rows("SELECT * FROM inbox WHERE payload <> ''") == []

    await chat.waits(minutes=1)
    await chat.says("text 30")
    assert len(await chat.rows("SELECT * FROM replies")) == 11


async def test_taps_beyond_the_measure_get_one_alert(watched, chat):
    await chat.starts()
    await chat.waits(minutes=5)
    message = chat.last.id
    label = chat.last.buttons[0]
    taps = [chat.box.tap("alice", "alice", message, label) for _ in range(15)]
    await watched.quiet()

    told = [tap.result().text for tap in taps if tap.done()]
    assert len(told) == 11
    assert told.count(TOO_MUCH) == 1
    assert await _passed_over(chat) == 5


async def test_others_notice_nothing(watched, chat, chat_of):
    bob = chat_of("bob")
    await bob.starts()
    await chat.starts()
    for number in range(30):
        chat.box.say("alice", "alice", f"text {number}")
    await bob.says("my answer")

    assert len(await bob.rows("SELECT * FROM replies WHERE text = 'my answer'")) == 1


async def test_what_was_taken_before_a_crash_is_not_measured_again(watched, chat):
    await chat.starts()
    await chat.waits(minutes=5)
    for number in range(10):
        await chat.says(f"text {number}")
    await run_the_last_update_again(watched)

    assert await _passed_over(chat) == 0
    assert len(await chat.rows("SELECT * FROM replies")) == 10


async def test_what_waits_for_telegram_is_not_measured_again(watched, chat):
    await chat.starts()
    await chat.waits(minutes=5)
    for number in range(9):
        await chat.says(f"text {number}")
    watched.box.faults.order({"method": "sendMessage", "kind": "reset", "times": 5})
    await chat.says("the last one")

    assert await _passed_over(chat) == 0
    assert "Not my answer" in chat.last.buttons


async def test_an_excuse_that_does_not_get_through_is_left(watched, chat):
    await chat.starts()
    await chat.waits(minutes=5)
    for number in range(10):
        chat.box.say("alice", "alice", f"text {number}")
    await watched.quiet()
    watched.box.faults.order({"method": "sendMessage", "kind": "reset", "times": 5})
    chat.box.say("alice", "alice", "one more")
    await watched.quiet()

    assert await _passed_over(chat) == 1
    assert TOO_MUCH not in [message.text for message in chat.from_bot]
