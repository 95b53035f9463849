"""What a database file is and how it is: read beside a running bot, changing nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.migrating import APPLICATION_ID, read_migrations
from storage.moments import from_ms
from storage.unusable import Damaged, OfANewerVersion, Unusable, told


@dataclass(frozen=True, slots=True)
class Inspection:
    """A sound database of ours. `size` is in bytes, `log_size` of what is not yet moved into the file itself.

    `newest_at` is when the last update came, `waiting_since` when the oldest unfinished one did.
    """

    schema: int
    size: int
    log_size: int
    learners: int
    zones: frozenset[str]
    unfinished: int
    waiting_since: datetime | None
    set_aside: int
    newest_at: datetime | None


def newest_schema(migrations: Path) -> int:
    """The schema that this version of the bot works with."""
    return len(read_migrations(migrations))


def schema_of(path: Path) -> int:
    """The schema that a database of ours has; nothing else is looked at."""
    with told(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return _number(connection, "PRAGMA user_version")


def inspect(path: Path, migrations: Path) -> Inspection:
    """Look the file over from end to end; `Unusable` with a sentence where a bot cannot work with it.

    Takes seconds for hundreds of megabytes. The schema may be an older one than this version's.
    """
    with told(path):
        # not read-only: such a connection leaves behind the files of the log that it cannot do without
        uri = f"{path.resolve().as_uri()}?mode=rw"
        with closing(sqlite3.connect(uri, uri=True, timeout=5.0, isolation_level=None)) as connection:
            connection.execute("PRAGMA query_only = ON")
            return _look(connection, path, newest_schema(migrations))


def _look(connection: sqlite3.Connection, path: Path, newest: int) -> Inspection:
    connection.execute("BEGIN")  # everything as of one moment
    schema = _number(connection, "PRAGMA user_version")
    if _number(connection, "PRAGMA application_id") != APPLICATION_ID:
        raise Unusable(f"{path} is no database of this bot: name one of its own, or a backup of one.")
    if schema > newest:
        raise OfANewerVersion(path, schema, newest)
    if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise Damaged(path)
    has = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    learners = "learners" in has
    waiting = "FROM inbox WHERE done_at IS NULL AND set_aside_at IS NULL"
    log = path.with_name(path.name + "-wal")
    return Inspection(
        schema=schema,
        size=_number(connection, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"),
        log_size=log.stat().st_size if log.exists() else 0,
        learners=_number(connection, "SELECT count(*) FROM learners") if learners else 0,
        zones=frozenset(zone for (zone,) in connection.execute("SELECT DISTINCT zone FROM learners"))
        if learners
        else frozenset(),
        unfinished=_number(connection, f"SELECT count(*) {waiting}"),
        waiting_since=_moment(connection, f"SELECT min(received_at) {waiting}"),
        set_aside=_number(connection, "SELECT count(*) FROM inbox WHERE set_aside_at IS NOT NULL"),
        newest_at=_moment(connection, "SELECT max(received_at) FROM inbox"),
    )


def _number(connection: sqlite3.Connection, sql: str) -> int:
    number: int = connection.execute(sql).fetchone()[0]
    return number


def _moment(connection: sqlite3.Connection, sql: str) -> datetime | None:
    milliseconds = connection.execute(sql).fetchone()[0]
    return None if milliseconds is None else from_ms(milliseconds)
