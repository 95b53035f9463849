"""Where in a reply a line of the rubric is said best, and how much of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from judging.reading import Reading
from judging.rubric import Line

WIDEST = 3
_WIDTH_COSTS = 0.02
_DENIED_COUNTS = 0.25
_OPPOSITE_COSTS = 0.5
_SMOOTHED = 1.0  # keeps lines that are nearly all of the question's own words from counting as fully said

Window = tuple[int, int]  # first and last clause, both included


@dataclass(frozen=True, slots=True)
class Mark:
    """A term of a line (by number) in a clause: how surely, whether affirmed alike, or whether it is the opposite."""

    term: int
    strength: float
    agrees: bool
    opposite: bool


Marks = dict[int, list[Mark]]


@dataclass(frozen=True, slots=True)
class Found:
    """The best place for a line: the share of its weight found there, and the share that is affirmed alike."""

    window: Window | None
    recall: float
    agreeing: float


NOWHERE = Found(None, 0.0, 0.0)


def windows(reading: Reading) -> list[Window]:
    """All runs of up to three neighbouring clauses."""
    count = len(reading.clauses)
    return [(first, last) for first in range(count) for last in range(first, min(count, first + WIDEST))]


def marks_of(line: Line, reading: Reading) -> Marks:
    """For each clause, what of the line stands in it."""
    marks: Marks = {}
    for number, term in enumerate(line.terms):
        for hit in reading.hits.get(term.stem, ()):
            marks.setdefault(hit.clause, []).append(
                Mark(number, hit.strength, hit.denied == term.denied, False)
            )
        for clause in reading.against.get(term.stem, ()):
            marks.setdefault(clause, []).append(Mark(number, 0.0, False, True))
    return marks


def best_place(line: Line, marks: Marks, places: Sequence[Window]) -> Found:
    """Where a line is said best: the narrowest window among those that say most of it."""
    best, best_key = NOWHERE, 0.0
    if not marks:
        return best
    for first, last in places:
        if first not in marks or last not in marks:
            continue  # a narrower window says as much
        recall, agreeing = said(line, marks, (first, last))
        key = (recall + agreeing) / 2 - _WIDTH_COSTS * (last - first)
        if key > best_key:
            best, best_key = Found((first, last), recall, agreeing), key
    return best


def said(line: Line, marks: Marks, place: Window) -> tuple[float, float]:
    """The share of a line's weight that stands in a window, and the share that is affirmed alike."""
    strengths: dict[int, float] = {}
    agreeing: dict[int, float] = {}
    opposed: set[int] = set()
    for clause in range(place[0], place[1] + 1):
        for mark in marks.get(clause, ()):
            if mark.opposite:
                opposed.add(mark.term)
                continue
            alike = mark.strength if mark.agrees else mark.strength * _DENIED_COUNTS
            strengths[mark.term] = max(strengths.get(mark.term, 0.0), mark.strength)
            agreeing[mark.term] = max(agreeing.get(mark.term, 0.0), alike)
    terms, size = line.terms, line.total + _SMOOTHED
    found = sum(terms[number].weight * strength for number, strength in strengths.items())
    alike = sum(terms[number].weight * strength for number, strength in agreeing.items())
    alike -= sum(terms[number].weight * _OPPOSITE_COSTS for number in opposed - strengths.keys())
    return found / size, max(0.0, alike / size)


def recall(line: Line, marks: Marks, place: Window) -> float:
    """The first of what `said` finds, alone."""
    strengths: dict[int, float] = {}
    for clause in range(place[0], place[1] + 1):
        for mark in marks.get(clause, ()):
            if not mark.opposite and mark.strength > strengths.get(mark.term, -1.0):
                strengths[mark.term] = mark.strength
    if not strengths:
        return 0.0
    terms = line.terms
    return sum(terms[number].weight * strength for number, strength in strengths.items()) / (
        line.total + _SMOOTHED
    )


def said_in_order(line: Line, reading: Reading, place: Window) -> float:
    """The share of a line's weight that stands in a window in the line's order: the heaviest common subsequence."""
    if not line.order:
        return 0.0
    stems = {stem for stem, _ in line.order}
    row = [0.0] * (len(line.order) + 1)
    for clause in range(place[0], place[1] + 1):
        for meant in reading.meanings[clause]:
            if stems.isdisjoint(meant):
                continue  # it leaves every prefix as it is
            before = 0.0
            for at, (stem, weight) in enumerate(line.order, start=1):
                here = row[at]
                row[at] = max(here, row[at - 1], before + weight * meant.get(stem, 0.0))
                before = here
    return row[-1] / (sum(weight for _, weight in line.order) + _SMOOTHED)
