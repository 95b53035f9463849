"""A study chat: where it is, who may start quizzes there, and since when we are in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class WhoMayStart(StrEnum):
    """Who may start a quiz in a group."""

    EVERYBODY = "everybody"
    ADMINS = "admins"


@dataclass(frozen=True, slots=True)
class Group:
    """One group. `left_at` is since when we are not in it; `digest_on` the newest week whose digest was told."""

    id: int
    title: str
    zone: ZoneInfo
    zone_chosen: bool
    who_may_start: WhoMayStart
    joined_at: datetime
    left_at: datetime | None
    is_admin: bool
    welcomed_at: datetime | None
    menu_message_id: int | None
    digest_on: str | None


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody as a group knows them; `name` as last seen, to be escaped where it is shown."""

    group_id: int
    person_id: int
    name: str
    alias: str | None = None
    hidden: bool = False

    @property
    def shown(self) -> str:
        """What they are called on the board and in quizzes, unless they hide."""
        return self.alias or self.name
