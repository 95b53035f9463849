"""Whether all that a bot keeps has its place: the database and what stands beside it, backups, the health file."""

from __future__ import annotations

import os
from pathlib import Path

from bot.config import Settings
from storage import backup
from storage.claim import lock_of

BESIDE = ("-wal", "-shm")


def problems_with_database(path: Path) -> list[str]:
    """A sentence where no database can be kept there by this account; the folder is made if need be."""
    folder = path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return [
            f"DATABASE_PATH {path} is in a folder that cannot be made ({error.strerror}): name another place."
        ]
    if not os.access(folder, os.W_OK | os.X_OK):
        return [
            f"DATABASE_PATH {path}: its folder {folder} may not be written, and the database needs files beside it:"
            " give this account the right to, or name another place."
        ]
    if path.is_dir():
        return [f"DATABASE_PATH {path} is a folder: name a file in it, for example {path / 'coach.sqlite3'}."]
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        return [
            f"DATABASE_PATH {path} cannot be written: name another place, or give this account the right to."
        ]
    beside = [lock_of(path), *(path.with_name(path.name + ending) for ending in BESIDE)]
    return [
        f"{file} belongs to the database and may not be written: give it to this account (chown, chmod u+rw)."
        for file in beside
        if file.exists() and not os.access(file, os.R_OK | os.W_OK)
    ]


def problems_beside(settings: Settings, *, begin_anew: bool = False) -> list[str]:
    """A sentence for each thing that is wrong with where backups and the health file go, and where the database is
    lost; not that with `begin_anew`."""
    lost = None if begin_anew else lost_database(settings)
    return [
        problem
        for problem in (_backups(settings.backups), _health(settings.health_file), lost)
        if problem is not None
    ]


def lost_database(settings: Settings) -> str | None:
    """A sentence where there is nothing in the database's place, though there once was: to begin anew there would
    leave everybody's progress behind, unnoticed. None where all is well, or new."""
    path, folder = settings.database_path, settings.backups
    try:
        if path.is_dir() or (path.exists() and path.stat().st_size):
            return None
        copies = backup.found(path, folder)
        log = path.with_name(path.name + BESIDE[0])
        has_log = log.exists() and log.stat().st_size > 0
    except OSError:
        return None  # others say what cannot be read
    if not copies and not has_log:
        return None
    how = "is empty" if path.exists() else "is missing"
    what = f"backups of it are in {folder}" if copies else f"its log {log} is there"
    or_so = ", or move the backups away" if copies else ""
    return (
        f"The database {path} {how}, though {what}: put it back, or put a backup in its place (python -m bot restore"
        f" FILE). To begin anew on purpose, start once with `python -m bot --new`{or_so}."
    )


def _backups(folder: Path) -> str | None:
    if folder.exists() and not folder.is_dir():
        return f"BACKUP_PATH {folder} is a file: name a folder."
    return None


def _health(path: Path) -> str | None:
    if path.is_dir():
        return f"HEALTH_PATH {path} is a folder: name a file in it."
    if not path.parent.is_dir():
        return f"HEALTH_PATH {path} is in a folder that does not exist: make it, or name another place."
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        return f"HEALTH_PATH {path} cannot be written: name another place, or give this account the right to."
    return None
