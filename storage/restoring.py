"""Putting a backup in the place of the database, which is kept beside it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage.claim import Claim
from storage.disk import to_disk
from storage.inspection import Inspection, inspect
from storage.owner import belongs_with
from storage.unusable import Damaged, NotADatabase, Unusable, told

_MAGIC = b"SQLite format 3\0"
_LOGS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place, and where that is kept which stood there before, be it only the log of a database that
    is gone (None: nothing did)."""

    inspection: Inspection
    kept: Path | None


def restore(file: Path, database: Path, now: datetime, migrations: Path) -> Restored:
    """Let `database` be what `file` holds; `Unusable` with a sentence where it cannot, and then nothing has changed.

    Refused while a bot runs on the database, and for a file that is damaged, of another program or of a newer
    version. At every moment there is a whole database under the one name or the other.
    """
    if not file.is_file():
        raise Unusable(f"There is no file {file}: name a backup. Those made by this bot are in BACKUP_PATH.")
    if database.exists() and file.samefile(database):
        raise Unusable(f"{file} is the database itself: name a backup of it.")
    if not database.parent.is_dir():
        raise Unusable(f"The folder {database.parent} does not exist: make it, or change DATABASE_PATH.")
    if database.is_dir():
        raise Unusable(f"{database} is a folder: let DATABASE_PATH name a file.")
    inspection = _checked(file, migrations)
    with told(database):
        claim = Claim.take(database)
    try:
        with told(database):
            part = database.with_name(f".{database.name}.restoring")
            try:
                _copy(file, part)
                _resemble(part, database if database.exists() else database.parent)
                stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
                beside = database.with_name(f"{database.stem}.replaced-{stamp}{database.suffix}")
                kept = _keep(database, beside) if database.exists() else None
                logs = _put_aside_logs(database, beside)
                part.replace(database)
                to_disk(database.parent)
            finally:
                part.unlink(missing_ok=True)
    finally:
        claim.release()
    return Restored(inspection, kept or next(iter(logs), None))


def _checked(file: Path, migrations: Path) -> Inspection:
    try:
        return inspect(file, migrations)
    except Damaged:
        raise Unusable(f"{file} is damaged, and nothing was changed: name another backup.") from None
    except NotADatabase:
        raise Unusable(f"{file} is not a database, and nothing was changed: name a backup.") from None
    except Unusable as why:
        raise Unusable(f"Nothing was changed. {why}") from why


def _copy(file: Path, part: Path) -> None:
    part.unlink(missing_ok=True)
    uri = f"{file.resolve().as_uri()}?mode=rw"
    with (
        closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as source,
        closing(sqlite3.connect(part, isolation_level=None)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    to_disk(part)


def _resemble(part: Path, model: Path) -> None:
    """Give the new file to the account that the old one, or else the folder, belongs to: it may not be ours."""
    if model.is_file():
        shutil.copymode(model, part)
    belongs_with(part, model)


def _put_aside_logs(database: Path, kept: Path) -> list[Path]:
    """What is left of the log of a database that could not be settled, or is there no more, must not be taken for
    the new one's."""
    logs = {ending: database.with_name(database.name + ending) for ending in _LOGS}
    return [log.replace(kept.with_name(kept.name + ending)) for ending, log in logs.items() if log.exists()]


def _keep(database: Path, kept: Path) -> Path:
    """Give what is there a second name."""
    _settle(database)
    try:
        os.link(database, kept)
    except OSError:
        # not every file system knows second names
        shutil.copy2(database, kept)
        to_disk(kept)
    return kept


def _settle(database: Path) -> None:
    """Move the log into the file; a file that is too damaged for that stays as it is."""
    with database.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            return  # SQLite would throw its log away
    try:
        with closing(sqlite3.connect(database, timeout=1.0, isolation_level=None)) as connection:
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        busy = getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    if busy:
        raise Unusable(f"The database {database} is in use by another program: close that, then try again.")
