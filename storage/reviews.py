"""The log of ratings, only ever added to; an Undo is a line of its own."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from interview import learning
from interview.card import Card
from interview.rating import Rating
from storage.database import Transaction
from storage.moments import to_ms


@dataclass(frozen=True, slots=True)
class Review:
    """A line of the log. `card_before` is the card as it was before the rating, None where there was none."""

    learner_id: int
    question_id: str
    asking_id: int
    rating: Rating
    study_day: date
    reviewed_at: datetime
    card_before: Card | None


async def add(tx: Transaction, review: Review) -> None:
    """Log a rating."""
    await _add(tx, review, "rated")


async def add_undone(tx: Transaction, review: Review) -> None:
    """Log that the newest rating of this asking was taken back."""
    await _add(tx, review, "undone")


async def card_before(tx: Transaction, asking_id: int) -> Card | None:
    """The card as it was before the newest rating of this asking; LookupError where it was never rated."""
    row = await tx.one(
        "SELECT card_before FROM reviews WHERE asking_id = ? AND what = 'rated' ORDER BY id DESC LIMIT 1",
        (asking_id,),
    )
    if row is None:
        raise LookupError(f"asking {asking_id} was never rated")
    return None if row["card_before"] is None else _unpack(row["card_before"])


async def count_because(
    tx: Transaction, learner_id: int, question_id: str, because: str, before: date
) -> int:
    """How many ratings before that study day are of askings that say this of themselves, and stand."""
    row = await tx.one(
        "SELECT count(*) AS count FROM askings WHERE learner_id = ? AND question_id = ? AND because = ?"
        " AND rated_on < ?",
        (learner_id, question_id, because, before.isoformat()),
    )
    return 0 if row is None else int(row["count"])


async def is_newest_of_question(tx: Transaction, learner_id: int, question_id: str, asking_id: int) -> bool:
    """Whether the last line logged for this learner and question is of this asking."""
    row = await tx.one(
        "SELECT asking_id FROM reviews WHERE learner_id = ? AND question_id = ? ORDER BY id DESC LIMIT 1",
        (learner_id, question_id),
    )
    return row is not None and row["asking_id"] == asking_id


async def mistakes(tx: Transaction, learner_id: int) -> tuple[str, ...]:
    """The questions that the learner missed and has not recalled twice since, the last missed first."""
    rows = await tx.all(
        "SELECT question_id, rating FROM reviews AS line WHERE learner_id = :learner AND what = 'rated'"
        " AND question_id IN (SELECT question_id FROM reviews WHERE learner_id = :learner AND rating = 1)"
        # of an asking that was rated and undone only the last line stands, if it is a rating
        " AND NOT EXISTS (SELECT 1 FROM reviews WHERE asking_id = line.asking_id AND id > line.id)"
        " ORDER BY reviewed_at, id",  # an import adds older ones later
        {"learner": learner_id},
    )
    return learning.mistakes((row["question_id"], Rating(row["rating"])) for row in rows)


async def _add(tx: Transaction, review: Review, what: str) -> None:
    await tx.execute(
        "INSERT INTO reviews (learner_id, question_id, asking_id, what, rating, study_day, reviewed_at, card_before)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            review.learner_id,
            review.question_id,
            review.asking_id,
            what,
            review.rating,
            review.study_day.isoformat(),
            to_ms(review.reviewed_at),
            None if review.card_before is None else _pack(review.card_before),
        ),
    )


def _pack(card: Card) -> str:
    # repr-exact floats: json writes the shortest text that reads back as the same number
    return json.dumps(asdict(card), default=date.isoformat)


def _unpack(text: str) -> Card:
    fields: dict[str, Any] = json.loads(text)
    for name in ("due", "reviewed_on"):
        fields[name] = date.fromisoformat(fields[name])
    return Card(**fields)
