"""Whom a question is owed and when, and how long a streak is: from what the product promises, in its own way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
LATE_AT_MOST = timedelta(hours=3)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def date_there(moment: datetime, zone: ZoneInfo) -> date:
    """The study day: a date lasts from 04:00 to 04:00, and one that began does not end before its time."""
    local = moment.astimezone(zone).replace(tzinfo=None) - timedelta(hours=4)
    day = local.date()
    while first_at(day + DAY, time(4), zone) <= moment:
        day += DAY
    return day


@lru_cache(maxsize=100_000)  # many learners share a zone and an hour
def first_at(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first minute at which the clock there shows that time on that date, or what comes after a time left out."""
    wall = datetime.combine(day, at)
    while True:
        moment = wall.replace(tzinfo=zone).astimezone(UTC)  # of two the first
        if moment.astimezone(zone).replace(tzinfo=None) == wall:
            return moment
        wall += timedelta(minutes=1)  # clocks never show this one


def hour_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """When it is that hour on a study day: small hours belong to the day before."""
    return first_at(day if at >= time(4) else day + DAY, at, zone)


@dataclass
class Owed:
    """A question that has to come at a moment, or when we are back from an outage."""

    day: date
    moment: datetime

    def after(self, outage: tuple[datetime, datetime] | None) -> Owed | None:
        """When it really comes where we are away; None where that would be too late."""
        if outage is None or not outage[0] <= self.moment < outage[1]:
            return self
        return Owed(self.day, outage[1]) if outage[1] - self.moment <= LATE_AT_MOST else None


@dataclass
class Life:
    """What an independent observer knows of one learner."""

    zone: ZoneInfo
    hour: time
    rest: frozenset[int] = frozenset()
    had: date = date.min  # the newest study day with its daily
    since: datetime = LONG_AGO  # up to here it is settled what was owed
    paused_until: date = date.min
    away: bool = False
    rated: set[date] = field(default_factory=set)
    kept: set[date] = field(default_factory=set)

    def today(self, now: datetime) -> date:
        return date_there(now, self.zone)

    def wants(self, day: date) -> bool:
        """Whether a daily is owed on that study day: one a day, none at rest."""
        return day > self.had and day >= self.paused_until and day.isoweekday() not in self.rest

    def owed_until(self, now: datetime, outage: tuple[datetime, datetime] | None = None) -> list[Owed]:
        """What falls due up to a moment; in an outage it comes at its end, or not at all after three hours."""
        found = []
        day = self.today(self.since) - DAY
        while (moment := hour_of(day, self.hour, self.zone)) <= now:
            if moment > self.since and self.wants(day) and not self.away:
                owed = Owed(day, moment).after(outage)
                if owed is not None:
                    found.append(owed)
                    self.had = day
            day += DAY
        self.since = now
        return found

    def moves(self, now: datetime, zone: ZoneInfo) -> Owed | None:
        """Another zone: dates that the journey cuts short are kept, and so is one of which less than half is left."""
        before, self.zone = self.zone, zone
        first, today = date_there(now, before), self.today(now)
        cut = today > first
        while first < today:
            self.kept.add(first)
            first += DAY
        if cut and now - first_at(today, time(4), zone) > timedelta(hours=12):
            self.kept.add(today)
        return self._at_once(now)

    def chooses(self, now: datetime, hour: time) -> Owed | None:
        """Another hour."""
        self.hour = hour
        return self._at_once(now)

    def _at_once(self, now: datetime) -> Owed | None:
        """Where the hour has passed on a day that had no daily, it comes at once, unless people sleep."""
        today = self.today(now)
        self.since = now
        by_day = time(4) <= now.astimezone(self.zone).time() < time(22)
        if by_day and self.wants(today) and hour_of(today, self.hour, self.zone) <= now:
            self.had = today
            return Owed(today, now)
        return None

    def pauses(self, now: datetime, days: int) -> None:
        """Silent from today on, for so many days, which the streak survives."""
        today = self.today(now)
        self.paused_until = today + days * DAY
        self.kept |= {today + ahead * DAY for ahead in range(days)}

    def streak(self, now: datetime) -> tuple[int, int]:
        """Days in a row with a rating, and freezes: one for seven days, two at most, each bridges a day missed."""
        today = self.today(now)
        day, length, freezes = min(self.rated, default=today), 0, 0
        while day <= max(today, max(self.rated, default=today)):
            if day in self.rated:
                length += 1
                freezes = min(2, freezes + (length % 7 == 0))
            elif day >= today or day in self.kept or day.isoweekday() in self.rest:
                pass
            elif freezes and length:
                freezes -= 1
            else:
                length, freezes = 0, 0
            day += DAY
        return length, freezes
