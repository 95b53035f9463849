"""The database: one connection, and transactions that are whole or never were."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import aiosqlite

from storage.at_once import AtOnce
from storage.claim import Claim
from storage.migrating import connect, prepare
from storage.unusable import Stuck, Unusable, stuck, told

__all__ = ["MIGRATIONS", "Database", "Parameters", "Stuck", "Transaction", "Unusable"]

MIGRATIONS = Path(__file__).with_name("migrations")
Parameters = Sequence[Any] | Mapping[str, Any]
Result = TypeVar("Result")

logger = logging.getLogger(__name__)
# its debug lines hold every parameter, and so what learners write
logging.getLogger("aiosqlite").setLevel(logging.INFO)


class Transaction:
    """What can be asked of the database inside `Database.transaction()`; of no use after it."""

    __slots__ = ("_at_once", "_away", "_connection", "_over", "_wrote")

    def __init__(self, connection: aiosqlite.Connection, at_once: AtOnce) -> None:
        self._connection = connection
        self._at_once = at_once
        self._away = 0  # what the connection's thread is at, or may still be at
        self._wrote = False
        self._over = False

    async def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement; how many rows it changed (-1 where that means nothing)."""
        return (await self._run(sql, parameters)).rowcount

    async def insert(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one plain INSERT; the new row's id. Where a row may be in the way, RETURNING and `one` tell."""
        row_id = (await self._run(sql, parameters)).lastrowid
        if row_id is None:
            raise ValueError("nothing was inserted")
        return row_id

    async def many(self, sql: str, rows: Iterable[Parameters]) -> int:
        """Run one statement once for each of `rows`; how many rows were changed in all."""
        self._check()
        self._wrote = True
        return (await self._away_for(self._connection.executemany(sql, rows))).rowcount

    async def one(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """The first row, if any."""
        rows = await self.all(sql, parameters)
        return rows[0] if rows else None

    async def all(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Every row."""
        self._check()
        self._wrote = self._wrote or not sql.startswith("SELECT ")
        rows = None if self._away else self._at_once.rows(sql, parameters)
        if rows is None:
            rows = list(await self._away_for(self._connection.execute_fetchall(sql, parameters)))
        return rows

    async def _run(self, sql: str, parameters: Parameters) -> sqlite3.Cursor | aiosqlite.Cursor:
        self._check()
        self._wrote = True
        done = None if self._away else self._at_once.write(sql, parameters)
        if done is not None:
            if done.description is not None:
                done.close()  # as below
            return done
        cursor = await self._away_for(self._connection.execute(sql, parameters))
        if cursor.description is not None:
            # rows left unread would keep the statement, and with it the transaction, from ending
            await self._away_for(cursor.close())
        return cursor

    async def _away_for(self, call: Awaitable[Result]) -> Result:
        """What the connection's thread answers. Whoever is cancelled meanwhile cannot know when it is done."""
        self._away += 1
        try:
            result = await call
        except sqlite3.Error:
            self._away -= 1
            raise
        self._away -= 1
        return result

    async def _begin(self) -> None:
        if not self._at_once.begin():
            await self._away_for(self._connection.execute("BEGIN IMMEDIATE"))

    async def _commit(self) -> None:
        self._over = True
        if self._wrote or self._away:
            # cancelled here, it is carried out all the same, and the rollback behind it finds nothing to undo
            await self._connection.commit()
        else:
            self._at_once.end(commit=True)

    async def _roll_back(self) -> None:
        """Undo everything, behind whatever the thread is still at."""
        self._over = True
        if self._wrote or self._away:
            await _to_the_end(self._connection.rollback)
        else:
            self._at_once.end(commit=False)

    def _check(self) -> None:
        if self._over:
            raise RuntimeError("this transaction is over")


class Database:
    """A SQLite file that this process alone writes to. `async with await Database.open(path) as database`."""

    def __init__(self, path: Path, connection: aiosqlite.Connection, claim: Claim) -> None:
        self.path = path
        self._connection = connection
        self._at_once = AtOnce(connection._conn)
        self._claim = claim
        self._lock = asyncio.Lock()
        self._owner: asyncio.Task[Any] | None = None
        self._closed = False

    @classmethod
    async def open(cls, path: str | Path, migrations: Path = MIGRATIONS) -> Database:
        """Open or make the file, checked and brought up to date; `Unusable` says why it cannot be."""
        opening = asyncio.ensure_future(_open(Path(path), migrations))
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            # a thread cannot be stopped half-way: let it finish, then close what it opened
            await asyncio.wait({opening})
            if not opening.cancelled() and opening.exception() is None:
                await opening.result().close()
            raise

    async def close(self) -> None:
        """Wait for the transaction under way, then close; harmless when done twice."""
        await _to_the_end(self._close)

    async def _close(self) -> None:
        async with self._lock:
            self._closed = True
            try:
                await self._connection.close()
            finally:
                self._claim.release()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """All that is asked of `tx` happens when the block ends, or nothing where an exception leaves it.

        One at a time: reads wait here too. A cancelled block stands whole or never was, and the next finds
        the connection clean. Wait for nothing but the database inside. `Stuck` where the disk is full or fails.
        """
        task = asyncio.current_task()
        if self._owner is not None and self._owner is task:
            raise RuntimeError("a transaction inside a transaction would wait for itself")
        # a transaction may be over without waiting for anything: let others have a turn, and who is cancelled end
        await asyncio.sleep(0)
        async with self._lock:
            if self._closed:
                raise RuntimeError("the database is closed")
            self._owner = task
            tx = Transaction(self._connection, self._at_once)
            try:
                # inside the try: cancelled while it waits for the connection's thread, it runs all the same
                await tx._begin()
                yield tx
                await tx._commit()
            except BaseException as error:
                await self._undo(tx)
                trouble = stuck(self.path, error)
                if trouble is not None:
                    raise trouble from error
                raise
            finally:
                self._owner = None

    async def _undo(self, tx: Transaction) -> None:
        """Drain the connection, then roll back if there is something to: its thread takes calls in order."""
        try:
            await tx._roll_back()
        except sqlite3.Error:
            # the next transaction's BEGIN fails then, and rolls back again
            logger.exception("a transaction could not be rolled back")


async def _open(path: Path, migrations: Path) -> Database:
    claim = _claim(path)
    try:
        await asyncio.to_thread(prepare, path, migrations)
        with told(path):
            connection = await aiosqlite.Connection(partial(connect, path), iter_chunk_size=64)
    except BaseException:
        claim.release()
        raise
    return Database(path, connection, claim)


def _claim(path: Path) -> Claim:
    if not path.parent.is_dir():
        raise Unusable(f"The folder {path.parent} does not exist: make it, or change DATABASE_PATH.")
    if path.is_dir():
        raise Unusable(f"{path} is a folder: let DATABASE_PATH name a file.")
    with told(path):
        return Claim.take(path)


async def _to_the_end(call: Callable[[], Awaitable[None]]) -> None:
    """See a call through that may be made twice; a cancellation meanwhile is raised once it is done.

    What was handed to the connection's thread runs even when nobody waits for it any more. To hand over the
    same again and wait for that is to wait for the first; the second finds nothing left to do.
    """
    cancelled: asyncio.CancelledError | None = None
    while True:
        try:
            await call()
        except asyncio.CancelledError as error:
            cancelled = error
            continue
        except sqlite3.Error:
            if cancelled is None:
                raise
            logger.exception("the database failed while its caller was being cancelled")
        break
    if cancelled is not None:
        raise cancelled
