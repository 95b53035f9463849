"""A disk that is full, or turns read-only, for a while: nothing is lost or counts twice, and the log says so."""

import asyncio
import logging
from datetime import timedelta

import pytest

from storage.database import Stuck

FULL = "There is no room left on the disk of"


@pytest.fixture
def bob(chat_of):
    return chat_of("bob")


async def fill(running, *, spare=0):
    """From now on the database may grow by so many pages only."""
    connection = running.coach._db._connection
    [(pages,)] = await connection.execute_fetchall("PRAGMA page_count")
    await connection.execute_fetchall(f"PRAGMA max_page_count = {pages + spare}")


async def make_room(running):
    await running.coach._db._connection.execute_fetchall("PRAGMA max_page_count = 1000000")


async def until(condition):
    """Let the bot try again as often as it takes."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 the log rings no bell
            await asyncio.sleep(0)


def said(caplog):
    return [line for line in caplog.messages if FULL in line]


async def grow(database):
    async with database.transaction() as tx:
        await tx.many(
            "INSERT INTO inbox (update_id, chat_id, payload, received_at) VALUES (?, 5, ?, 0)",
            [(10_000 + number, "x" * 900) for number in range(1_000)],
        )


async def test_a_transaction_on_a_full_disk_fails_with_a_sentence_and_leaves_nothing(running, chat):
    await chat.starts()
    await fill(running)
    before = await chat.rows("SELECT count(*) AS n FROM inbox")

    with pytest.raises(Stuck, match=f"{FULL} .*coach.sqlite3: make some"):
        await grow(running.coach._db)

    assert await chat.rows("SELECT count(*) AS n FROM inbox") == before


async def test_what_people_write_stays_with_telegram_until_there_is_room(running, chat, bob, caplog):
    caplog.set_level(logging.INFO)
    await chat.starts()
    await bob.starts()
    question = chat.with_button("Show answer").id
    await fill(running)

    for number in range(3):
        chat.box.say("alice", "alice", f"my answer number {number}" + " and more" * 400, question)
    await until(lambda: said(caplog))
    assert len(chat.box.updates) == 3, "nothing was confirmed"

    await make_room(running)
    await running.quiet()
    texts = [row["text"][:18] for row in await chat.rows("SELECT text FROM replies ORDER BY message_id")]
    assert texts == [f"my answer number {number}" for number in range(3)]
    assert "The database can be written again." in caplog.messages
    await bob.answers("Got it")
    assert len(await chat.rows("SELECT * FROM reviews")) == 1


@pytest.mark.parametrize("spare", range(5))
async def test_wherever_the_disk_becomes_full_an_answer_and_a_rating_count_once(running, chat, caplog, spare):
    await chat.starts()
    question = chat.with_button("Show answer").id
    await fill(running, spare=spare)

    # with no page left it cannot be written down, with one it can and its handler fails, and so on
    chat.box.say("alice", "alice", "my answer" + " and more" * 400, question)
    quiet = asyncio.create_task(running.quiet())
    await until(lambda: said(caplog) or quiet.done())
    await make_room(running)
    await quiet
    await chat.taps("Got it")

    assert len(await chat.rows("SELECT * FROM replies")) == 1
    assert len(await chat.rows("SELECT * FROM reviews")) == 1
    assert await chat.rows("SELECT * FROM inbox WHERE set_aside_at IS NOT NULL OR done_at IS NULL") == []
    assert not any("Something went wrong" in seen.text for seen in chat.from_bot)


async def test_a_daily_that_cannot_be_written_comes_when_it_can(running, chat, caplog):
    await chat.starts(hour="09:00")
    connection = running.coach._db._connection
    await connection.execute_fetchall("PRAGMA query_only = ON")  # as on a disk that turned read-only

    for seconds in range(3):
        await running.coach.beat(running.clock.now() + timedelta(days=1, seconds=seconds))
    said_so = [line for line in caplog.messages if "failed" in line or "may not be written any more" in line]
    assert len(said_so) == 1

    await connection.execute_fetchall("PRAGMA query_only = OFF")
    await chat.waits(until="09:00 tomorrow")
    assert len(chat.questions) == 2


async def test_the_bot_ends_in_good_order_on_a_full_disk_and_goes_on_afterwards(running, chat, caplog):
    await chat.starts()
    question = chat.with_button("Show answer").id
    await fill(running)
    chat.box.say("alice", "alice", "my answer" + " and more" * 400, question)
    await until(lambda: said(caplog))

    await running.stop()
    await running.start()
    await running.quiet()

    assert len(await chat.rows("SELECT * FROM replies")) == 1
