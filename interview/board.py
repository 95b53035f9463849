"""A group's board: who has how many points over a week, a month or for ever, and how they are ranked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from zoneinfo import ZoneInfo

from interview.day import starts_at

RANKED_FROM = 3
"""With fewer players a board is a plain list: nobody is told to be the last of two."""

LONGEST_ALIAS = 32


class Span(StrEnum):
    """How far back a board looks."""

    WEEK = "week"
    MONTH = "month"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Score:
    """What one person has gathered. `name` is what the group reads: their alias, else their name."""

    person_id: int
    name: str
    points: int
    votes: int
    right: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One rank, counted from 1, and whoever shares it; the next rank is as many further down."""

    rank: int
    points: int
    scores: tuple[Score, ...]


def begins_on(span: Span, today: date) -> date | None:
    """The first study day of the span that `today` lies in: a Monday, the first of a month; None for all time."""
    match span:
        case Span.WEEK:
            return today - timedelta(days=today.weekday())
        case Span.MONTH:
            return today.replace(day=1)
        case _:
            return None


def begins_at(span: Span, today: date, zone: ZoneInfo) -> datetime | None:
    """The moment (UTC) from which the span counts, on the group's clock; None for all time."""
    day = begins_on(span, today)
    return None if day is None else starts_at(day, zone)


def shown(scores: Iterable[Score]) -> tuple[Score, ...]:
    """Who stands on the board, most points first, among equals by name; who opted out is left out."""
    seen = [score for score in scores if not score.hidden]
    return tuple(sorted(seen, key=lambda score: (-score.points, score.name.casefold(), score.person_id)))


def places(scores: Iterable[Score]) -> tuple[Place, ...]:
    """The ranks of those who are shown. Equal points share a rank, and the ranks they would have had are left out."""
    ranked: list[Place] = []
    ahead = 0
    for points, equals in groupby(shown(scores), key=lambda score: score.points):
        sharing = tuple(equals)
        ranked.append(Place(ahead + 1, points, sharing))
        ahead += len(sharing)
    return tuple(ranked)


def is_ranked(scores: Iterable[Score]) -> bool:
    """Whether there are enough players for ranks and medals: players who are seen, for among two of them one would be
    the last, and ranks that began earlier would tell that somebody hides."""
    return len(shown(scores)) >= RANKED_FROM


def rank_of(person_id: int, ranked: Sequence[Place]) -> Place | None:
    """Where somebody stands; None for whoever has not played, or does not want to be seen."""
    return next(
        (place for place in ranked if any(score.person_id == person_id for score in place.scores)), None
    )


def alias_of(text: str) -> str | None:
    """A typed alias with its spaces put in order; None for one that is no name: empty, too long, or not of one line
    of printable signs that begins with a letter or a figure."""
    alias = " ".join(text.split())
    if "\n" in text.strip() or not alias or len(alias) > LONGEST_ALIAS:
        return None
    return alias if alias.isprintable() and alias[0].isalnum() else None
