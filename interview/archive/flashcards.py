"""What an export says of each question: the card, and the ratings that stand, for a deck of flashcards."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from interview.archive.cards import card_of
from interview.archive.document import Rows
from interview.archive.kinds import Row
from interview.archive.ratings import taken_back
from interview.card import Card
from interview.rating import Rating


@dataclass(frozen=True, slots=True)
class NoteKind:
    """How notes look: the names of their fields, and the card's two sides as HTML templates."""

    name: str
    fields: tuple[str, ...]
    front: str
    back: str
    style: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One rating that stands. Intervals are days: the one it asked for, and the one before it (0: none)."""

    at_ms: int
    rating: Rating
    interval: int
    interval_before: int


@dataclass(frozen=True, slots=True)
class Learned:
    """One question that was put at least once; `card` is None where it was never rated."""

    question_id: str
    card: Card | None
    log: tuple[Reviewed, ...]


@dataclass(frozen=True, slots=True)
class Flashcard:
    """One question as a note: its fields as HTML, the deck it lies in, and how far it is learned."""

    learned: Learned
    fields: tuple[str, ...]
    deck: str
    tags: tuple[str, ...]


def learned(rows: Rows) -> list[Learned]:
    """Every question that was put, in the order in which that happened first."""
    cards = {str(row["question_id"]): card_of(row) for row in rows["cards"]}
    undone = taken_back(rows["reviews"])
    logs: dict[str, list[Row]] = {}
    for number, row in enumerate(rows["reviews"]):
        if row["what"] == "rated" and number not in undone:
            logs.setdefault(str(row["question_id"]), []).append(row)
    seen = dict.fromkeys(str(row["question_id"]) for row in rows["askings"])
    return [
        Learned(question_id, cards.get(question_id), _log(logs.get(question_id, []), cards.get(question_id)))
        for question_id in (*seen, *(each for each in cards if each not in seen))
    ]


def _log(rows: Sequence[Row], card: Card | None) -> tuple[Reviewed, ...]:
    before = [_interval_before(row) for row in rows]
    after = [*before[1:], card.interval if card else 0][: len(rows)]
    return tuple(
        Reviewed(int(row["reviewed_at"] or 0), Rating(int(row["rating"] or 1)), asked_for, had)
        for row, asked_for, had in zip(rows, after, before, strict=True)
    )


def _interval_before(row: Row) -> int:
    return int(json.loads(str(row["card_before"]))["interval"]) if row["card_before"] is not None else 0


def first_day(cards: Sequence[Learned], today: date) -> date:
    """The earliest day that any of them speaks of, `today` at the latest."""
    return min([today, *(min(each.card.due, each.card.reviewed_on) for each in cards if each.card)])
