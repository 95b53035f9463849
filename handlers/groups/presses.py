"""The buttons under a group's settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.choosing.presses import ZoneName
from handlers.kit.press import Press
from interview.group import WhoMayStart


@dataclass(frozen=True, slots=True)
class PickWhoStarts(Press):
    """Quizzes are started by these."""

    name: ClassVar[str] = "gstart"
    who: WhoMayStart


@dataclass(frozen=True, slots=True)
class PickGroupZone(Press):
    """The group lives in this zone."""

    name: ClassVar[str] = "gzone"
    zone: ZoneName
