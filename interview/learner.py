"""Who learns: where and when they want to be asked, and for which work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from interview.day import moment_of, next_moment, study_day
from interview.question import Level
from interview.rhythm import Rhythm
from interview.roles import Role
from interview.spacing import RETENTION

DAILY_TIME = time(9)
REMINDER_TIME = time(20)
AWAIT_FOR = timedelta(minutes=10)


class SetupStep(StrEnum):
    """What can be chosen; the first five, in order, make up the first conversation."""

    ZONE = "zone"
    HOUR = "hour"
    ROLE = "role"
    TOPICS = "topics"
    LEVEL = "level"
    COUNT = "count"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Learner:
    """One person. `daily_time` is local; `topics` are used instead of the role's mix where there are any.

    `daily_count` questions come a day; `rest_days` (ISO weekdays) and days before `paused_until` have none.
    `last_active_on` is the newest study day on which they did anything here. `reminder_time` is local, `streak_goal` in
    days, `retention` the recall aimed at, in percent.
    """

    id: int
    language: str | None
    zone: ZoneInfo
    zone_chosen: bool
    daily_time: time
    role: Role
    topics: tuple[str, ...]
    level: Level
    joined_at: datetime
    setup_step: SetupStep | None
    setup_message_id: int | None
    awaiting: str | None
    awaiting_until: datetime | None
    last_daily_on: date | None
    next_daily_at: datetime | None
    unreachable_at: datetime | None
    daily_count: int = 1
    rest_days: frozenset[int] = frozenset()
    paused_until: date | None = None
    last_active_on: date | None = None
    reminders: bool = True
    reminder_time: time = REMINDER_TIME
    last_reminder_on: date | None = None
    next_reminder_at: datetime | None = None
    streak_goal: int | None = None
    retention: int = RETENTION
    interview_on: date | None = None

    def today(self, now: datetime) -> date:
        """The learner's study day at `now`."""
        return study_day(now, self.zone)

    def awaits(self, now: datetime) -> str | None:
        """What the bot last asked to be typed, while that still counts."""
        return self.awaiting if self.awaiting_until is not None and now <= self.awaiting_until else None

    def daily_after(self, now: datetime) -> datetime:
        """The first moment after `now` at which a daily is owed: the learner's hour on a study day that wants one.

        A date that comes twice, by travelling west, gets no second daily.
        """
        moment, day = next_moment(now, self.daily_time, self.zone)
        while not self.rhythm.wants(day):
            moment, day = next_moment(moment, self.daily_time, self.zone)
        return moment

    def daily_from(self, now: datetime) -> datetime:
        """As `daily_after`, but at once where today's hour has passed on a day that wants a daily and had none.

        Only for whoever has had one before: the first daily is asked for, never owed.
        """
        today = self.today(now)
        passed = moment_of(today, self.daily_time, self.zone) <= now
        owed = self.last_daily_on is not None and self.rhythm.wants(today)
        return now if owed and passed else self.daily_after(now)

    @property
    def rhythm(self) -> Rhythm:
        """On which study days a daily is wanted."""
        return Rhythm(self.rest_days, self.paused_until, self.last_daily_on)
