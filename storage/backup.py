"""Backups: whole, checked copies of the database, made while it is in use."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage import rotation
from storage.disk import to_disk
from storage.migrating import APPLICATION_ID
from storage.owner import belongs_with

PAGES = 256
"""Copied at once: a megabyte, as SQLite's pages are 4 KiB here."""

BREATH = 0.004
"""Seconds of rest between two such portions, in which the disk is everybody else's."""

SPARE_BYTES = 20_000_000
"""Room that has to be left on the disk beside the copy."""

_STAMP = "%Y%m%dT%H%M%SZ"
_GIVEN_UP = timedelta(days=1)


class BackupFailed(Exception):
    """No backup was made; the text is one sentence for the operator."""


class Stopped(BackupFailed):
    """It was wanted that no backup be made any more."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy; `size` is in bytes."""

    path: Path
    made_at: datetime
    size: int


def make(
    database: Path, folder: Path, now: datetime, *, stopped: Callable[[], bool] = lambda: False
) -> Backup:
    """Copy the database as it is at this moment into `folder`, checked, under a name that holds the moment.

    Whoever uses the database goes on meanwhile; half a copy never has that name. `BackupFailed` with a sentence
    where there can be none. Blocks, for seconds with a large file: for a thread; `stopped` is asked now and then.
    """
    target = folder / _name(database, now)
    part = folder / f".{target.name}.part"
    with _told(database, folder):
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if database.exists():
                belongs_with(folder, database)
        _sweep(database, folder, now)
        try:
            with closing(_snapshot(database)) as source:
                _check_room(source, folder)
                _copy(source, part, stopped)
            # opened by nobody any more: to open it oneself would undo SQLite's locks
            shutil.copymode(database, part)
            belongs_with(part, database)
            to_disk(part)
            part.replace(target)
            to_disk(folder)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return Backup(target, now.astimezone(UTC).replace(microsecond=0), target.stat().st_size)


def found(database: Path, folder: Path) -> list[Backup]:
    """The backups of this database in `folder`, the newest first; OSError where it cannot be read."""
    if not folder.is_dir():
        return []
    there = []
    for path in folder.iterdir():
        made_at = _made_at(database, path.name)
        if made_at is not None and path.is_file():
            there.append(Backup(path, made_at, path.stat().st_size))
    return sorted(there, key=lambda backup: backup.made_at, reverse=True)


def rotate(database: Path, folder: Path, now: datetime, *, days: int, weeks: int) -> list[Path]:
    """Delete the backups that are not kept any longer, and nothing else; which those were."""
    with _told(database, folder):
        there = found(database, folder)
        kept = rotation.kept((backup.made_at for backup in there), now, days=days, weeks=weeks)
        gone = [backup.path for backup in there if backup.made_at not in kept]
        for path in gone:
            path.unlink(missing_ok=True)
        return gone


def _name(database: Path, now: datetime) -> str:
    return f"{database.stem}-{now.astimezone(UTC):{_STAMP}}{database.suffix}"


def _made_at(database: Path, name: str) -> datetime | None:
    """When the backup of that name was made; None for the name of anything else."""
    pattern = rf"{re.escape(database.stem)}-(\d{{8}}T\d{{6}}Z){re.escape(database.suffix)}"
    named = re.fullmatch(pattern, name)
    if named is None:
        return None
    try:
        return datetime.strptime(named[1], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _sweep(database: Path, folder: Path, now: datetime) -> None:
    """Delete the halves that were left when a process was killed, long enough ago that nobody works on them."""
    for path in folder.glob(".*.part*"):
        made_at = _made_at(database, path.name[1:].partition(".part")[0])
        if made_at is not None and now - made_at > _GIVEN_UP:
            path.unlink(missing_ok=True)


def _snapshot(database: Path) -> sqlite3.Connection:
    """A connection that sees the database as it is now: what is written meanwhile does not start the copy anew."""
    uri = f"{database.resolve().as_uri()}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, timeout=5.0, isolation_level=None)
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise BackupFailed(
                f"{database} is no database of this bot, so it was not backed up: see what DATABASE_PATH says."
            )
    except BaseException:
        connection.close()
        raise
    return connection


def _check_room(source: sqlite3.Connection, folder: Path) -> None:
    pages: int = source.execute("PRAGMA page_count").fetchone()[0]
    page_size: int = source.execute("PRAGMA page_size").fetchone()[0]
    if shutil.disk_usage(folder).free < pages * page_size + SPARE_BYTES:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _copy(source: sqlite3.Connection, part: Path, stopped: Callable[[], bool]) -> None:
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part, isolation_level=None)) as target:
        # half a copy is thrown away, a whole one goes to the disk at the end
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")

        def rest(status: int, left: int, total: int) -> None:
            if stopped():
                raise Stopped("The backup was given up, as the bot ends.")
            time.sleep(BREATH)

        source.backup(target, pages=PAGES, progress=rest)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        verdict: str = target.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if verdict != "ok":
        raise BackupFailed(
            f"The copy did not pass SQLite’s check ({' '.join(verdict.split())}), so the database may be damaged: run"
            " `python -m bot doctor`, and keep the older backups."
        )


@contextmanager
def _told(database: Path, folder: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise BackupFailed(_sentence(database, folder, error)) from error


def _sentence(database: Path, folder: Path, error: sqlite3.Error | OSError) -> str:
    number = error.errno if isinstance(error, OSError) else None
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or code == sqlite3.SQLITE_FULL:
        return (
            f"There is no room for a backup in {folder}: make some, or let BACKUP_PATH name another folder."
        )
    if number is not None:
        return (
            f"No backup can be written to {folder} ({os.strerror(number)}): give this account the right to,"
            " or let BACKUP_PATH name another folder."
        )
    if code == sqlite3.SQLITE_NOTADB:
        return f"{database} is not a database: see what DATABASE_PATH says."
    if code == sqlite3.SQLITE_CORRUPT:
        return f"The database {database} is damaged: stop the bot and restore a backup, with `python -m bot restore`."
    return f"No backup of {database} could be made ({error}): run `python -m bot doctor`."
