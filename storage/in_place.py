"""Whether a path still names the file that was opened by it."""

from __future__ import annotations

import logging
from pathlib import Path

logger = logging.getLogger(__name__)


class Displaced(Exception):
    """It does not, and what is written into the open file no next start would find; one sentence for the operator."""


class Place:
    """Knows which file stands at a path now; `check` raises `Displaced` when that is no longer so, and logs it once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = _which(path)
        self._said = False

    def check(self) -> None:
        """Look again; says nothing where the folder cannot be read, or the disk does not answer, as that tells
        nothing about the file."""
        try:
            there = _which(self._path)
        except OSError:
            return
        if there is None:
            raise self._displaced(
                f"The database {self._path} was moved or deleted while the bot ran, so the bot takes nothing more in"
                " and ends: put the file back, or restore a backup (python -m bot restore FILE)."
            )
        if there != self._file:
            raise self._displaced(
                f"Another file was put in the place of the database {self._path} while the bot ran, so the bot takes"
                " nothing more in and ends: the next start works with the file that is there then."
            )

    def _displaced(self, sentence: str) -> Displaced:
        if not self._said:
            self._said = True
            logger.critical("%s", sentence)
        return Displaced(sentence)


def _which(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return stat.st_dev, stat.st_ino
