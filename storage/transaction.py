"""One transaction: what can be asked of the database in it, and how its part ends."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import aiosqlite

from storage.at_once import AtOnce

Parameters = Sequence[Any] | Mapping[str, Any]
Result = TypeVar("Result")

logger = logging.getLogger(__name__)


class Transaction:
    """What can be asked of the database inside `Database.transaction()`; of no use after it.

    One that `joins` runs inside the SQLite transaction that others have left open, and what it writes within a
    savepoint of its own.
    """

    __slots__ = ("_at_once", "_away", "_connection", "_joins", "_over", "_wrote")

    def __init__(self, connection: aiosqlite.Connection, at_once: AtOnce, *, joins: bool = False) -> None:
        self._connection = connection
        self._at_once = at_once
        self._joins = joins
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
        await self._begin_writing()
        return (await self._away_for(self._connection.executemany(sql, rows))).rowcount

    async def one(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """The first row, if any."""
        rows = await self.all(sql, parameters)
        return rows[0] if rows else None

    async def all(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Every row."""
        self._check()
        if not self._wrote and not sql.startswith("SELECT "):
            await self._begin_writing()
        rows = None if self._away else self._at_once.rows(sql, parameters)
        if rows is None:
            rows = list(await self._away_for(self._connection.execute_fetchall(sql, parameters)))
        return rows

    async def _run(self, sql: str, parameters: Parameters) -> sqlite3.Cursor | aiosqlite.Cursor:
        self._check()
        if not self._wrote:
            await self._begin_writing()
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
        if self._joins:
            return
        if self._at_once.in_transaction:
            # what could not be rolled back when it ended: this one is not to blame for it
            await to_the_end(self._connection.rollback)
        await self._at_once.begin()

    async def _begin_writing(self) -> None:
        if self._wrote:
            return
        self._wrote = True
        if self._joins and self._away:
            await self._away_for(self._connection.execute("SAVEPOINT part"))
        elif self._joins:
            self._at_once.say("SAVEPOINT part")

    async def _commit(self) -> None:
        """End it here and now, by itself."""
        self._over = True
        if self._wrote or self._away:
            if not self._away:
                self._check_still_there()
            # cancelled here, it is carried out all the same, and the rollback behind it finds nothing to undo
            await self._connection.commit()
        else:
            self._at_once.say("COMMIT")

    async def _leave(self) -> None:
        """Leave what was done to be committed with what others do."""
        self._over = True
        if self._away:
            await self._drain()
        self._check_still_there()
        if self._joins and self._wrote:
            self._at_once.say("RELEASE part")

    async def _roll_back(self) -> None:
        """Undo all of it, behind whatever the thread is still at, and nothing of what others left."""
        self._over = True
        if not self._joins:
            if self._wrote or self._away:
                await to_the_end(self._connection.rollback)
            elif self._at_once.in_transaction:
                self._at_once.say("ROLLBACK")
            return
        try:
            if self._away:
                await to_the_end(self._drain)
        finally:
            if self._wrote and self._at_once.in_transaction:
                self._at_once.say("ROLLBACK TO part")
                self._at_once.say("RELEASE part")

    async def _drain(self) -> None:
        """When that comes back the thread is at nothing."""
        await self._connection.execute_fetchall("SELECT 1")

    def _check_still_there(self) -> None:
        # a full disk, say, ends a transaction by itself; who passed over that error must not be told that all is well
        if self._wrote and not self._at_once.in_transaction:
            raise sqlite3.OperationalError("the transaction was rolled back under way")

    def _check(self) -> None:
        if self._over:
            raise RuntimeError("this transaction is over")


async def to_the_end(call: Callable[[], Awaitable[None]]) -> None:
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
