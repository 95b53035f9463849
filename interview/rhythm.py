"""On which study days a daily is wanted: not on rest days, not during a pause, never twice, ever fewer in a silence."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import islice, takewhile

MOST_A_DAY = 10
LONGEST_PAUSE = 365  # days
LONGEST_AHEAD = 730  # days until an interview
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MOST_REST_DAYS = 6

_DAY = timedelta(days=1)


class Pace(IntEnum):
    """How often a learner is asked, by the silent study days after which that begins."""

    EVERY_DAY = 0
    EVERY_SECOND_DAY = 3
    EVERY_WEEK = 7
    STOPPED = 14  # the daily that says so is still sent


_SLOWEST_FIRST = sorted(Pace, reverse=True)
_ASKED_AFTER = (3, 5, 7, 14)  # silent days, once there are three of them


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`rest_days` are ISO weekdays (Monday is 1) without a daily, six at most; `paused_until` is the first day with
    one again; `last_daily_on` the newest that had its daily; `last_active_on` the newest on which the learner did
    anything at all, None for as long as nobody has looked."""

    rest_days: Collection[int] = frozenset()
    paused_until: date | None = None
    last_daily_on: date | None = None
    last_active_on: date | None = None

    def wants(self, day: date) -> bool:
        """Whether the study day gets a daily."""
        had = self.last_daily_on is not None and day <= self.last_daily_on
        return not self.rests(day) and not had and self._keeps_pace(day)

    def rests(self, day: date) -> bool:
        """Whether it is a rest day or lies in a pause."""
        paused = self.paused_until is not None and day < self.paused_until
        return paused or day.isoweekday() in self.rest_days

    def rested(self, first: date, last: date) -> frozenset[date]:
        """The rest days from `first` to `last`: they break no streak."""
        if not self.rest_days:
            return frozenset()
        days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
        return frozenset(day for day in days if day.isoweekday() in self.rest_days)

    def silence(self, day: date) -> int:
        """How many study days have gone by before `day` without a sign of life, counted up to 14.

        Rest days and days of a pause are not silent.
        """
        first = self._first_to_miss
        if first is None:
            return 0
        if not self.rest_days:
            return min(max(0, (day - first).days), Pace.STOPPED)
        before = takewhile(lambda each: each < day, self._working_days(first))
        return sum(1 for _ in islice(before, Pace.STOPPED))

    def pace(self, day: date) -> Pace:
        """How often the learner is asked, as of that day."""
        silence = self.silence(day)
        return next(pace for pace in _SLOWEST_FIRST if pace <= silence)

    def slows(self, day: date) -> Pace | None:
        """The slower pace that begins with the daily of that day, before it has come; None where none begins."""
        pace = self.pace(day)
        if pace is Pace.EVERY_DAY or not self._before(self._after(pace)):
            return None
        return pace

    @property
    def stopped(self) -> bool:
        """Whether no day will get a daily before the learner does something."""
        return self.last_active_on is not None and not self._before(self._after(Pace.STOPPED))

    def _keeps_pace(self, day: date) -> bool:
        # Counted from the steps, not from the last daily: one that an outage swallowed is made up for, the last too
        silence = self.silence(day)
        steps = [step for step in _ASKED_AFTER if step <= silence]
        return not steps or self._before(self._after(steps[-1]))

    def _before(self, day: date) -> bool:
        """Whether the last daily was before that day."""
        return self.last_daily_on is None or self.last_daily_on < day

    def _after(self, silent: int) -> date:
        """The day before which so many were silent; for whoever has been looked at."""
        first = self._first_to_miss
        assert first is not None, "nobody is silent before they were looked at"
        return next(islice(self._working_days(first), silent, None))

    @property
    def _first_to_miss(self) -> date | None:
        """The first day since the last sign of life that lies in no pause."""
        if self.last_active_on is None:
            return None
        day = self.last_active_on + _DAY
        return day if self.paused_until is None else max(day, self.paused_until)

    def _working_days(self, day: date) -> Iterator[date]:
        """From that day on those on which a learner could be missed, without end."""
        while True:
            if day.isoweekday() not in self.rest_days:
                yield day
            day += _DAY
