"""How a database file is opened, checked and brought up to date, before anything is served from it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from storage.unusable import Damaged, OfANewerVersion, Unusable, told

BUSY_SECONDS = 3.0

CHECKED_BYTES = 100_000_000
"""Up to this size a file is read through at each start, which takes half a second. A larger one is checked with each
backup, and by `doctor`: a gigabyte would keep everybody waiting for twenty seconds."""

APPLICATION_ID = 0x4D4C4951
"""Stands in the head of every database of ours: MLIQ."""
_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema; `number` counts from 1 without gaps."""

    number: int
    name: str
    statements: tuple[str, ...]


def connect(path: Path) -> sqlite3.Connection:
    """A connection as the house wants them, in autocommit: transactions begin and end by word.

    Any thread may use it, one at a time.
    """
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        _configure(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def prepare(path: Path, migrations: Path, save: Callable[[], None] | None = None) -> None:
    """Check the file and bring it up to date, or make it; a file that is refused stays as it was.

    `save` is called before a file that holds something is changed, and may raise to prevent it. `Unusable` with one
    sentence for whatever the operator can put right. Blocks: for a thread.
    """
    steps = read_migrations(migrations)
    with told(path), closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        version = _version(connection, path, len(steps))
        if version > len(steps):
            raise OfANewerVersion(path, version, len(steps))
        _configure(connection)
        # a file that another program holds, or that may not be written, says so at a write and not before
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.rollback()
        if save is not None and 0 < version < len(steps):
            save()
        # a step that rebuilds a table must be able to drop it while others refer to it
        connection.execute("PRAGMA foreign_keys = OFF")
        for step in steps[version:]:
            _apply(connection, step)


def read_migrations(folder: Path) -> list[Migration]:
    """The steps in order; ValueError for a name that is not NNNN_words.sql, a gap or a double."""
    steps = []
    for number, file in enumerate(sorted(folder.glob("*.sql")), start=1):
        named = _NAME.fullmatch(file.name)
        if named is None or int(named[1]) != number:
            raise ValueError(f"{file} should be number {number:04} and be named like {number:04}_words.sql")
        steps.append(Migration(number, file.stem, tuple(statements(file.read_text(encoding="utf-8")))))
    return steps


def statements(script: str) -> Iterator[str]:
    """The script's statements; a semicolon inside a string, a comment or a trigger ends none."""
    so_far = ""
    for piece in re.split(r"(?<=;)", script):
        so_far += piece
        if sqlite3.complete_statement(so_far):
            yield so_far.strip()
            so_far = ""
    if so_far.strip():
        yield so_far.strip()


def _configure(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # 32 MB: with SQLite's 2, pages of the indexes of a large file are read over and over again
    connection.execute("PRAGMA cache_size = -32000")
    # what somebody deleted is not to live on in the file's free pages, and so in every copy of it
    connection.execute("PRAGMA secure_delete = ON")


def _version(connection: sqlite3.Connection, path: Path, newest: int) -> int:
    """The number of the last step the file has seen, 0 for a new one; reads only, all of it where steps are to come."""
    tables: int = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    if (tables or version) and application != APPLICATION_ID:
        raise Unusable(f"{path} is another program's database: let DATABASE_PATH name another file.")
    if version < newest or path.stat().st_size <= CHECKED_BYTES:
        verdict: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise Damaged(path)
    return version


def _apply(connection: sqlite3.Connection, step: Migration) -> None:
    """Run one step and write down its number, both or neither: closed before COMMIT, the file is as it was."""
    connection.execute("BEGIN IMMEDIATE")
    for statement in step.statements:
        connection.execute(statement)
        if not connection.in_transaction:
            raise ValueError(f"{step.name} ends the transaction it runs in: {statement}")
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise ValueError(f"{step.name} leaves rows of {broken[0]} that refer to nothing in {broken[2]}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {step.number}")
    connection.execute("COMMIT")
