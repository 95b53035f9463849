"""A group's daily quiz: when it comes, and when it had better rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from interview.day import moment_of, next_moment, study_day

LATE_AT_MOST = timedelta(hours=1)
"""A quiz held up for longer is left out: a whole group has made its plans by then."""

PAUSES_AFTER = 3
"""So many in a row that nobody played."""


@dataclass(frozen=True, slots=True)
class QuizDaily:
    """One quiz a study day in one thread of one group, `at` a time of the group's zone.

    `topic` None is a mix. `next_at` None: it rests, because the bot is not in the group or nobody plays. `last_on`
    is the newest study day that has had its quiz; `unplayed` counts those in a row before it that nobody played.
    """

    group_id: int
    thread_id: int
    at: time
    topic: str | None
    facet: str | None
    size: int
    set_by: int
    next_at: datetime | None = None
    last_on: date | None = None
    unplayed: int = 0

    @property
    def rests(self) -> bool:
        """Whether it waits for somebody to want it again."""
        return self.unplayed >= PAUSES_AFTER


def next_after(daily: QuizDaily, now: datetime, zone: ZoneInfo) -> datetime:
    """When the next quiz is due (UTC): the first of its moments after `now` on a study day that has had none yet."""
    moment, day = next_moment(now, daily.at, zone)
    while daily.last_on is not None and day <= daily.last_on:
        moment, day = next_moment(moment, daily.at, zone)
    return moment


def afresh(daily: QuizDaily, now: datetime, zone: ZoneInfo) -> QuizDaily:
    """As chosen just now: what nobody played before does not count, and a day that had its quiz gets no second."""
    had_today = daily.last_on is not None and daily.last_on >= study_day(now, zone)
    daily = replace(daily, unplayed=0, last_on=daily.last_on if had_today else None)
    return replace(daily, next_at=next_after(daily, now, zone))


def last_due(daily: QuizDaily, now: datetime, zone: ZoneInfo) -> tuple[datetime, date]:
    """The newest moment (UTC), `now` at the latest, at which a quiz was to come, and its study day."""
    day = study_day(now, zone)
    if (moment := moment_of(day, daily.at, zone)) <= now:
        return moment, day
    day -= timedelta(days=1)
    return moment_of(day, daily.at, zone), day


def week_of(day: date) -> str:
    """The ISO week a day lies in: `2026-W47`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
