"""When a group's daily quiz is owed, what a vote brings, who stands where: from what the product promises."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.simulate.oracle import DAY, LONG_AGO, date_there, first_at, hour_of

LATE_AT_MOST = timedelta(hours=1)
RESTS_AFTER = 3
Outage = tuple[datetime, datetime]


def points_of(right: bool, took: timedelta, lasts: timedelta) -> int:
    """Right: from 100 at once down to 50 at the end. Wrong: nothing, 25 less within two seconds."""
    if right:
        return round(100 - 50 * (took / lasts))
    return -25 if took < timedelta(seconds=2) else 0


@dataclass(frozen=True)
class Due:
    """What comes at that moment: the quiz of that day, or word that there is none for now."""

    day: date
    moment: datetime
    pause: bool = False


@dataclass
class Held:
    """One quiz as people played it: what each gathered."""

    started_at: datetime
    ended_at: datetime | None = None
    points: Counter[str] = field(default_factory=Counter)


@dataclass
class GroupLife:
    """What an independent observer knows of one group."""

    zone: ZoneInfo
    at: time
    had: date = date.min
    since: datetime = LONG_AGO
    rests: bool = False
    unplayed: int = 0
    held: dict[int, Held] = field(default_factory=dict)  # by quiz

    def next_due(self, until: datetime) -> datetime:
        """The next moment up to that one at which something is owed, or that one."""
        return next((moment for _, moment in self._moments(until)), until) if not self.rests else until

    def due_until(self, now: datetime, outage: Outage | None = None) -> list[Due]:
        """What was owed up to a moment; after an outage at its end, a quiz within an hour or not at all."""
        found = []
        for day, moment in self._moments(now):
            away = outage is not None and outage[0] <= moment < outage[1]
            comes = outage[1] if outage is not None and away else moment
            if self.rests:
                continue
            if self.unplayed >= RESTS_AFTER:
                self.rests = True
                found.append(Due(day, comes, pause=True))
            elif comes - moment <= LATE_AT_MOST:
                self.had = day
                found.append(Due(day, comes))
        self.since = now
        return found

    def resumes(self, now: datetime) -> None:
        """Somebody wants it again."""
        self.rests, self.unplayed, self.since = False, 0, now

    def moves(self, now: datetime, zone: ZoneInfo) -> None:
        """Another clock; a date that had its quiz gets no second one."""
        self.zone, self.since = zone, now

    def board(self, span: str, now: datetime) -> Mapping[str, int]:
        """What everybody gathered in quizzes that ended this week, this month, or ever."""
        today = date_there(now, self.zone)
        first = {"Week": today - today.weekday() * DAY, "Month": today.replace(day=1)}.get(span)
        since = LONG_AGO if first is None else first_at(first, time(4), self.zone)
        sums: dict[str, int] = defaultdict(int)
        for held in self.held.values():
            if held.ended_at is not None and held.ended_at >= since:
                for who, points in held.points.items():
                    sums[who] += points
        return sums

    def streak(self, now: datetime) -> int:
        """Days in a row, up to today or yesterday, with a quiz in which two or more voted."""
        quizzes = [held for held in self.held.values() if held.ended_at is not None and len(held.points) > 1]
        days = {date_there(held.started_at, self.zone) for held in quizzes}
        day = date_there(now, self.zone)
        day -= DAY * (day not in days)
        length = 0
        while day in days:
            day, length = day - DAY, length + 1
        return length

    def _moments(self, until: datetime) -> Iterator[tuple[date, datetime]]:
        day = date_there(self.since, self.zone) - DAY
        while (moment := hour_of(day, self.at, self.zone)) <= until:
            if moment > self.since and day > self.had:
                yield day, moment
            day += DAY
