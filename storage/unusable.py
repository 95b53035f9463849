"""Why a database file cannot be used, in one sentence that says what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Unusable(Exception):
    """The database cannot be used; the text is one sentence for the operator."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite or the system says about `path` into `Unusable`."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise Unusable(sentence(path, error)) from error


def sentence(path: Path, error: sqlite3.Error | OSError) -> str:
    """What went wrong with `path`, and what to do about it."""
    if isinstance(error, OSError):
        return _of_the_system(path, error)
    # an extended code carries the plain one in its low byte
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_NOTADB:
            return f"{path} is not a database: let DATABASE_PATH name another file."
        case sqlite3.SQLITE_CORRUPT:
            return damaged(path)
        case sqlite3.SQLITE_READONLY:
            return (
                f"The database {path} may not be written: give this account the right to (and to its folder)."
            )
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return f"The database {path} cannot be opened: give this account the right to read and write it."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"The database {path} is in use by another program: close that, then start again."
        case sqlite3.SQLITE_FULL:
            return f"There is no room left on the disk of {path}: make some, then start again."
        case _:
            return f"The database {path} cannot be used ({error}): restore a backup, or change DATABASE_PATH."


def damaged(path: Path) -> str:
    """The sentence for a file whose pages contradict each other."""
    return f"The database {path} is damaged: restore a backup, or let DATABASE_PATH name another file."


def _of_the_system(path: Path, error: OSError) -> str:
    match error.errno:
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return (
                f"{path.parent} may not be written: give this account the right to, or change DATABASE_PATH."
            )
        case errno.ENOSPC | errno.EDQUOT:
            return f"There is no room left on the disk of {path}: make some, then start again."
        case _:
            return f"{path} cannot be used ({error.strerror}): let DATABASE_PATH name another place."
