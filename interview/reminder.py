"""When a learner may be reminded of a streak at risk: never at night, never close to the daily."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from interview.day import moment_of

LEAST_STREAK = 3
"""Shorter streaks are not worth a message."""

AWAY_FROM_DAILY = timedelta(hours=2)
EARLIEST, LATEST = time(8), time(22)  # local; LATEST itself is too late


def reminder_at(day: date, at: time, daily_at: time, zone: ZoneInfo) -> datetime | None:
    """The moment (UTC) for a reminder on a study day; None at night, or within two hours of that day's daily."""
    moment = moment_of(day, at, zone)
    if not by_day(moment, zone) or near(moment, moment_of(day, daily_at, zone)):
        return None
    return moment


def by_day(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether the local clock shows 08:00 to 21:59."""
    return EARLIEST <= moment.astimezone(zone).time() < LATEST


def near(moment: datetime, other: datetime) -> bool:
    """Whether at most two hours lie between them."""
    return abs(moment - other) <= AWAY_FROM_DAILY
