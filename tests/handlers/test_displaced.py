"""The database's file is moved away, deleted or replaced while the bot runs: nothing that people send is lost."""

import asyncio
import shutil
import sqlite3
from contextlib import closing

import pytest

from storage.in_place import Displaced

pytest.importorskip("resource")


async def ends(running):
    """Wait for the bot's own end, and clear it away."""
    async with asyncio.timeout(10):
        with pytest.raises(Displaced) as why:
            await running._task
    running._task = None
    await running.stop()
    return str(why.value)


def learners_in(path):
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute("SELECT count(*) FROM learners").fetchone()[0]


async def test_what_is_sent_after_the_file_was_moved_waits_at_telegram_until_it_is_back(
    running, chat, caplog
):
    await chat.starts()
    question = chat.with_button("Show answer").id
    away = running.database.with_name("moved.sqlite3")
    running.database.rename(away)

    chat.box.say("alice", "alice", "my answer, typed after the move", question)
    said = await ends(running)

    assert "was moved or deleted while the bot ran" in said
    assert caplog.messages.count(said) == 1
    assert len(chat.box.updates) == 1
    assert not running.database.exists()

    away.rename(running.database)
    await running.start()
    await running.quiet()
    assert [row["text"] for row in await chat.rows("SELECT text FROM replies")] == [
        "my answer, typed after the move"
    ]


async def test_another_file_in_its_place_is_neither_written_nor_spoilt_by_the_old_ones_log(running, chat):
    other = running.database.with_name("other.sqlite3")
    await running.stop()
    shutil.copy(running.database, other)
    await running.start()
    await running.quiet()
    await chat.starts()
    kept = running.database.with_name("kept.sqlite3")
    running.database.rename(kept)
    other.rename(running.database)

    chat.box.say("alice", "alice", "/stats")
    said = await ends(running)

    assert "Another file was put in the place of the database" in said
    assert len(chat.box.updates) == 1
    log = running.database.with_name(running.database.name + "-wal")
    assert not log.exists() or log.stat().st_size == 0
    assert learners_in(running.database) == 0
    assert learners_in(kept) == 1, "what was in the log has gone with the file"


async def test_its_condition_says_so(running, chat):
    await chat.starts()
    assert running.coach.condition().says == "serving"

    running.database.unlink()

    assert not running.coach.condition().well
    assert "was moved or deleted" in running.coach.condition().says
    chat.box.say("alice", "alice", "/stats")
    await ends(running)


async def test_a_small_write_finds_out_that_nothing_can_be_written(running, chat):
    import resource

    await chat.starts()
    await running.coach.probe()
    assert running.coach.condition().well

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, hard))
    try:
        await running.coach.probe()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    condition = running.coach.condition()
    assert not condition.well
    assert "see that it has room" in condition.says or "no room left" in condition.says

    await chat.says("/stats")
    assert running.coach.condition().says == "serving"
