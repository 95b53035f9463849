"""Days in a row on which a group played together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

QUORUM = 2
"""So many players make a quiz that counts: one person's zeal is not yet a group's habit."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class GroupStreak:
    """`length` days in a row; until today is over it does not fall, `today_done` says whether it has grown."""

    length: int
    today_done: bool


def reaches_before(streak: GroupStreak, first: date, today: date) -> bool:
    """Whether a streak as of `today` began before the day `first`."""
    return streak.length > (today - first).days + streak.today_done


def reckon(days: Collection[date], today: date) -> GroupStreak:
    """The streak on study day `today`, from the days on which a quiz had its quorum."""
    played = frozenset(days)
    done = today in played
    day = today if done else today - _DAY
    length = 0
    while day in played:
        length += 1
        day -= _DAY
    return GroupStreak(length, done)
