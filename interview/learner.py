"""Who learns: where and when they want to be asked, and for which work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from interview.day import is_night, moment_of, next_moment, study_day
from interview.question import Level
from interview.reminder import reminder_at
from interview.rhythm import Pace, Rhythm
from interview.roles import Role
from interview.spacing import RETENTION

DAILY_TIME = time(9)
REMINDER_TIME = time(20)
AWAIT_FOR = timedelta(minutes=10)

_DAY = timedelta(days=1)
_WEEK = 7


class SetupStep(StrEnum):
    """What can be chosen; the first five, in order, make up the first conversation."""

    ZONE = "zone"
    HOUR = "hour"
    ROLE = "role"
    TOPICS = "topics"
    LEVEL = "level"
    COUNT = "count"
    REST = "rest"
    REMINDER = "reminder"
    GOAL = "goal"
    RECALL = "recall"
    INTERVIEW = "interview"


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

    def daily_after(self, now: datetime) -> datetime | None:
        """The first moment after `now` at which a daily is owed: the learner's hour on a study day that wants one.

        A date that comes twice, by travelling west, gets no second daily. None once a long silence has stopped them.
        """
        rhythm = self.rhythm
        if rhythm.stopped:
            return None
        _, day = next_moment(now, self.daily_time, self.zone)
        while not rhythm.wants(day):
            day += _DAY
        return moment_of(day, self.daily_time, self.zone)

    def daily_from(self, now: datetime) -> datetime | None:
        """As `daily_after`, but at once where today's hour has passed on a day that wants a daily and had none.

        Only for whoever has had one before: the first daily is asked for, never owed. Never at night.
        """
        today = self.today(now)
        passed = moment_of(today, self.daily_time, self.zone) <= now
        owed = self.last_daily_on is not None and self.rhythm.wants(today)
        return now if owed and passed and not is_night(now, self.zone) else self.daily_after(now)

    def reminder_after(self, now: datetime) -> datetime | None:
        """The first moment after `now` at which a streak may be spoken of; None while there is none.

        Whether there is a streak to speak of is found out then.
        """
        if not self.reminders or self.unreachable_at is not None:
            return None
        today = self.today(now)
        first = max(today, self.paused_until or today, (self.last_reminder_on or today - _DAY) + _DAY)
        for ahead in range(_WEEK):
            at = self.reminder_on(first + ahead * _DAY)
            if at is not None and at > now:
                return at
        return None

    def reminder_on(self, day: date) -> datetime | None:
        """When the learner may be reminded on that study day; None on rest days, in pauses, once dailies are fewer."""
        rhythm = self.rhythm
        if rhythm.rests(day) or rhythm.pace(day) is not Pace.EVERY_DAY:
            return None
        return reminder_at(day, self.reminder_time, self.daily_time, self.zone)

    def planned(self, now: datetime) -> Learner:
        """The same with its next reminder, after anything that changes when that is."""
        return replace(self, next_reminder_at=self.reminder_after(now))

    def active(self, now: datetime) -> Learner:
        """The learner after a sign of life: within reach, at the usual pace. The very same where that is no news."""
        newest = max(self.today(now), self.last_active_on or date.min)
        if self.unreachable_at is None and self.last_active_on == newest:
            return self
        back = replace(self, unreachable_at=None, last_active_on=newest)
        # what is due this very moment stays due
        moments = [at for at in (back.daily_after(now), self.next_daily_at) if at is not None]
        return replace(back, next_daily_at=min(moments, default=None)).planned(now)

    def asked(self, day: date) -> Learner:
        """The learner once that study day has had its daily. A pause that this ends counts as no silence."""
        last = max(day, self.last_daily_on or day)
        heard, paused_until = self.last_active_on or day - _DAY, self.paused_until
        if paused_until is not None and paused_until <= day:
            heard, paused_until = max(heard, paused_until - _DAY), None
        return replace(self, last_daily_on=last, last_active_on=heard, paused_until=paused_until)

    def out_of_reach(self, now: datetime) -> Learner:
        """The learner after Telegram has said that they do not want to hear from us."""
        return replace(self, unreachable_at=now, next_daily_at=None, next_reminder_at=None)

    @property
    def rhythm(self) -> Rhythm:
        """On which study days a daily is wanted."""
        return Rhythm(self.rest_days, self.paused_until, self.last_daily_on, self.last_active_on)
