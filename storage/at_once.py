"""Small statements on the spot: to hand one to the connection's thread costs more than what it does."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

STEPS = 10_000
"""Of SQLite's virtual machine, well below a millisecond: a read that takes more than twice that is given up."""

BUSY_SECONDS, BUSY_REST = 3.0, 0.02
"""How long, and how often, is looked whether another program has let go of the file."""

_READ = "SELECT "
_BY_KEY = (" WHERE id = ?", " WHERE id = :id")


class AtOnce:
    """A connection's small reads, and writes of a single row, where they are asked for. Nothing waits for the disk
    here but for a page that is not in memory; nobody else may use the connection at that moment."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._reading = False
        self._ticks = 0
        self._long: set[str] = set()
        # to wait for another program is for `begin`, and not for SQLite: the loop would stand still meanwhile
        connection.execute("PRAGMA busy_timeout = 0")
        # not taken off again for what runs in the thread: there it only says “go on”
        connection.set_progress_handler(self._tick, STEPS)

    @property
    def in_transaction(self) -> bool:
        """Whether one is open; what fails badly, like a full disk, may end it by itself."""
        return self._connection.in_transaction

    async def begin(self) -> None:
        """Begin a transaction that may write, as soon as nobody else holds the file; an error after three seconds."""
        given_up_at = asyncio.get_running_loop().time() + BUSY_SECONDS
        while True:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                if asyncio.get_running_loop().time() >= given_up_at:
                    raise
            await asyncio.sleep(BUSY_REST)

    def say(self, word: str) -> None:
        """Open or end a transaction, or a part of one, in which nothing waits for the disk."""
        self._connection.execute(word)

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any]) -> list[sqlite3.Row] | None:
        """What a statement finds or returns; None where it may not be small, and nothing was done."""
        if sql in self._long:
            return None
        if not sql.startswith(_READ):
            return self._connection.execute(sql, parameters).fetchall() if is_of_one_row(sql) else None
        self._reading, self._ticks = True, 0
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
            self._long.add(sql)
            return None
        finally:
            self._reading = False

    def write(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any]) -> sqlite3.Cursor | None:
        """A statement that returns no rows; None where it may not be small, and nothing was done."""
        return self._connection.execute(sql, parameters) if is_of_one_row(sql) else None

    def _tick(self) -> bool:
        """Whether to give up: a statement counts on from when it last ran, so that the first tick may come early."""
        self._ticks += 1
        return self._reading and self._ticks > 1


@lru_cache(maxsize=512)
def is_of_one_row(sql: str) -> bool:
    """Whether a statement, by its form alone, writes one row at most: by its id, or with its values written out."""
    if "SELECT" in sql:
        return False
    return (sql.startswith("INSERT ") and " VALUES (" in sql) or (
        sql.startswith("UPDATE ") and sql.endswith(_BY_KEY)
    )
