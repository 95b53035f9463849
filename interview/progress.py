"""How learning goes: on which days, recall by week and by hour of the day, and what falls due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from interview.rating import Rating
from interview.weak_spots import Rated, score

HOURS = 3
"""Hours of the day are told apart three at a time."""

HEAT_WEEKS = 12

_ENOUGH = 10  # ratings in a stretch of hours before it is compared
_WORTH_SAYING = 0.05  # less between the best and the worst stretch is chance
_SHRINK = 10.0  # a stretch of hours differs less from the mean than a topic does


@dataclass(frozen=True, slots=True)
class Hours:
    """A stretch of the local day and the recall in it (0 to 1): from `first` o'clock up to `end`."""

    first: int
    recall: float

    @property
    def end(self) -> int:
        """The hour at which it ends, 24 for midnight."""
        return self.first + HOURS


def average(ratings: Iterable[Rating]) -> float | None:
    """The plain mean of what ratings count for recall, 0 to 1; None without any."""
    scores = [score(rating) for rating in ratings]
    return sum(scores) / len(scores) if scores else None


def by_week(history: Sequence[Rated], today: date, weeks: int = 4) -> tuple[float | None, ...]:
    """Recall in each of the last weeks, the oldest first; the last one ends today. None where nothing was rated."""
    found: list[list[Rating]] = [[] for _ in range(weeks)]
    for one in history:
        ago = max(0, (today - one.study_day).days) // 7
        if ago < weeks:
            found[weeks - 1 - ago].append(one.rating)
    return tuple(average(ratings) for ratings in found)


def by_hours(rated: Iterable[tuple[int, Rating]]) -> tuple[Hours, ...]:
    """Recall in each stretch of three hours that holds ten ratings, from pairs of local hour and rating.

    Each is shrunk towards the mean of all as weak spots are.
    """
    stretches: dict[int, list[Rating]] = {}
    for hour, rating in rated:
        stretches.setdefault(hour // HOURS * HOURS, []).append(rating)
    mean = average(rating for ratings in stretches.values() for rating in ratings)
    return tuple(
        Hours(first, (_SHRINK * mean + sum(map(score, ratings))) / (_SHRINK + len(ratings)))
        for first, ratings in sorted(stretches.items())
        if mean is not None and len(ratings) >= _ENOUGH
    )


def best_hours(known: Sequence[Hours]) -> Hours | None:
    """The stretch with the best recall; None where it does not lead the worst by five points."""
    if not known:
        return None
    recalls = [each.recall for each in known]
    if max(recalls) - min(recalls) < _WORTH_SAYING:
        return None
    return max(known, key=lambda each: (each.recall, -each.first))


def heat(days: Iterable[date], today: date, weeks: int = HEAT_WEEKS) -> tuple[tuple[int | None, ...], ...]:
    """How often each day of the last weeks occurs: a row a weekday, Monday first, a column a week, the last one this.

    None for days that are still to come.
    """
    counts = Counter(days)
    monday = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    table = [[monday + timedelta(days=weekday, weeks=week) for week in range(weeks)] for weekday in range(7)]
    return tuple(tuple(None if day > today else counts[day] for day in row) for row in table)


def forecast(due: Iterable[date], today: date, days: int = 14) -> tuple[int, ...]:
    """How many fall due on each of the next days, today first; what is overdue waits today."""
    counts = [0] * days
    for day in due:
        ahead = max(0, (day - today).days)
        if ahead < days:
            counts[ahead] += 1
    return tuple(counts)


def percent(share: float) -> str:
    """A share of one as a learner reads it: `54 %`."""
    return f"{100 * share:.0f} %"
