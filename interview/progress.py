"""How learning goes: recall by week and by hour of the day, and what falls due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from interview.rating import Rating
from interview.weak_spots import Rated, score

HOURS = 3
"""Hours of the day are told apart three at a time."""

_ENOUGH = 10  # ratings in a stretch of hours before it is compared
_WORTH_SAYING = 0.05  # less between the best and the worst stretch is chance
_SHRINK = 10.0  # a stretch of hours differs less from the mean than a topic does


@dataclass(frozen=True, slots=True)
class BestHours:
    """The stretch of the local day with the best recall (0 to 1): from `first` o'clock up to `end`."""

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


def best_hours(rated: Iterable[tuple[int, Rating]]) -> BestHours | None:
    """When recall is best, from pairs of local hour and rating.

    None where fewer than two stretches of three hours hold ten ratings, or where the best leads by less than five
    points. Each is shrunk towards the mean of all as weak spots are.
    """
    stretches: dict[int, list[Rating]] = {}
    for hour, rating in rated:
        stretches.setdefault(hour // HOURS * HOURS, []).append(rating)
    mean = average(rating for ratings in stretches.values() for rating in ratings)
    known = {
        first: (_SHRINK * mean + sum(map(score, ratings))) / (_SHRINK + len(ratings))
        for first, ratings in stretches.items()
        if mean is not None and len(ratings) >= _ENOUGH
    }
    if len(known) < 2 or max(known.values()) - min(known.values()) < _WORTH_SAYING:
        return None
    first = max(known, key=lambda each: (known[each], -each))
    return BestHours(first, known[first])


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
