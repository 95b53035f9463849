"""The button under a daily quiz that rests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.kit.press import Press


@dataclass(frozen=True, slots=True)
class ResumeDaily(Press):
    """Bring the daily quiz of this thread again."""

    name: ClassVar[str] = "qresume"
