"""Which rating goes with which ticks."""

import pytest

from interview.question import KeyPoint
from interview.rating import Rating
from judging.judgement import PointJudgement, State
from judging.suggested import rating_of

STATES = {
    "c": PointJudgement(State.COVERED, 0.9),
    "u": PointJudgement(State.UNSURE, 0.6),
    "d": PointJudgement(State.UNSURE, 0.4),
    "m": PointJudgement(State.MISSED, 0.1),
    "x": PointJudgement(State.CONTRADICTED, 0.1),
}


def _rating(musts, states, hints=0):
    points = [KeyPoint("a point", must=mark == "1") for mark in musts]
    return rating_of(points, [STATES[mark] for mark in states], hints)


@pytest.mark.parametrize(
    "states, rating",
    [
        ("mmmm", Rating.AGAIN),
        ("xddm", Rating.AGAIN),
        ("cmmm", Rating.HARD),
        ("ccmm", Rating.HARD),
        ("cucm", Rating.GOOD),
        ("cccc", Rating.EASY),
    ],
)
def test_where_all_points_weigh_alike_the_share_decides(states, rating):
    assert _rating("1111", states) is rating


def test_one_point_alone_is_never_easy():
    assert _rating("1", "c") is Rating.GOOD


@pytest.mark.parametrize(
    "states, rating",
    [("ccmm", Rating.HARD), ("cccm", Rating.GOOD), ("cccc", Rating.EASY), ("mmcc", Rating.AGAIN)],
)
def test_where_musts_are_set_apart_they_decide(states, rating):
    assert _rating("1100", states) is rating


def test_hints_cap_the_rating():
    assert [_rating("1111", "cccc", hints) for hints in (1, 2, 3)] == [Rating.GOOD, Rating.HARD, Rating.HARD]


def test_no_points_no_rating():
    assert rating_of([], [], 0) is None
