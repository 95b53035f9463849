"""Transactions that end while others wait behind them go to the disk together."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.database import Database, Stuck

AT_ONCE = 20
ONE_ROW = "INSERT INTO rows VALUES (?)"
IN_THE_THREAD = "INSERT INTO rows SELECT ?"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_rows.sql").write_text(
        "CREATE TABLE rows (n INTEGER PRIMARY KEY) STRICT;"
        "CREATE TABLE parents (n INTEGER PRIMARY KEY) STRICT;"
        "CREATE TABLE children (n INTEGER REFERENCES parents (n) DEFERRABLE INITIALLY DEFERRED) STRICT;"
    )
    async with await Database.open(tmp_path / "bot.db", folder) as database:
        yield database


def on_disk(database: Database) -> set[int]:
    """What another program finds in the file."""
    with closing(sqlite3.connect(database.path)) as other:
        return {n for (n,) in other.execute("SELECT n FROM rows")}


async def put(database: Database, n: int, sql: str = ONE_ROW, *, misstep: bool = False) -> None:
    """Write a row; who is told that it is done finds it on the disk."""
    async with database.transaction() as tx:
        await tx.execute(sql, (n,))
        if misstep:
            raise LookupError(n)
    assert n in on_disk(database)


@pytest.mark.parametrize("sql", [ONE_ROW, IN_THE_THREAD])
async def test_those_in_line_share_a_commit_and_each_ends_with_its_rows_on_the_disk(
    database: Database, sql: str
) -> None:
    said: list[str] = []
    await database._connection.set_trace_callback(said.append)

    await asyncio.gather(*(put(database, n, sql) for n in range(AT_ONCE)))

    assert on_disk(database) == set(range(AT_ONCE))
    assert said.count("COMMIT") == 1


async def test_one_alone_waits_for_nobody(database: Database) -> None:
    await put(database, 1)

    assert database._shared is None
    assert not database._sharing


@pytest.mark.parametrize("sql", [ONE_ROW, IN_THE_THREAD])
async def test_one_that_fails_takes_back_its_own_rows_alone(database: Database, sql: str) -> None:
    ended = await asyncio.gather(
        *(put(database, n, sql, misstep=n % 3 == 0) for n in range(AT_ONCE)), return_exceptions=True
    )

    assert [isinstance(end, LookupError) for end in ended] == [n % 3 == 0 for n in range(AT_ONCE)]
    assert on_disk(database) == {n for n in range(AT_ONCE) if n % 3}


async def test_a_statement_that_fails_takes_back_its_own_part_alone(database: Database) -> None:
    await put(database, 3)

    async def twice(n: int) -> None:
        async with database.transaction() as tx:
            await tx.execute(ONE_ROW, (100 + n,))
            await tx.execute(ONE_ROW, (n,))

    ended = await asyncio.gather(*(twice(n) for n in range(6)), return_exceptions=True)

    assert [type(end) for end in ended] == [
        sqlite3.IntegrityError if n == 3 else type(None) for n in range(6)
    ]
    assert on_disk(database) == {0, 1, 2, 3, 4, 5, 100, 101, 102, 104, 105}


async def test_whoever_read_what_is_not_on_the_disk_yet_waits_for_it(database: Database) -> None:
    async def read() -> set[int]:
        async with database.transaction() as tx:
            seen = {row["n"] for row in await tx.all("SELECT n FROM rows")}
        assert seen <= on_disk(database)
        return seen

    _, seen, _ = await asyncio.gather(put(database, 1), read(), put(database, 2))

    assert seen == {1}


async def test_a_shared_commit_that_fails_fails_for_all_and_leaves_nothing(database: Database) -> None:
    async def orphan() -> None:
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO children VALUES (?)", (7,))

    ended = await asyncio.gather(put(database, 1), orphan(), put(database, 2), return_exceptions=True)

    assert [type(end) for end in ended] == [Stuck] * 3, "it need not lie with whoever is told"
    assert len(set(map(id, ended))) == 3
    for end in ended:
        assert isinstance(end, Stuck)
        assert isinstance(end.__cause__, sqlite3.IntegrityError)
    assert on_disk(database) == set()
    await put(database, 3)


async def test_an_exception_over_what_others_wrote_waits_until_that_is_on_the_disk(
    database: Database,
) -> None:
    async def refuse() -> None:
        async with database.transaction() as tx:
            if await tx.all("SELECT n FROM rows"):
                raise LookupError("that is done already")

    async def told() -> set[int]:
        with pytest.raises(LookupError, match="done already"):
            await refuse()
        return on_disk(database)

    _, seen = await asyncio.gather(put(database, 1), told())

    assert seen == {1}


async def test_an_exception_over_what_was_taken_back_is_not_raised(database: Database) -> None:
    async def orphan() -> None:
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO children VALUES (?)", (7,))

    async def refuse() -> None:
        async with database.transaction() as tx:
            if await tx.all("SELECT n FROM children"):
                raise LookupError("that is done already")

    ended = await asyncio.gather(orphan(), refuse(), return_exceptions=True)

    assert [type(end) for end in ended] == [Stuck, Stuck]


async def test_who_is_cancelled_and_takes_the_others_down_does_not_cancel_them(database: Database) -> None:
    async def take_down() -> None:
        async with database.transaction() as tx:
            await tx.all("ROLLBACK")

    first, second = asyncio.create_task(put(database, 1)), asyncio.create_task(take_down())
    while database._owner is not second:  # noqa: ASYNC110 its turn comes after one or two of the loop
        await asyncio.sleep(0)
    second.cancel()
    await asyncio.wait({first, second})

    assert second.cancelled()
    assert not first.cancelled()
    assert isinstance(first.exception(), Stuck)
    await put(database, 2)
    assert on_disk(database) == {2}


async def test_a_disk_that_fills_up_meanwhile_is_told_to_whom_it_cost_something(database: Database) -> None:
    [row] = await database._connection.execute_fetchall("PRAGMA page_count")

    async def fill() -> None:
        async with database.transaction() as tx:
            # whether SQLite gives up the statement alone, or all that was left to be committed, is up to SQLite
            await tx.execute(f"PRAGMA max_page_count = {row[0]}")
            await tx.execute(
                "WITH RECURSIVE c(x) AS (SELECT 1000 UNION ALL SELECT x + 1 FROM c WHERE x < 90000)"
                " INSERT INTO rows SELECT x FROM c"
            )

    ended = await asyncio.gather(put(database, 1), fill(), return_exceptions=True)
    await database._connection.execute_fetchall("PRAGMA max_page_count = 1000000")

    assert isinstance(ended[1], Stuck)
    kept = on_disk(database)
    assert kept == (set() if isinstance(ended[0], Stuck) else {1}), ended
    await put(database, 3)


async def test_who_is_cancelled_while_the_others_are_waited_for_has_written_all_the_same(
    database: Database,
) -> None:
    first, second = (asyncio.create_task(put(database, n)) for n in (1, 2))
    while database._shared is None:  # noqa: ASYNC110 it is left open after a turn or two of the loop
        await asyncio.sleep(0)
    first.cancel()
    await asyncio.wait({first, second})

    assert first.cancelled()
    assert on_disk(database) == {1, 2}


async def test_all_in_line_gone_what_was_left_is_committed_all_the_same(database: Database) -> None:
    first, second = (asyncio.create_task(put(database, n)) for n in (1, 2))
    while database._shared is None:  # noqa: ASYNC110 it is left open after a turn or two of the loop
        await asyncio.sleep(0)
    second.cancel()
    await asyncio.wait({first, second})

    assert second.cancelled()
    first.result()
    assert 1 in on_disk(database)


async def test_closing_commits_what_was_left(tmp_path: Path, database: Database) -> None:
    first = asyncio.create_task(put(database, 1))
    second = asyncio.create_task(put(database, 2))
    await asyncio.sleep(0)
    closing_it = asyncio.create_task(database.close())
    await asyncio.wait({first, second, closing_it})

    first.result()
    closing_it.result()
    assert on_disk(database) >= {1}


async def test_a_transaction_that_ended_under_way_is_no_success(database: Database) -> None:
    async def attempt() -> None:
        async with database.transaction() as tx:
            await tx.execute(ONE_ROW, (1,))
            await tx.all("ROLLBACK")

    with pytest.raises(sqlite3.OperationalError, match="under way"):
        await attempt()

    await put(database, 2)
    assert on_disk(database) == {2}


async def test_one_that_takes_the_others_down_with_it_is_told_to_them(database: Database) -> None:
    async def take_down() -> None:
        async with database.transaction() as tx:
            await tx.all("ROLLBACK")

    ended = await asyncio.gather(put(database, 1), take_down(), put(database, 2), return_exceptions=True)

    # its own failure is its own: to try it again for ever would help nobody
    assert [type(end) for end in ended] == [Stuck, sqlite3.OperationalError, type(None)]
    assert on_disk(database) == {2}
