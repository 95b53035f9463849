"""Labelled replies, a line each, and the lines of `score`: read with an eye for mistakes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from interview.question import KeyPoint


class BadLine(Exception):
    """A line that cannot be read; the message names its number and what to do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One reply to one question, to be judged. `id` comes back as it came."""

    id: Any
    question: str
    key_points: tuple[KeyPoint, ...]
    reply: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A reply with what a person says of it: per point covered and contradicted, and the rating from 1 to 4 or None."""

    asked: Asked
    kind: str
    covered: tuple[bool, ...]
    contradicted: tuple[bool, ...]
    rating: int | None


def read_asked(lines: Iterable[str]) -> Iterator[Asked]:
    """Each line that is not blank. Raises BadLine at the first that does not fit."""
    for number, found in _objects(lines):
        yield _asked(number, found)


def read_labelled(lines: Iterable[str]) -> Iterator[Labelled]:
    """Each line that is not blank. Raises BadLine at the first that does not fit."""
    for number, found in _objects(lines):
        asked = _asked(number, found)
        size = len(asked.key_points)
        rating = found.get("rating")
        if rating is not None and rating not in (1, 2, 3, 4):
            raise BadLine(f"Line {number}: rating must be 1, 2, 3, 4 or null.")
        yield Labelled(
            asked,
            str(found.get("kind", "")),
            _marks(number, found, "covered", size),
            _marks(number, found, "contradicted", size),
            rating,
        )


def _objects(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except ValueError as error:
            raise BadLine(f"Line {number} is not JSON: {error}.") from None
        if not isinstance(found, dict):
            raise BadLine(f"Line {number}: a JSON object is wanted, one a line.")
        yield number, found


def _asked(number: int, found: dict[str, Any]) -> Asked:
    points = found.get("key_points")
    if not isinstance(points, list) or not points:
        raise BadLine(f"Line {number}: key_points must be a list with at least one point.")
    return Asked(
        found.get("id"),
        _text(number, found, "question"),
        tuple(_key_point(number, at, point) for at, point in enumerate(points, start=1)),
        _text(number, found, "reply"),
    )


def _key_point(number: int, at: int, found: Any) -> KeyPoint:
    if not isinstance(found, dict) or not isinstance(found.get("point"), str):
        raise BadLine(f"Line {number}: key point {at} must be an object with a text called point.")
    where = f"Line {number}: key point {at}:"
    must, wrong = found.get("must", True), found.get("wrong")
    if not isinstance(must, bool):
        raise BadLine(f"{where} must is true or false.")
    if wrong is not None and not isinstance(wrong, str):
        raise BadLine(f"{where} wrong is a text or null.")
    return KeyPoint(
        found["point"], must, _texts(where, found, "phrases"), _texts(where, found, "also"), wrong or None
    )


def _texts(where: str, found: dict[str, Any], name: str) -> tuple[str, ...]:
    value = found.get(name) or []
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise BadLine(f"{where} {name} is a list of texts.")
    return tuple(value)


def _text(number: int, found: dict[str, Any], name: str) -> str:
    value = found.get(name)
    if not isinstance(value, str):
        raise BadLine(f"Line {number}: {name} must be a text.")
    return value


def _marks(number: int, found: dict[str, Any], name: str, size: int) -> tuple[bool, ...]:
    value = found.get(name)
    if not isinstance(value, list) or len(value) != size or any(mark not in (0, 1) for mark in value):
        raise BadLine(f"Line {number}: {name} must hold a 0 or 1 for each of the {size} key points.")
    return tuple(bool(mark) for mark in value)
