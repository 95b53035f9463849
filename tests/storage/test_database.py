import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database, Transaction, Unusable

PAIRS = "CREATE TABLE pairs (n INTEGER NOT NULL, half TEXT NOT NULL, PRIMARY KEY (n, half)) STRICT;"


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_pairs.sql").write_text(PAIRS)
    return folder


@pytest.fixture
async def database(tmp_path: Path, migrations: Path) -> AsyncIterator[Database]:
    async with await Database.open(tmp_path / "bot.db", migrations) as database:
        yield database


async def put(tx: Transaction, n: int) -> None:
    await tx.execute("INSERT INTO pairs VALUES (?, 'first')", (n,))
    await tx.execute("INSERT INTO pairs VALUES (?, 'second')", (n,))


async def numbers(database: Database) -> list[int]:
    async with database.transaction() as tx:
        return [row["n"] for row in await tx.all("SELECT n FROM pairs ORDER BY n, half")]


async def test_what_a_transaction_wrote_is_there_after_it_and_after_a_restart(
    tmp_path: Path, migrations: Path
) -> None:
    async with await Database.open(tmp_path / "bot.db", migrations) as database:
        async with database.transaction() as tx:
            await put(tx, 1)
        assert await numbers(database) == [1, 1]

    async with await Database.open(tmp_path / "bot.db", migrations) as again:
        assert await numbers(again) == [1, 1]


async def test_an_exception_takes_everything_back_and_is_raised(database: Database) -> None:
    async def attempt() -> None:
        async with database.transaction() as tx:
            await put(tx, 1)
            raise LookupError("no such learner")

    with pytest.raises(LookupError, match="no such learner"):
        await attempt()

    assert await numbers(database) == []


async def test_a_failing_statement_takes_back_what_went_before(database: Database) -> None:
    async def attempt() -> None:
        async with database.transaction() as tx:
            await put(tx, 1)
            await put(tx, 1)

    with pytest.raises(sqlite3.IntegrityError):
        await attempt()

    assert await numbers(database) == []


async def test_a_commit_that_fails_leaves_nothing_behind(tmp_path: Path, migrations: Path) -> None:
    (migrations / "0002_children.sql").write_text(
        "CREATE TABLE parents (id INTEGER PRIMARY KEY) STRICT;"
        "CREATE TABLE children (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED) STRICT;"
    )

    async def attempt(database: Database) -> None:
        async with database.transaction() as tx:
            await put(tx, 1)
            await tx.execute("INSERT INTO children VALUES (7)")

    async with await Database.open(tmp_path / "bot.db", migrations) as database:
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            await attempt(database)

        assert await numbers(database) == []


async def test_one_that_could_not_be_rolled_back_is_no_fault_of_the_next(database: Database) -> None:
    def forbid(action: int, *what: str | None) -> int:
        ends = action == sqlite3.SQLITE_TRANSACTION and what[0] == "ROLLBACK"
        return sqlite3.SQLITE_DENY if ends else sqlite3.SQLITE_OK

    async def attempt() -> None:
        async with database.transaction() as tx:
            await put(tx, 1)
            raise LookupError

    await database._connection.set_authorizer(forbid)
    with pytest.raises(LookupError):
        await attempt()
    await database._connection.set_authorizer(None)

    async with database.transaction() as tx:
        await put(tx, 2)
    assert await numbers(database) == [2, 2]


async def test_transactions_take_turns_and_see_nothing_of_each_other(database: Database) -> None:
    halfway, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO pairs VALUES (1, 'first')")
            halfway.set()
            await go_on.wait()
            await tx.execute("INSERT INTO pairs VALUES (1, 'second')")

    async with asyncio.TaskGroup() as group:
        group.create_task(slow())
        await halfway.wait()
        reading = group.create_task(numbers(database))
        go_on.set()

    assert reading.result() == [1, 1]


async def test_the_calls_of_a_transaction_answer_what_they_promise(database: Database) -> None:
    async with database.transaction() as tx:
        assert await tx.insert("INSERT INTO pairs VALUES (?, 'first')", (5,)) == 1
        assert await tx.many("INSERT INTO pairs VALUES (?, ?)", [(6, "first"), (6, "second")]) == 2
        assert await tx.execute("UPDATE pairs SET half = half || '!' WHERE n = :n", {"n": 6}) == 2
        row = await tx.one("SELECT n, half FROM pairs WHERE n = ?", (5,))
        assert row is not None
        assert (row["n"], row["half"]) == (5, "first")
        assert await tx.one("SELECT n FROM pairs WHERE n = 9") is None
        assert [
            tuple(row) for row in await tx.all("SELECT n, half FROM pairs WHERE n = 6 ORDER BY half")
        ] == [
            (6, "first!"),
            (6, "second!"),
        ]


async def test_rows_nobody_reads_do_not_keep_a_transaction_open(database: Database) -> None:
    async with database.transaction() as tx:
        await put(tx, 1)
        await tx.execute("SELECT n FROM pairs")

    async with database.transaction() as tx:
        await tx.execute("DELETE FROM pairs RETURNING n")
    assert await numbers(database) == []


async def test_a_transaction_is_of_no_use_after_its_end(database: Database) -> None:
    async with database.transaction() as tx:
        await put(tx, 1)

    with pytest.raises(RuntimeError, match="over"):
        await tx.execute("DELETE FROM pairs")
    with pytest.raises(RuntimeError, match="over"):
        await tx.many("DELETE FROM pairs WHERE n = ?", [(1,)])
    with pytest.raises(RuntimeError, match="over"):
        await tx.all("SELECT 1")
    assert await numbers(database) == [1, 1]


async def test_a_transaction_inside_a_transaction_is_refused_instead_of_waiting_for_ever(
    database: Database,
) -> None:
    async def attempt() -> None:
        async with database.transaction() as tx:
            await put(tx, 1)
            async with database.transaction():
                pass

    with pytest.raises(RuntimeError, match="inside a transaction"):
        await attempt()

    assert await numbers(database) == []


async def test_the_connection_is_set_up_for_safety(database: Database) -> None:
    async with database.transaction() as tx:
        settings = {
            name: (await tx.all(f"PRAGMA {name}"))[0][0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 0}


async def test_closing_twice_is_harmless_and_nothing_works_after(tmp_path: Path, migrations: Path) -> None:
    database = await Database.open(tmp_path / "bot.db", migrations)
    await database.close()
    await database.close()

    with pytest.raises(RuntimeError, match="closed"):
        await numbers(database)


async def test_closing_waits_for_the_transaction_under_way(tmp_path: Path, migrations: Path) -> None:
    database = await Database.open(tmp_path / "bot.db", migrations)
    halfway, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with database.transaction() as tx:
            halfway.set()
            await go_on.wait()
            await put(tx, 1)

    async with asyncio.TaskGroup() as group:
        group.create_task(slow())
        await halfway.wait()
        closing = group.create_task(database.close())
        go_on.set()
        await closing

    async with await Database.open(tmp_path / "bot.db", migrations) as again:
        assert await numbers(again) == [1, 1]


async def test_a_cancelled_close_still_waits_its_turn_and_closes(tmp_path: Path, migrations: Path) -> None:
    database = await Database.open(tmp_path / "bot.db", migrations)
    async with database.transaction() as tx:
        closing = asyncio.create_task(database.close())
        await asyncio.sleep(0)
        closing.cancel()
        await put(tx, 1)
    with pytest.raises(asyncio.CancelledError):
        await closing

    async with await Database.open(tmp_path / "bot.db", migrations) as again:
        assert await numbers(again) == [1, 1]


async def test_a_cancelled_start_leaves_the_file_free(tmp_path: Path, migrations: Path) -> None:
    opening = asyncio.create_task(Database.open(tmp_path / "bot.db", migrations))
    asyncio.get_running_loop().call_soon(opening.cancel)
    with pytest.raises(asyncio.CancelledError):
        await opening

    async with await Database.open(tmp_path / "bot.db", migrations) as again:
        assert await numbers(again) == []


async def test_a_second_bot_on_the_same_file_is_told_so(
    database: Database, tmp_path: Path, migrations: Path
) -> None:
    async with database.transaction() as tx:
        await put(tx, 1)

    with pytest.raises(Unusable, match=r"Another bot is running on .*bot\.db: stop it"):
        await Database.open(tmp_path / "bot.db", migrations)
    assert await numbers(database) == [1, 1]


async def test_a_transaction_may_write_from_its_first_moment(tmp_path: Path, database: Database) -> None:
    other = sqlite3.connect(tmp_path / "bot.db", timeout=0, isolation_level=None)
    try:
        async with database.transaction():
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    finally:
        other.close()
