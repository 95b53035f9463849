"""The buttons of the pickers. `place` says whether the first conversation or the settings show them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from handlers.kit.press import Press, Slug
from interview.learner import SetupStep
from interview.question import Level
from interview.roles import Role


class Where(StrEnum):
    """Where a picker stands."""

    START = "start"
    SETTINGS = "set"


class ZoneName(str):
    """The name of a zone that exists; ValueError for any other text."""

    __slots__ = ()

    def __new__(cls, name: str) -> ZoneName:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, OSError) as missing:
            raise ValueError(name) from missing
        return super().__new__(cls, name)


@dataclass(frozen=True, slots=True)
class PickZone(Press):
    """This zone."""

    name: ClassVar[str] = "zone"
    where: Where
    zone: ZoneName


@dataclass(frozen=True, slots=True)
class ShareLocation(Press):
    """Let me share my location instead."""

    name: ClassVar[str] = "where"


@dataclass(frozen=True, slots=True)
class PickHour(Press):
    """This time of day, in minutes since midnight."""

    name: ClassVar[str] = "hour"
    where: Where
    minutes: int


@dataclass(frozen=True, slots=True)
class PickRole(Press):
    """This role's mix of topics."""

    name: ClassVar[str] = "role"
    where: Where
    role: Role


@dataclass(frozen=True, slots=True)
class ToggleTopic(Press):
    """Choose a topic (1) or drop it (0)."""

    name: ClassVar[str] = "mix"
    where: Where
    topic: Slug
    chosen: int


@dataclass(frozen=True, slots=True)
class PickLevel(Press):
    """This level."""

    name: ClassVar[str] = "level"
    where: Where
    level: Level


@dataclass(frozen=True, slots=True)
class PickCount(Press):
    """So many questions a day."""

    name: ClassVar[str] = "count"
    questions: int


@dataclass(frozen=True, slots=True)
class ToggleRestDay(Press):
    """Rest on this ISO weekday (1), or not (0)."""

    name: ClassVar[str] = "rest"
    weekday: int
    rest: int


@dataclass(frozen=True, slots=True)
class PickReminder(Press):
    """Remind me at this time of day, in minutes since midnight."""

    name: ClassVar[str] = "remindat"
    minutes: int


@dataclass(frozen=True, slots=True)
class SwitchReminders(Press):
    """Remind me of a streak at risk (1), or never (0)."""

    name: ClassVar[str] = "remindon"
    on: int


@dataclass(frozen=True, slots=True)
class PickGoal(Press):
    """Aim at a streak of so many days, or at none (0)."""

    name: ClassVar[str] = "aim"
    days: int


@dataclass(frozen=True, slots=True)
class PickRecall(Press):
    """Bring questions back when recall has fallen to this, in percent."""

    name: ClassVar[str] = "recall"
    percent: int


@dataclass(frozen=True, slots=True)
class PickInterview(Press):
    """The interview is on this day, as its ordinal number; 0: there is none in sight."""

    name: ClassVar[str] = "interview"
    day: int


@dataclass(frozen=True, slots=True)
class OpenPause(Press):
    """Offer a break, in place of the settings."""

    name: ClassVar[str] = "break"


@dataclass(frozen=True, slots=True)
class OpenPicker(Press):
    """Show the picker for this."""

    name: ClassVar[str] = "pick"
    where: Where
    step: SetupStep


@dataclass(frozen=True, slots=True)
class SkipStep(Press):
    """The usual will do for this step of the first conversation."""

    name: ClassVar[str] = "usual"
    step: SetupStep


@dataclass(frozen=True, slots=True)
class CloseSettings(Press):
    """Done with the settings, or with one picker of them."""

    name: ClassVar[str] = "close"
    whole: int
