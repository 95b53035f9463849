"""Small statements on the spot: to hand one to the connection's thread costs more than what it does."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

STEPS = 10_000
"""Of SQLite's virtual machine, well below a millisecond: a read that takes more than twice that is given up."""

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
        # not taken off again for what runs in the thread: there it only says “go on”
        connection.set_progress_handler(self._tick, STEPS)

    def begin(self) -> bool:
        """Begin a transaction that may write; False where somebody else holds the file, and it takes waiting."""
        [(patience,)] = self._connection.execute("PRAGMA busy_timeout").fetchall()
        self._connection.execute("PRAGMA busy_timeout = 0").close()
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return False
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {patience}").close()
        return True

    def end(self, *, commit: bool) -> None:
        """End a transaction in which nothing was written."""
        if commit:
            self._connection.commit()
        else:
            self._connection.rollback()

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
