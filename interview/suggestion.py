"""Which rating the ticks of an answer speak for, and why in a few words; the learner decides."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from interview.question import KeyPoint
from interview.rating import Rating

_ENOUGH_FOR_EASY = 3  # points


def suggest(points: Sequence[KeyPoint], ticked: Collection[int], hints_used: int = 0) -> Rating:
    """The rating to mark. `ticked` holds the key points found, counted from 0.

    All musts and at least half of the others are Got it (a single other may lack); half of the musts are Partly;
    less is Missed. Easy is marked only when the answer held everything, beyond the musts too, without a hint.
    Where all points weigh alike, more than half of them are Got it, all of three or more Easy, any of them Partly:
    so people rate themselves. One hint allows Got it at most, two allow Partly.
    """
    return min(_earned(points, ticked), _allowed(hints_used))


def reason(
    points: Sequence[KeyPoint], ticked: Collection[int], rating: Rating, hints_used: int = 0, unsure: int = 0
) -> str:
    """Why `rating` is marked, in a few words: `4 of 5, all the main ones`, `3 of 3, but two hints`.

    `unsure` counts the points that may have been said as well.
    """
    parts = [f"{sum(number in ticked for number in range(len(points)))} of {len(points)}"]
    if unsure:
        parts.append(f"{unsure} not sure")
    elif _set_apart(points) and len(points) > sum(number in ticked for number in range(len(points))):
        main = [place in ticked for place, point in enumerate(points) if point.must]
        parts.append(_of_the_main_ones(main, _earned(points, ticked)))
    if hints_used and rating is _allowed(hints_used) and _earned(points, ticked) > rating:
        parts.append("but one hint" if hints_used == 1 else "but two hints")
    return ", ".join(parts)


def _of_the_main_ones(main: Sequence[bool], earned: Rating) -> str:
    if not all(main):
        return f"{sum(main) or 'none'} of the {len(main)} main ones"
    return "all the main ones" if earned >= Rating.GOOD else "the main ones, too few of the others"


def _set_apart(points: Sequence[KeyPoint]) -> bool:
    """Whether the author set musts apart."""
    return len({point.must for point in points}) > 1


def _earned(points: Sequence[KeyPoint], ticked: Collection[int]) -> Rating:
    had = [place in ticked for place in range(len(points))]
    if not _set_apart(points):
        return _by_share(sum(had), len(had))
    musts = [had[place] for place, point in enumerate(points) if point.must]
    others = [had[place] for place, point in enumerate(points) if not point.must]
    if not any(musts) or 2 * sum(musts) < len(musts):
        return Rating.AGAIN
    if not all(musts) or (len(others) > 1 and 2 * sum(others) < len(others)):
        return Rating.HARD
    return Rating.EASY if all(others) else Rating.GOOD


def _by_share(ticked: int, points: int) -> Rating:
    if not ticked:
        return Rating.AGAIN
    if ticked == points:
        return Rating.EASY if points >= _ENOUGH_FOR_EASY else Rating.GOOD
    return Rating.GOOD if 2 * ticked > points else Rating.HARD


def _allowed(hints_used: int) -> Rating:
    if hints_used >= 2:
        return Rating.HARD
    return Rating.GOOD if hints_used else Rating.EASY
