"""A lock file beside the database, so that one file never serves two bots."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from storage.owner import belongs_with
from storage.unusable import Unusable

if sys.platform != "win32":
    import fcntl


def lock_of(path: Path) -> Path:
    """The lock file of the database at `path`."""
    return path.with_name(path.name + ".lock")


def is_taken(path: Path) -> bool:
    """Whether a bot runs on the database at `path`; asking leaves nothing behind. False where that cannot be known."""
    lock = lock_of(path)
    if sys.platform == "win32" or not lock.exists():
        return False
    try:
        with lock.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


class Claim:
    """Held until released or until the process ends, however it ends; the file itself may stay behind."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    @classmethod
    def take(cls, path: Path) -> Claim:
        """Claim the database at `path`: `Unusable` while another holds it, OSError where no file can be."""
        # a file of its own: closing any handle of the database itself would drop SQLite's own locks on it
        lock = lock_of(path)
        is_new = not lock.exists()
        file = lock.open("ab")
        if is_new:
            belongs_with(lock, path if path.exists() else path.parent)
        if sys.platform != "win32":
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                raise Unusable(
                    f"Another bot is running on {path}: stop it, or let DATABASE_PATH name another file."
                ) from None
            except BaseException:
                file.close()
                raise
        return cls(file)

    def release(self) -> None:
        """Let the next one have it; harmless when done twice."""
        self._file.close()
