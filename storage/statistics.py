"""What a learner's askings add up to; what was undone has no rating and never counts."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from interview.rating import Rating
from storage.database import Transaction
from storage.moments import from_ms

_RATINGS = {int(rating): rating for rating in Rating}


class RatedQuestion(NamedTuple):
    """One rating that stands."""

    question_id: str
    rating: Rating
    study_day: date
    rated_at: datetime


async def ratings(tx: Transaction, learner_id: int, since: date) -> list[RatedQuestion]:
    """The learner's ratings from study day `since` on, the oldest first."""
    rows = await tx.all(
        "SELECT question_id, rating, rated_on, rated_at FROM askings WHERE learner_id = ? AND rated_on >= ?"
        " ORDER BY rated_on, id",
        (learner_id, since.isoformat()),
    )
    return [
        RatedQuestion(
            row["question_id"],
            Rating(row["rating"]),
            date.fromisoformat(row["rated_on"]),
            from_ms(row["rated_at"]),
        )
        for row in rows
    ]


async def recalled(tx: Transaction, learner_id: int, since: date) -> list[tuple[str, Rating, date]]:
    """The same without the moments, in any order: each question, how it was rated, on which study day."""
    rows = await tx.all(
        "SELECT question_id, rating, rated_on FROM askings WHERE learner_id = ? AND rated_on >= ?",
        (learner_id, since.isoformat()),
    )
    return [(question_id, _RATINGS[rating], date.fromisoformat(day)) for question_id, rating, day in rows]


async def count_ratings(tx: Transaction, learner_id: int) -> int:
    """How many ratings of the learner stand, ever."""
    row = await tx.one(
        "SELECT count(*) AS ratings FROM askings WHERE learner_id = ? AND rated_on IS NOT NULL", (learner_id,)
    )
    assert row is not None
    return int(row["ratings"])


async def count_answered(tx: Transaction, learner_id: int) -> int:
    """How many of the learner's askings had their reference shown."""
    row = await tx.one(
        "SELECT count(*) AS answered FROM askings WHERE learner_id = ? AND shown_at IS NOT NULL",
        (learner_id,),
    )
    assert row is not None, "a count has a row"
    return int(row["answered"])


async def answered(tx: Transaction, learner_id: int, *, limit: int, offset: int = 0) -> list[int]:
    """The ids of the learner's askings whose reference was shown, the last shown first."""
    rows = await tx.all(
        "SELECT id FROM askings WHERE learner_id = ? AND shown_at IS NOT NULL ORDER BY shown_at DESC, id DESC"
        " LIMIT ? OFFSET ?",
        (learner_id, limit, offset),
    )
    return [row["id"] for row in rows]
