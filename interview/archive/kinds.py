"""How the values of the tables' columns stand in the document, and what is allowed to come back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Value = int | float | str | None
Row = Mapping[str, Value]
"""A table's row as SQLite holds it, by column."""

REQUIRED: Any = object()
"""The `default` of a column that no document may leave out."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=2)  # clocks differ, and some zones have tomorrow already
_NO_CLOCK = timedelta(days=3_660)  # further ahead than any clock is by mistake
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_QUESTION = re.compile(rf"{_SLUG.pattern}/{_SLUG.pattern}")
_QUESTION_LENGTH = 58  # what fits a button beside the press's own name
_TIME = re.compile(r"\d\d:\d\d")
_POINTS = 62


class Ahead(ValueError):
    """What is remembered lies in the future: the clock that wrote it is ahead."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of column. `shown` makes the document's value of the table's; `read` makes it back.

    `read` raises ValueError (or TypeError) for anything that may not stand in the table; it is told the present
    moment, because nothing remembered lies in the future. `default` is what a document means that leaves it out.
    """

    shown: Callable[[Any], Any]
    read: Callable[[Any, datetime], Value]
    default: Any = REQUIRED


def text(most: int) -> Kind:
    """Any text of at most so many characters."""
    return Kind(_same, lambda value, _: _text(value, most))


def number(low: int, high: int) -> Kind:
    """A whole number from `low` to `high`."""
    return Kind(_same, lambda value, _: _number(value, low, high))


def number_of(allowed: Collection[int]) -> Kind:
    """One of these whole numbers."""
    return Kind(_same, lambda value, _: _number_of(value, allowed))


def real(low: float, high: float) -> Kind:
    """A number from `low` to `high`."""
    return Kind(_same, lambda value, _: _real(value, low, high))


def one_of(allowed: Collection[str]) -> Kind:
    """One of these words."""
    return Kind(_same, lambda value, _: _one_of(value, allowed))


def optional(kind: Kind) -> Kind:
    """The same or null; null too where the document leaves it out."""
    return Kind(
        lambda value: None if value is None else kind.shown(value),
        lambda value, now: None if value is None else kind.read(value, now),
        default=None,
    )


def otherwise(kind: Kind, default: Value) -> Kind:
    """The same; the table's value `default` where the document, being older, leaves it out."""
    return replace(kind, default=default)


def day(ahead: timedelta) -> Kind:
    """A study day, at most so far ahead of now."""
    return Kind(_same, lambda value, now: _day(value, now + ahead))


def digits(low: int, high: int, most: int) -> Kind:
    """A list of some different digits; the table holds them as text, such as `67`."""
    return Kind(
        lambda value: [int(digit) for digit in value], lambda value, _: _digits(value, low, high, most)
    )


def moment_shown(ms: int) -> str:
    """Milliseconds since the epoch as ISO 8601 in UTC."""
    moment = _EPOCH + timedelta(milliseconds=ms)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _same(value: Value) -> Value:
    return value


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or len(value) > most or "\0" in value:
        raise ValueError(f"is no text of at most {most} characters")
    return value


def _number(value: Any, low: int, high: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ValueError(f"is no whole number from {low} to {high}")
    return value


def _number_of(value: Any, allowed: Collection[int]) -> int:
    if _number(value, min(allowed), max(allowed)) not in allowed:
        raise ValueError(f"is none of {', '.join(map(str, allowed))}")
    return int(value)


def _real(value: Any, low: float, high: float) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
        raise ValueError(f"is no number from {low} to {high}")
    return float(value)


def _one_of(value: Any, allowed: Collection[str]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"is none of {', '.join(sorted(allowed))}")
    return str(value)


def _slug(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _QUESTION_LENGTH or not _SLUG.fullmatch(value):
        raise ValueError("is no name such as classic-models")
    return value


def _question(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _QUESTION_LENGTH or not _QUESTION.fullmatch(value):
        raise ValueError("is no question's id such as metrics/roc-auc")
    return value


def _flag(value: Any) -> int:
    if not isinstance(value, bool):
        raise ValueError("is neither true nor false")
    return int(value)


def _zone(value: Any) -> str:
    try:
        return ZoneInfo(_text(value, 64)).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is no zone such as Europe/Berlin") from None


def _time(value: Any) -> str:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise ValueError("is no time such as 09:00")
    return f"{time.fromisoformat(value):%H:%M}"


def _moment(value: Any, now: datetime) -> int:
    if not isinstance(value, str):
        raise ValueError("is no moment such as 2026-03-02T12:00:00.000Z")
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None or moment < _EARLIEST:
        raise ValueError("names no zone or lies before the year 2000")
    _not_ahead(moment, now + _AHEAD)
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def _not_ahead(moment: datetime, latest: datetime) -> None:
    """Nothing remembered lies in the future; but for a clock that is ahead, by some years at most."""
    if moment > latest + _NO_CLOCK:
        raise ValueError("lies too far in the future")
    if moment > latest:
        raise Ahead("lies in the future")


def _past_day(value: Any, latest: datetime) -> str:
    day = _day(value, latest + _NO_CLOCK)
    _not_ahead(datetime.combine(date.fromisoformat(day), time(), UTC), latest)
    return day


def _day(value: Any, latest: datetime) -> str:
    if not isinstance(value, str) or len(value) != 10:
        raise ValueError("is no date such as 2026-03-02")
    day = date.fromisoformat(value)
    if not _EARLIEST.date() <= day <= latest.date():
        raise ValueError("lies too far in the future or before the year 2000")
    return day.isoformat()


def _digits(value: Any, low: int, high: int, most: int) -> str:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError(f"is no list of at most {most} numbers")
    return "".join(str(digit) for digit in sorted({_number(each, low, high) for each in value}))


def _words(read: Callable[[Any], str], value: Any) -> str:
    if not isinstance(value, list) or len(value) > 100:
        raise ValueError("is no list of names")
    return " ".join(read(word) for word in value)


def _bits_shown(bits: int) -> list[int]:
    return [number for number in range(bits.bit_length()) if bits >> number & 1]


def _bits(value: Any) -> int:
    if not isinstance(value, list):
        raise ValueError("is no list of numbers")
    return sum(1 << number for number in {_number(each, 0, _POINTS) for each in value})


def _verdicts_shown(judged: str) -> list[dict[str, str | None]]:
    return [{"state": state, "quote": quote} for state, quote in json.loads(judged)]


def _verdicts(value: Any, states: Collection[str]) -> str:
    if not isinstance(value, list) or len(value) > _POINTS:
        raise ValueError("is no list of points")
    points = []
    for point in value:
        if not isinstance(point, dict):
            raise ValueError("holds something that is no point")
        quote = point.get("quote")
        points.append(
            [_one_of(point.get("state"), states), None if quote is None else _text(quote, LONGEST_TEXT)]
        )
    return json.dumps(points, ensure_ascii=False)


def _card(value: Any, now: datetime) -> str:
    if not isinstance(value, dict):
        raise ValueError("is no card")
    return json.dumps({name: kind.read(value.get(name), now) for name, kind in CARD.items()})


LONGEST_TEXT = 4096  # Telegram's longest message
MOST = 2**53  # the largest whole number that every reader of JSON takes exactly
FLAG = Kind(bool, lambda value, _: _flag(value))
ZONE = Kind(_same, lambda value, _: _zone(value))
TIME = Kind(_same, lambda value, _: _time(value))
MOMENT = Kind(moment_shown, _moment)
DAY = Kind(_same, lambda value, now: _past_day(value, now + _AHEAD))
DUE = day(timedelta(days=3_660))
SLUG = Kind(_same, lambda value, _: _slug(value))
QUESTION = Kind(_same, lambda value, _: _question(value))
SLUGS = Kind(str.split, lambda value, _: _words(_slug, value))
QUESTIONS = Kind(str.split, lambda value, _: _words(_question, value))
POINTS = Kind(_bits_shown, lambda value, _: _bits(value))
CARD = {
    "stability": real(1e-4, 1e6),
    "difficulty": real(1, 10),
    "due": DUE,
    "reviewed_on": DAY,
    "interval": number(0, 36_500),
    "reviews": number(0, 1_000_000),
    "lapses": number(0, 1_000_000),
}
CARD_BEFORE = Kind(json.loads, _card)


def verdicts(states: Collection[str]) -> Kind:
    """What a judge made of each key point."""
    return Kind(_verdicts_shown, lambda value, _: _verdicts(value, states))
