"""The rating that the ticks suggest."""

from __future__ import annotations

from collections.abc import Sequence

from interview.question import KeyPoint
from interview.rating import Rating
from interview.suggestion import suggest
from judging.judgement import PointJudgement, State

TICKED_FROM = 0.5


def rating_of(
    key_points: Sequence[KeyPoint], judged: Sequence[PointJudgement], hints_used: int
) -> Rating | None:
    """The rating to mark, None where there are no points. A point counts where it is likelier covered than not."""
    if not judged:
        return None
    return suggest(key_points, [at for at, point in enumerate(judged) if _counts(point)], hints_used)


def _counts(point: PointJudgement) -> bool:
    return point.state is State.COVERED or (point.state is State.UNSURE and point.p >= TICKED_FROM)
