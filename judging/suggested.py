"""The rating that the ticks suggest."""

from __future__ import annotations

from collections.abc import Sequence

from interview.question import KeyPoint
from interview.rating import Rating
from interview.suggestion import suggest
from judging.judgement import PointJudgement, State

TICKED_FROM = 0.5
_ENOUGH_FOR_EASY = 3  # points


def rating_of(
    key_points: Sequence[KeyPoint], judged: Sequence[PointJudgement], hints_used: int
) -> Rating | None:
    """The rating to mark, None where there are no points. A point counts where it is likelier covered than not.

    Where the author set musts apart, `suggest` decides. Where all points weigh alike, people call more than half
    of them Got it and any of them Partly (the labelled replies say so in nine cases of ten).
    """
    if not judged:
        return None
    ticked = [at for at, point in enumerate(judged) if _counts(point)]
    if len({key.must for key in key_points}) > 1:
        return suggest(key_points, ticked, hints_used)
    return min(_by_share(len(ticked), len(judged)), _allowed(hints_used))


def _counts(point: PointJudgement) -> bool:
    return point.state is State.COVERED or (point.state is State.UNSURE and point.p >= TICKED_FROM)


def _by_share(ticked: int, points: int) -> Rating:
    if not ticked:
        return Rating.AGAIN
    if ticked == points:
        return Rating.EASY if points >= _ENOUGH_FOR_EASY else Rating.GOOD
    return Rating.GOOD if 2 * ticked > points else Rating.HARD


def _allowed(hints_used: int) -> Rating:
    """One hint allows Got it at most, two allow Partly, as in `suggest`."""
    return (Rating.EASY, Rating.GOOD)[hints_used] if hints_used < 2 else Rating.HARD
