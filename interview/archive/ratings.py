"""The log of ratings as a table for a spreadsheet: one row a rating."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date

from interview.archive.document import Rows
from interview.archive.kinds import Row, Value, moment_shown
from interview.rating import Rating

COLUMNS = (
    "reviewed_at",
    "study_day",
    "question",
    "purpose",
    "rating",
    "label",
    "undone",
    "days_since_last",
    "interval_before",
    "stability_before",
    "difficulty_before",
)


def write_ratings(rows: Rows) -> bytes:
    """The log as CSV in UTF-8, oldest first; what was taken back says so in `undone`."""
    purposes = {asking["id"]: asking["purpose"] for asking in rows["askings"]}
    undone = taken_back(rows["reviews"])
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for number, review in enumerate(rows["reviews"]):
        if review["what"] == "rated":
            table.writerow(_line(review, purposes[review["asking_id"]], taken_back=number in undone))
    return text.getvalue().encode()


def taken_back(reviews: Sequence[Row]) -> set[int]:
    """Which lines were taken back: an Undo takes its asking's newest rating that still stands."""
    standing: dict[Value, list[int]] = {}
    undone = set()
    for number, review in enumerate(reviews):
        stack = standing.setdefault(review["asking_id"], [])
        if review["what"] == "rated":
            stack.append(number)
        elif stack:
            undone.add(stack.pop())
    return undone


def _line(review: Row, purpose: Value, *, taken_back: bool) -> list[Value]:
    at, rating, before = review["reviewed_at"], review["rating"], review["card_before"]
    assert isinstance(at, int)
    assert isinstance(rating, int)
    card = json.loads(str(before)) if before is not None else {}
    return [
        moment_shown(at),
        review["study_day"],
        review["question_id"],
        purpose,
        rating,
        Rating(rating).label,
        "yes" if taken_back else "no",
        _days(card.get("reviewed_on"), review["study_day"]),
        card.get("interval"),
        card.get("stability"),
        card.get("difficulty"),
    ]


def _days(before: str | None, day: Value) -> int | None:
    return None if before is None else (date.fromisoformat(str(day)) - date.fromisoformat(before)).days
