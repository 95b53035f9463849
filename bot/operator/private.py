"""What people tell the bot is for nobody else on the machine: files that everybody could read are closed."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bot.config import Settings
from storage import backup

if sys.platform != "win32":
    import os

log = logging.getLogger(__name__)


def keep_private(settings: Settings) -> list[Path]:
    """Take the rights to what the bot keeps from everybody but its own account, where everybody had some; which files
    that were. A group that alone was let in stays, and so does what belongs to another account."""
    if sys.platform == "win32":
        return []
    closed = []
    for path in _kept(settings):
        with suppress(OSError):
            stat = path.stat()
            if stat.st_uid == os.geteuid() and stat.st_mode & 0o007:
                path.chmod(stat.st_mode & 0o700)
                closed.append(path)
    if closed:
        log.info("Everybody on this machine could read %s; only this account can now.", _listed(closed))
    return closed


def _kept(settings: Settings) -> Iterator[Path]:
    database = settings.database_path
    for ending in ("", "-wal", "-shm", ".lock"):
        path = database.with_name(database.name + ending)
        if path.is_file():
            yield path
    yield from database.parent.glob(f"{database.stem}.replaced-*{database.suffix}*")
    with suppress(OSError):
        yield from (copy.path for copy in backup.found(database, settings.backups))


def _listed(paths: list[Path]) -> str:
    return str(paths[0]) if len(paths) == 1 else f"{paths[0]} and {len(paths) - 1} more"
