"""Why a database file cannot be used, in one sentence that says what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Unusable(Exception):
    """The database cannot be used; the text is one sentence for the operator."""


class Damaged(Unusable):
    """Its pages contradict each other."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The database {path} is damaged: restore a backup (python -m bot restore FILE), or let DATABASE_PATH"
            " name another file."
        )


class OfANewerVersion(Unusable):
    """A later version of the bot has brought it up to its own schema."""

    def __init__(self, path: Path, schema: int, newest: int) -> None:
        super().__init__(
            f"The database {path} is of a newer version of this bot (schema {schema}, this has {newest}): update the"
            " bot, or let DATABASE_PATH name another file."
        )


class NotADatabase(Unusable):
    """It is some other file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is not a database: let DATABASE_PATH name another file.")


class Stuck(Exception):
    """The database cannot be written or read just now; the text is for the operator.

    Nothing is wrong with what was to be written: it can be tried again when the operator has done something. What
    `lasts` no waiting mends.
    """

    def __init__(self, sentence: str, *, lasts: bool = False) -> None:
        super().__init__(sentence)
        self.lasts = lasts


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite or the system says about `path` into `Unusable`."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        if isinstance(error, sqlite3.Error) and _code(error) == sqlite3.SQLITE_CORRUPT:
            raise Damaged(path) from error
        if isinstance(error, sqlite3.Error) and _code(error) == sqlite3.SQLITE_NOTADB:
            raise NotADatabase(path) from error
        raise Unusable(sentence(path, error)) from error


def stuck(path: Path, error: BaseException) -> Stuck | None:
    """`Stuck` where the disk, the right to it or another program failed a transaction on `path`; None for all other
    errors."""
    if not isinstance(error, sqlite3.Error):
        return None
    match _code(error):
        case sqlite3.SQLITE_FULL:
            return Stuck(
                f"There is no room left on the disk of {path}: make some. The bot waits, and loses nothing meanwhile."
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return Stuck(
                f"The database {path} may not be written any more: give this account the right to. The bot waits."
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Stuck(
                f"Another program keeps the database {path} to itself: close that. The bot waits, and loses nothing"
                " meanwhile."
            )
        case sqlite3.SQLITE_IOERR:
            return Stuck(
                f"The disk of {path} fails ({error}): see that it has room and is sound. The bot waits."
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return Stuck(
                f"The database {path} is damaged: stop the bot and restore a backup (python -m bot restore FILE).",
                lasts=True,
            )
    return None


def sentence(path: Path, error: sqlite3.Error | OSError) -> str:
    """What went wrong with `path`, and what to do about it."""
    if isinstance(error, OSError):
        return _of_the_system(path, error)
    match _code(error):
        case sqlite3.SQLITE_NOTADB:
            return str(NotADatabase(path))
        case sqlite3.SQLITE_CORRUPT:
            return str(Damaged(path))
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


def _code(error: sqlite3.Error) -> int:
    """SQLite's plain code: an extended one carries it in its low byte."""
    code: int = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code


def _of_the_system(path: Path, error: OSError) -> str:
    match error.errno:
        case errno.EACCES | errno.EPERM | errno.EROFS:
            # what the system names, like the lock, may belong to another account in a folder of ours
            there = Path(error.filename) if isinstance(error.filename, str) else path.parent
            what = there if there.exists() else there.parent
            return f"{what} may not be written: give this account the right to, or change DATABASE_PATH."
        case errno.ENOSPC | errno.EDQUOT:
            return f"There is no room left on the disk of {path}: make some, then start again."
        case _:
            return f"{path} cannot be used ({error.strerror}): let DATABASE_PATH name another place."
