"""What a look at one thing found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How it stands: fine, to be known, or in the way of the bot."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, how it stands, and what to do where it does not stand well."""

    level: Level
    what: str
    says: str

    def __str__(self) -> str:
        return f"{self.level.value:<4}  {self.what:<9} {self.says}"


def ok(what: str, says: str) -> Finding:
    """All is well."""
    return Finding(Level.OK, what, says)


def warn(what: str, says: str) -> Finding:
    """The bot runs, but somebody should know."""
    return Finding(Level.WARN, what, says)


def bad(what: str, says: str) -> Finding:
    """The bot cannot run, or does harm, like this."""
    return Finding(Level.BAD, what, says)
