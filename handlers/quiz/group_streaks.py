"""A group's days in a row, read from its quizzes."""

from __future__ import annotations

from datetime import datetime, timedelta

from interview.day import study_day
from interview.group import Group
from interview.group_streak import QUORUM, GroupStreak, reckon
from storage import boards
from storage.database import Transaction

_USUALLY_ENOUGH = timedelta(days=60)


async def read_streak(tx: Transaction, group: Group, now: datetime) -> GroupStreak:
    """The streak on the group's clock; all of its past is read only where the streak is long."""
    today = study_day(now, group.zone)
    for since in (now - _USUALLY_ENOUGH, None):
        played = await boards.played_at(tx, group.id, since, QUORUM)
        streak = reckon({study_day(moment, group.zone) for moment in played}, today)
        if streak.length < _USUALLY_ENOUGH.days - 2:
            break
    return streak
