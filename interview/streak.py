"""Days in a row: a streak, the freezes that save it, and how it comes back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass
from datetime import date, timedelta

MILESTONES = (3, 7, 14, 30, 50, 100, 200, 365)
GOALS = (7, 14, 30)
"""Days in a row that a learner may aim at."""

DAYS_PER_FREEZE = 7
MOST_FREEZES = 2
RESTORE_WITHIN = 2
"""So many study days (48 hours) after a day was missed its streak can be won back."""

RESTORED_BY = 3
"""So many questions, beyond the dailies, win a streak back."""

WORTH_RESTORING = 3
"""A shorter streak is begun anew as fast."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Streak:
    """How a learner's days stand on one study day.

    `length` counts days with a rating; kept and frozen days are bridged without being counted. A streak is
    `at_risk` while today has no rating yet and is not kept: it falls (or costs a freeze) only when today is
    over. `frozen` are the days at which a freeze has saved it. `lost` is the length of the streak that broke so
    lately that it can still be won back, and `restorable` the days that would have to be kept for it; else
    0 and empty.
    """

    length: int
    today_done: bool
    at_risk: bool
    freezes: int = 0
    frozen: frozenset[date] = frozenset()
    best: int = 0
    lost: int = 0
    restorable: tuple[date, ...] = ()


def reckon(days: Collection[date], today: date, kept: Set[date] = frozenset()) -> Streak:
    """The streak with its freezes, worked out from the log of days alone: what Undo takes out has never
    been.

    Each seventh rated day of a streak earns a freeze, two at most in store; a missed day of a running
    streak uses one by itself. Freezes fall with the streak.
    """
    rated = frozenset(days)
    run = _Run()
    before: date | None = None
    for day in sorted(rated):
        if before is not None and before + _DAY != day:
            run.miss_all(_each(before + _DAY, min(day, today) - _DAY), kept)
        run.rate()
        before = day
    if before is not None:
        run.miss_all(_each(before + _DAY, today - _DAY), kept)
    standing = _standing(rated, kept, today, run.length)
    restorable = _restorable(rated, kept, today, run.broken_on)
    return Streak(
        length=run.length,
        today_done=standing.today_done,
        at_risk=standing.at_risk,
        freezes=run.freezes,
        frozen=frozenset(run.frozen),
        best=run.best,
        lost=run.lost if restorable else 0,
        restorable=restorable,
    )


def can_win_back(streak: Streak) -> bool:
    """Whether a streak worth it broke so lately that it can still be won back."""
    return streak.lost >= WORTH_RESTORING and bool(streak.restorable)


def won_back(missed: date, rated_on: Collection[date]) -> frozenset[date]:
    """The days that count as kept because of the extra questions rated, `rated_on` those days, for a missed day.

    All from the missed day up to the day of the third rating; none where there were fewer, or the third came
    too late. Worked out from the ratings that stand, so that Undo takes the days back by itself.
    """
    in_time = sorted(day for day in rated_on if (day - missed).days <= RESTORE_WITHIN)
    if len(in_time) < RESTORED_BY:
        return frozenset()
    return frozenset(_each(missed, in_time[RESTORED_BY - 1] - _DAY))


def last_chance(missed: date) -> date:
    """The last study day on which a streak that broke on the missed day can be won back."""
    return missed + timedelta(days=RESTORE_WITHIN)


def next_goal(length: int) -> int | None:
    """The nearest goal beyond a streak of so many days; None beyond the last."""
    return next((goal for goal in GOALS if goal > length), None)


def milestone(before: int, after: int) -> int | None:
    """The highest milestone that a streak growing from `before` to `after` days has reached, if any."""
    return max((reached for reached in MILESTONES if before < reached <= after), default=None)


class _Run:
    """A streak as it is counted day by day."""

    def __init__(self) -> None:
        self.length = 0
        self.best = 0
        self.freezes = 0
        self.frozen: list[date] = []
        self.lost = 0
        self.broken_on: date | None = None

    def rate(self) -> None:
        self.length += 1
        self.best = max(self.best, self.length)
        if self.length % DAYS_PER_FREEZE == 0:
            self.freezes = min(MOST_FREEZES, self.freezes + 1)

    def miss_all(self, days: Iterator[date], kept: Set[date]) -> None:
        for day in days:
            if day not in kept:
                self.miss(day)

    def miss(self, day: date) -> None:
        if not self.length:
            return
        if self.freezes:
            self.freezes -= 1
            self.frozen.append(day)
        else:
            self.lost, self.broken_on, self.length = self.length, day, 0
            self.frozen = []


def _standing(rated: Set[date], kept: Set[date], today: date, length: int) -> Streak:
    # A later day is rated where a journey west has brought today back: today has had its share.
    done = today in rated or any(day > today for day in rated)
    return Streak(length=length, today_done=done, at_risk=length > 0 and not done and today not in kept)


def _restorable(rated: Set[date], kept: Set[date], today: date, broken_on: date | None) -> tuple[date, ...]:
    if broken_on is None or (today - broken_on).days > RESTORE_WITHIN:
        return ()
    return tuple(day for day in _each(broken_on, today - _DAY) if day not in rated and day not in kept)


def _each(first: date, last: date) -> Iterator[date]:
    for days in range((last - first).days + 1):
        yield first + timedelta(days=days)
