"""On which study days a daily is wanted: not on rest days, not during a pause, never twice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

MOST_A_DAY = 10
LONGEST_PAUSE = 365  # days
LONGEST_AHEAD = 730  # days until an interview
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MOST_REST_DAYS = 6


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`rest_days` are ISO weekdays (Monday is 1) without a daily, six at most; `paused_until` is the first day with
    one again; `last_daily_on` the newest that had its daily."""

    rest_days: Collection[int] = frozenset()
    paused_until: date | None = None
    last_daily_on: date | None = None

    def wants(self, day: date) -> bool:
        """Whether the study day gets a daily."""
        paused = self.paused_until is not None and day < self.paused_until
        had = self.last_daily_on is not None and day <= self.last_daily_on
        return not paused and not had and day.isoweekday() not in self.rest_days

    def rested(self, first: date, last: date) -> frozenset[date]:
        """The rest days from `first` to `last`: they break no streak."""
        days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
        return frozenset(day for day in days if day.isoweekday() in self.rest_days)
