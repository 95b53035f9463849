"""What the bot owes by itself: whatever moment it dies at, and however Telegram fails, it arrives, and counts once."""

import asyncio
from contextlib import suppress

import pytest

from handlers.asking.ask import deliver
from storage import askings


async def _with_a_daily_due(chat_of):
    chat = chat_of("alice")
    await chat.starts(hour="09:00")
    await chat.answers()
    await chat.waits(until="08:59 tomorrow")
    return chat, "What is"


async def _with_a_snoozed_one_due(chat_of):
    chat = chat_of("alice")
    await chat.starts(hour="09:00")
    await chat.answers()
    await chat.waits(until="09:00 tomorrow")
    await chat.taps("⋯")
    await chat.taps("In 1 h")
    await chat.waits(until="09:59")
    return chat, "What is"


async def _with_a_reminder_due(chat_of):
    chat = chat_of("alice")
    await chat.starts(hour="09:00")
    await chat.answers()
    for _ in range(2):
        await chat.waits(until="09:00 tomorrow")
        await chat.answers()
    await chat.waits(until="19:59 tomorrow")
    return chat, "keeps your streak"


async def _with_a_broadcast_due(chat_of):
    alice = chat_of("alice")
    await alice.starts()
    await alice.says("/admin")
    await alice.taps("Broadcast")
    await alice.says("A word to all of you")
    await alice.taps("Send")
    return alice, "A word to all of you"


OWED = {
    "a daily": _with_a_daily_due,
    "a snoozed question": _with_a_snoozed_one_due,
    "a reminder": _with_a_reminder_due,
    "a broadcast": _with_a_broadcast_due,
}


def _copies(chat, since, words):
    return [message for message in chat.from_bot if message.id > since and words in message.text]


@pytest.mark.parametrize("owed", OWED)
@pytest.mark.parametrize("request_number", [0, 1])
@pytest.mark.parametrize("after", [False, True], ids=["before it is sent", "after it is sent"])
async def test_what_is_owed_outlives_a_death_at_any_request(running, chat_of, owed, request_number, after):
    chat, words = await OWED[owed](chat_of)
    since = chat.last.id
    await running.dies_at(request_number, after=after)

    walking = asyncio.create_task(chat.waits(minutes=1))
    dead = asyncio.create_task(running._wire.dead.wait())
    await asyncio.wait({walking, dead}, return_when=asyncio.FIRST_COMPLETED)
    died = running._wire.dead.is_set()
    for task in (walking, dead):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await running.stop()
    await running.start()
    await running.quiet()
    await chat.waits(minutes=3)

    assert 1 <= len(_copies(chat, since, words)) <= 1 + (died and after)
    await chat.waits(minutes=30)
    assert len(_copies(chat, since, words)) <= 1 + (died and after)


@pytest.mark.parametrize("owed", OWED)
@pytest.mark.parametrize("kind", ["429", "500", "reset", "hang", "lost_reply"])
async def test_what_is_owed_outlives_trouble_and_comes_twice_only_if_an_answer_was_lost(
    running, chat_of, owed, kind
):
    chat, words = await OWED[owed](chat_of)
    since = chat.last.id
    running.box.faults.order({"method": "sendMessage", "kind": kind})

    await chat.waits(minutes=3)

    copies = _copies(chat, since, words)
    assert len(copies) == (2 if kind == "lost_reply" else 1)
    assert running.coach.tally.unsure == (kind in ("reset", "hang", "lost_reply"))
    assert not running.box.faults.left()


async def test_both_copies_of_a_question_answer_for_the_same_asking(running, chat_of):
    chat, words = await _with_a_daily_due(chat_of)
    since = chat.last.id
    running.box.faults.order({"method": "sendMessage", "kind": "lost_reply"})
    await chat.waits(minutes=3)
    first, second = _copies(chat, since, words)
    assert first.data == second.data

    await chat.taps("Show answer", on=first.id)
    await chat.taps("Got it")

    assert len(await chat.rows("SELECT * FROM reviews WHERE rating IS NOT NULL")) == 2
    await chat.taps("Show answer", on=second.id)
    assert len(await chat.rows("SELECT * FROM reviews WHERE rating IS NOT NULL")) == 2


async def test_the_heartbeat_and_the_learner_wanting_it_at_once_get_one_message(running, chat_of):
    chat, words = await _with_a_daily_due(chat_of)
    await chat.waits(minutes=1)
    asking_id = (await chat.rows("SELECT max(id) AS id FROM askings"))[0]["id"]
    on = running.coach._on
    async with on.db.transaction() as tx:
        await tx.execute("UPDATE askings SET message_id = NULL WHERE id = ?", (asking_id,))
        asking = await askings.get(tx, asking_id, 1001)
    since = chat.last.id

    await asyncio.gather(*(deliver(on, asking, running.clock.now()) for _ in range(3)))

    assert len(_copies(chat, since, words)) == 1
    assert len(on.alone) == 0
