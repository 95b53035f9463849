"""Which rating the ticks of an answer speak for; the learner decides."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from interview.question import KeyPoint
from interview.rating import Rating


def suggest(points: Sequence[KeyPoint], ticked: Collection[int], hints_used: int = 0) -> Rating:
    """The rating to mark. `ticked` holds the key points found, counted from 0.

    All musts and more than half of the others are Got it; half of the musts are Partly; less is Missed. Easy
    is marked only when the answer held everything, beyond the musts too, without a hint. One hint allows Got
    it at most, two allow Partly. Where no point is a must, each counts as one.
    """
    any_must = any(point.must for point in points)
    musts = [place in ticked for place, point in enumerate(points) if point.must or not any_must]
    others = [place in ticked for place, point in enumerate(points) if any_must and not point.must]
    return min(_earned(musts, others), _allowed(hints_used))


def _earned(musts: Sequence[bool], others: Sequence[bool]) -> Rating:
    if not any(musts) or 2 * sum(musts) < len(musts):
        return Rating.AGAIN
    if not all(musts) or (others and 2 * sum(others) <= len(others)):
        return Rating.HARD
    return Rating.EASY if others and all(others) else Rating.GOOD


def _allowed(hints_used: int) -> Rating:
    if hints_used >= 2:
        return Rating.HARD
    return Rating.GOOD if hints_used else Rating.EASY
