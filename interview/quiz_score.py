"""What a vote in a quiz is worth, and who stands where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from interview.words import plural

FULL = 100
TOO_FAST = timedelta(seconds=2)
GUESSED = -25

NO_BREAK = "\N{NO-BREAK SPACE}"
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's vote on one question; `chosen` is a place in the options as shown, `took` is as counted."""

    place: int
    person_id: int
    name: str
    chosen: int
    took: timedelta
    points: int
    is_right: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands. `gained` is what the newest question brought; those with equal points share a rank."""

    rank: int
    person_id: int
    name: str
    points: int
    gained: int
    right: int
    answered: int


def took(opened_at: datetime, arrived_at: datetime, lasts: timedelta, *, belated: bool) -> timedelta:
    """How long a vote took, between nothing and the whole time.

    Of a belated one, which waited while we were away, only that it came in time is known: it took half at least.
    """
    passed = min(max(arrived_at - opened_at, timedelta()), lasts)
    return max(passed, lasts / 2) if belated else passed


def points(is_right: bool, took: timedelta, lasts: timedelta) -> int:
    """Right: 100 at once, falling evenly to 50 at the end. Wrong: nothing, and 25 less within two seconds."""
    if is_right:
        share = 1 - (took / _MILLISECOND) / (2 * (lasts / _MILLISECOND)) if lasts else 1.0
        return round(FULL * min(max(share, 0.5), 1.0))
    return GUESSED if took < min(TOO_FAST, lasts / 2) else 0


def standings(votes: Iterable[Vote], newest: int | None = None) -> tuple[Standing, ...]:
    """Everybody who voted, most points first, then by right answers, then by name; ranks as in sports: 1, 2, 2, 4."""
    of: dict[int, list[Vote]] = {}
    for vote in votes:
        of.setdefault(vote.person_id, []).append(vote)
    rows = [
        (
            sum(vote.points for vote in own),
            sum(vote.is_right for vote in own),
            own[-1].name,
            person_id,
            sum(vote.points for vote in own if vote.place == newest),
            len(own),
        )
        for person_id, own in of.items()
    ]
    rows.sort(key=lambda row: (-row[0], -row[1], row[2].casefold(), row[3]))
    ranks = {total: 1 + sum(other[0] > total for other in rows) for total in {row[0] for row in rows}}
    return tuple(
        Standing(ranks[total], person_id, name, total, gained, right, answered)
        for total, right, name, person_id, gained, answered in rows
    )


def right_of(votes: Iterable[Vote], place: int) -> tuple[int, int]:
    """How many were right on a question, and how many voted."""
    own = [vote for vote in votes if vote.place == place]
    return sum(vote.is_right for vote in own), len(own)


def most_chosen_wrong(votes: Iterable[Vote], place: int) -> tuple[int, int] | None:
    """The wrong option that most fell for, and how many; None where all were right."""
    wrong = Counter(vote.chosen for vote in votes if vote.place == place and not vote.is_right)
    return max(wrong.items(), key=lambda item: (item[1], -item[0])) if wrong else None


def signed(points: int) -> str:
    """Points as people read them, with a true minus: `1,250`, `−25`."""
    return f"{points:,}".replace("-", "−")


def gained(points: int) -> str:
    """What came on top: `+88`, `−25`."""
    return f"{points:+,}".replace("-", "−")


def in_points(points: int) -> str:
    """`1 point`, `94 points`, `−25 points`."""
    return plural(points, "point").replace("-", "−")


def hardest(votes: Sequence[Vote]) -> tuple[int, int, int] | None:
    """The question that the smallest share had right: its place, how many right, how many votes; None where nobody
    was ever wrong."""
    shares = {place: right_of(votes, place) for place in sorted({vote.place for vote in votes})}
    missed = {place: counts for place, counts in shares.items() if counts[0] < counts[1]}
    if not missed:
        return None
    place = min(missed, key=lambda each: (missed[each][0] / missed[each][1], -missed[each][1], each))
    return place, *missed[place]


def closest_call(votes: Sequence[Vote]) -> tuple[int, int] | None:
    """Where right and wrong were nearest to each other: how many of each, 2 and more in all; None where no question
    had both."""
    calls = [
        (right, voted - right)
        for place in sorted({vote.place for vote in votes})
        for right, voted in [right_of(votes, place)]
        if 0 < right < voted
    ]
    return min(calls, key=lambda call: (abs(call[0] - call[1]), -sum(call))) if calls else None


def silent_for(votes_by_place: Mapping[int, int], place: int) -> int:
    """How many questions in a row, up to this one, nobody voted on."""
    silent = 0
    while place >= 0 and not votes_by_place.get(place):
        silent, place = silent + 1, place - 1
    return silent
