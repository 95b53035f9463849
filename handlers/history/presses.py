"""The buttons of past answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.kit.press import Press


@dataclass(frozen=True, slots=True)
class TurnTo(Press):
    """This page of the list, counted from 0: the newest answers."""

    name: ClassVar[str] = "past"
    page: int


@dataclass(frozen=True, slots=True)
class ReadPast(Press):
    """This answer in whole, and the page to come back to."""

    name: ClassVar[str] = "reread"
    asking_id: int
    page: int


@dataclass(frozen=True, slots=True)
class ReadFollowUp(Press):
    """This follow-up to this answer, and the page to come back to."""

    name: ClassVar[str] = "refollow"
    asking_id: int
    number: int
    page: int


@dataclass(frozen=True, slots=True)
class Replay(Press):
    """What was recorded or sent as this answer, again."""

    name: ClassVar[str] = "replay"
    asking_id: int
