"""The buttons under a board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.kit.press import Press
from interview.board import Span


@dataclass(frozen=True, slots=True)
class ShowBoard(Press):
    """The board over this span."""

    name: ClassVar[str] = "board"
    span: Span


@dataclass(frozen=True, slots=True)
class StandOnBoard(Press):
    """Whoever presses stands on the board (1), or does not (0)."""

    name: ClassVar[str] = "onboard"
    shown: int
