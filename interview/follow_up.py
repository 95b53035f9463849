"""Which follow-up an answer earns, by how it went."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from interview.question import FollowUp, Quality
from interview.rating import Rating

_QUALITIES = {
    Rating.AGAIN: Quality.WEAK,
    Rating.HARD: Quality.PARTIAL,
    Rating.GOOD: Quality.STRONG,
    Rating.EASY: Quality.STRONG,
}


def next_follow_up(
    follow_ups: Sequence[FollowUp], rating: Rating, now_asked: Collection[int], ever_asked: Collection[int]
) -> int | None:
    """The number, from 0, of the follow-up to offer after this rating; None where there is none (left).

    What was asked after this very answer (`now_asked`) is not offered again; what was never asked goes before what was
    asked in earlier rounds (`ever_asked`).
    """
    fitting = [
        number
        for number, follow_up in enumerate(follow_ups)
        if follow_up.quality is _QUALITIES[rating] and number not in now_asked
    ]
    return next((number for number in fitting if number not in ever_asked), next(iter(fitting), None))
