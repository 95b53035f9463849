import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from threading import Thread, get_ident
from typing import Any

import pytest

from storage.at_once import STEPS, is_of_one_row
from storage.database import Database, Transaction

COUNT = "SELECT count(*) AS n FROM numbers AS a, numbers AS b WHERE a.n <= ? AND b.n <= ?"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_numbers.sql").write_text(
        "CREATE TABLE numbers (id INTEGER PRIMARY KEY, n INTEGER) STRICT;"
    )
    async with await Database.open(tmp_path / "bot.db", folder) as database:
        async with database.transaction() as tx:
            await tx.many("INSERT INTO numbers (n) VALUES (?)", [(n,) for n in range(1, 301)])
        yield database


class Threads:
    """Which thread each statement of a transaction ran in: here, or the connection's own."""

    def __init__(self, tx: Transaction) -> None:
        self.here: list[bool] = []
        home = get_ident()
        connection: Any = tx._connection
        connection._conn.create_function("thread", 0, lambda: self.here.append(get_ident() == home))


async def test_a_small_read_is_done_on_the_spot_and_a_long_one_in_the_thread(database: Database) -> None:
    async with database.transaction() as tx:
        threads = Threads(tx)
        await tx.all("SELECT thread() FROM numbers WHERE id = 1")
        assert threads.here == [True]

        row = await tx.one(f"{COUNT} AND (a.n > 1 OR b.n > 1 OR thread() IS NULL)", (300, 300))
        assert row is not None
        assert row["n"] == 300 * 300
        assert threads.here == [True, True, False]  # begun here, given up, done there


async def test_a_read_given_up_takes_nothing_back_that_was_written_before(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute("UPDATE numbers SET n = 0 WHERE id = ?", (1,))
        row = await tx.one(COUNT, (300, 300))
        assert row is not None
        assert row["n"] == 300 * 300

    async with database.transaction() as tx:
        assert (await tx.all("SELECT n FROM numbers WHERE id = 1"))[0]["n"] == 0


async def test_a_read_that_was_once_long_goes_to_the_thread_at_once(database: Database) -> None:
    slow = f"{COUNT} AND (a.n > 1 OR b.n > 1 OR thread() IS NULL)"
    async with database.transaction() as tx:
        threads = Threads(tx)
        await tx.one(slow, (300, 300))
        threads.here.clear()

        await tx.one(slow, (1, 1))

        assert threads.here == [False]


async def test_small_reads_over_and_over_are_never_given_up(database: Database) -> None:
    async with database.transaction() as tx:
        threads = Threads(tx)
        for _ in range(STEPS // 5):
            await tx.all("SELECT thread(), n FROM numbers WHERE id <= 5 AND thread() IS NULL")

        assert all(threads.here)


async def test_while_the_thread_is_at_something_nothing_is_done_on_the_spot(database: Database) -> None:
    async with database.transaction() as tx:
        threads = Threads(tx)
        long = asyncio.create_task(
            tx.all("WITH all_of AS (SELECT n FROM numbers) SELECT thread() FROM all_of LIMIT 1")
        )
        await asyncio.sleep(0)

        await tx.all("SELECT thread() FROM numbers WHERE id = 1")

        await long
        assert threads.here == [False, False]


async def test_who_holds_the_file_is_waited_for_without_holding_up_the_loop(
    tmp_path: Path, database: Database
) -> None:
    with closing(
        sqlite3.connect(tmp_path / "bot.db", isolation_level=None, check_same_thread=False)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        turns = 0

        async def count_turns() -> None:
            nonlocal turns
            while turns < 50:
                turns += 1
                await asyncio.sleep(0)
            Thread(target=lambda: other.execute("ROLLBACK")).start()

        counting = asyncio.create_task(count_turns())
        async with database.transaction() as tx:
            await tx.execute("UPDATE numbers SET n = 0 WHERE id = ?", (1,))
        await counting

    assert turns == 50


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO numbers (n) VALUES (?)",
        "INSERT OR REPLACE INTO numbers (id, n) VALUES (?, ?)",
        "INSERT INTO numbers (id, n) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET n = excluded.n",
        "UPDATE numbers SET n = coalesce(n, ?) WHERE id = ?",
    ],
)
def test_a_write_of_one_row_is_known_by_its_form(sql: str) -> None:
    assert is_of_one_row(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM numbers WHERE id = ?",  # what hangs on it goes too
        "UPDATE numbers SET n = ?",
        "UPDATE numbers SET n = ? WHERE n = ?",
        "UPDATE numbers SET n = ? WHERE n > ? OR id = ?",
        "UPDATE numbers SET n = (SELECT count(*) FROM numbers) WHERE id = ?",
        "INSERT INTO numbers (n) SELECT n FROM numbers",
        "INSERT INTO numbers (n) VALUES ((SELECT max(n) FROM numbers))",
        "PRAGMA quick_check",
    ],
)
def test_whatever_else_may_take_long(sql: str) -> None:
    assert not is_of_one_row(sql)
