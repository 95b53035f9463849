"""Other programs at work on the file: they are waited for, and said to be in the way."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import inbox
from storage.database import Database, Stuck
from storage.inbox import Arrival

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with await Database.open(tmp_path / "coach.sqlite3") as database:
        yield database


@pytest.fixture
def other(database: Database) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(database.path, timeout=0, isolation_level=None)) as other:
        yield other


async def write(database: Database, update_id: int) -> None:
    async with database.transaction() as tx:
        await inbox.add_many(tx, [Arrival(update_id, 5, "{}")], NOW)


def log_size(database: Database) -> int:
    return database.path.with_name(f"{database.path.name}-wal").stat().st_size


async def test_one_that_keeps_the_file_to_itself_is_waited_for_and_is_no_fault_of_what_was_to_be_written(
    database: Database, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.at_once.BUSY_SECONDS", 0.05)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(Stuck, match=f"Another program keeps the database {database.path} to itself: close"):
        await write(database, 1)

    other.execute("ROLLBACK")
    await write(database, 1)


async def test_the_log_is_settled_as_soon_as_whoever_reads_it_is_done(
    database: Database, other: sqlite3.Connection
) -> None:
    await write(database, 1)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM inbox").fetchone()
    await write(database, 2)

    said: list[str] = []
    await database._connection.set_trace_callback(said.append)
    settling = asyncio.create_task(database.settle_log())
    while len(said) < 2:  # noqa: ASYNC110 it tries again after a short rest
        await asyncio.sleep(0)
    assert log_size(database) > 0
    other.execute("COMMIT")
    await settling

    assert log_size(database) == 0


async def test_a_log_that_is_in_use_for_too_long_is_said_to_be_worth_keeping(
    database: Database,
    other: sqlite3.Connection,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.05)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM inbox").fetchone()
    await write(database, 1)

    await database.settle_log()

    assert log_size(database) > 0
    [said] = caplog.messages
    assert "another program uses it" in said
    assert f"keep the file {database.path}-wal" in said
