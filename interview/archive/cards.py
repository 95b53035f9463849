"""The cards of two sides made one: whole from the side that knows of all ratings, else reviewed anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from interview import spacing
from interview.archive.document import Rows
from interview.archive.kinds import Row, Value
from interview.card import Card
from interview.rating import Rating

Rated = tuple[tuple[int, str, int], ...]
"""A question's ratings that stand, in their order: when, on which study day, how."""


def ratings_of(askings: Iterable[Row]) -> dict[str, Rated]:
    """The ratings that stand, by question."""
    found: dict[str, list[tuple[int, str, int]]] = {}
    for row in askings:
        if row["rating"] is not None:
            rated = (_int(row["rated_at"]), str(row["rated_on"]), _int(row["rating"]))
            found.setdefault(str(row["question_id"]), []).append(rated)
    return {question_id: tuple(sorted(ratings)) for question_id, ratings in found.items()}


def merge_cards(
    ours: Rows, theirs: Rows, after: Mapping[str, Rated], key: Callable[[str], str]
) -> tuple[list[Row], list[str]]:
    """The cards to put, and the questions whose card goes; `after` are the ratings that will stand."""
    mine = {str(row["question_id"]): row for row in ours["cards"]}
    yours = {str(row["question_id"]): row for row in theirs["cards"]}
    rated_here, rated_there = ratings_of(ours["askings"]), ratings_of(theirs["askings"])
    put: list[Row] = []
    dropped: list[str] = []
    for question_id in [*mine, *(each for each in yours if each not in mine)]:
        own, row = mine.get(question_id), yours.get(question_id)
        here, there = rated_here.get(question_id, ()), rated_there.get(question_id, ())
        whole = after.get(question_id, ())
        if whole == here and (own is not None or here != there):
            continue
        if whole == there and row is not None:
            put.append(row)
        elif whole:
            known = [(had, card) for had, card in ((here, own), (there, row)) if card is not None]
            put.append({"question_id": question_id, **_row_of(_reviewed(whole, known, key(question_id)))})
        else:
            dropped.append(question_id)
    return put, dropped


def _reviewed(ratings: Rated, known: Sequence[tuple[Rated, Row]], key: str) -> Card:
    """The card after all these ratings: from the card that knows of most of the first ones, or from none."""
    begun = [(len(had), row) for had, row in known if had == ratings[: len(had)]]
    count, row = max(begun, key=lambda each: each[0], default=(0, None))
    card = None if row is None or not count else card_of(row)
    for _, day, rating in ratings[count:]:
        card = spacing.review(card, Rating(rating), date.fromisoformat(day), key=key)
    assert card is not None, "only questions with a rating get here"
    return card


def card_of(row: Row) -> Card:
    """The card that a row of the table holds."""
    return Card(
        stability=float(row["stability"] or 0),
        difficulty=float(row["difficulty"] or 0),
        due=date.fromisoformat(str(row["due"])),
        reviewed_on=date.fromisoformat(str(row["reviewed_on"])),
        interval=_int(row["interval"]),
        reviews=_int(row["reviews"]),
        lapses=_int(row["lapses"]),
    )


def _row_of(card: Card) -> Row:
    return {
        "stability": card.stability,
        "difficulty": card.difficulty,
        "due": card.due.isoformat(),
        "reviewed_on": card.reviewed_on.isoformat(),
        "interval": card.interval,
        "reviews": card.reviews,
        "lapses": card.lapses,
    }


def _int(value: Value) -> int:
    assert isinstance(value, int)
    return value
