"""The learner's own words that show a point."""

from __future__ import annotations

from judging.places import Window
from judging.reading import Reading

_TRAILING = " \t\n,;:–—-("


def quote(text: str, reading: Reading, place: Window | None) -> str | None:
    """The verbatim part of `text` from the first to the last clause of a place; None where there is no place."""
    if place is None:
        return None
    first, last = place
    start, end = reading.clauses[first].start, reading.clauses[last].end
    while end < len(text) and text[end] in ")%”\"'":
        end += 1
    return text[start:end].strip(_TRAILING) or None
