from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.question import KeyPoint
from interview.rating import Rating
from interview.suggestion import reason, suggest

MISSED, PARTLY, GOT_IT, EASY = Rating


def key_points(pattern: str) -> list[KeyPoint]:
    """`MMo`: two musts and one other."""
    return [KeyPoint(f"point {place}", must=letter == "M") for place, letter in enumerate(pattern)]


@pytest.mark.parametrize(
    "points, ticked, rating",
    [
        ("MMoo", (), MISSED),
        ("MMoo", (2, 3), MISSED),
        ("MMMo", (0,), MISSED),
        ("MMoo", (0,), PARTLY),
        ("MMMo", (0, 2, 3), PARTLY),
        ("MMoo", (0, 1), PARTLY),
        ("MMoo", (0, 1, 2), GOT_IT),
        ("MMo", (0, 1), GOT_IT),
        ("MMMMo", (0, 1, 2, 3), GOT_IT),
        ("MMMMo", (0, 1, 2, 4), PARTLY),
        ("MMooo", (0, 1, 2), PARTLY),
        ("MMooo", (0, 1, 2, 3), GOT_IT),
        ("MMM", (0, 1, 2), EASY),
        ("MMM", (0, 1), GOT_IT),
        ("MM", (0, 1), GOT_IT),
        ("M", (0,), GOT_IT),
        ("MMoo", (0, 1, 2, 3), EASY),
        ("MMo", (2, 1, 0), EASY),
        ("ooo", (), MISSED),
        ("ooo", (0,), PARTLY),
        ("oooo", (0, 1), PARTLY),
        ("ooo", (0, 1, 2), EASY),
        ("", (), MISSED),
    ],
)
def test_ticks_speak_for_a_rating(points: str, ticked: tuple[int, ...], rating: Rating) -> None:
    assert suggest(key_points(points), ticked) is rating


@pytest.mark.parametrize("hints, most", [(0, EASY), (1, GOT_IT), (2, PARTLY), (3, PARTLY)])
def test_each_hint_lowers_what_is_suggested_at_most(hints: int, most: Rating) -> None:
    assert suggest(key_points("MMoo"), {0, 1, 2, 3}, hints) is most


@pytest.mark.parametrize(
    "points, ticked, hints, unsure, words",
    [
        ("MMMoo", (0, 1, 2, 3), 0, 0, "4 of 5, all the main ones"),
        ("MMMMo", (0, 1, 2, 3), 0, 0, "4 of 5, all the main ones"),
        ("MMoo", (0, 1), 0, 0, "2 of 4, the main ones, too few of the others"),
        ("MMMo", (0, 3), 0, 0, "2 of 4, 1 of the 3 main ones"),
        ("MMo", (2,), 0, 0, "1 of 3, none of the 2 main ones"),
        ("MMo", (0, 1, 2), 0, 0, "3 of 3"),
        ("MMM", (0, 1), 0, 0, "2 of 3"),
        ("MMo", (0, 1, 2), 1, 0, "3 of 3, but one hint"),
        ("MMo", (0, 1, 2), 2, 0, "3 of 3, but two hints"),
        ("MMo", (0,), 2, 0, "1 of 3, 1 of the 2 main ones"),
        ("MMoo", (0, 1), 0, 1, "2 of 4, 1 not sure"),
    ],
)
def test_the_reason_is_told_in_a_few_words(
    points: str, ticked: tuple[int, ...], hints: int, unsure: int, words: str
) -> None:
    made_of = key_points(points)

    assert reason(made_of, ticked, suggest(made_of, ticked, hints), hints, unsure) == words


@given(points=st.text("Mo", min_size=1, max_size=7), ticked=st.frozensets(st.integers(0, 6)))
def test_all_the_main_ones_never_stands_beside_partly(points: str, ticked: frozenset[int]) -> None:
    made_of = key_points(points)

    rating = suggest(made_of, ticked)

    assert ("all the main ones" in reason(made_of, ticked, rating)) <= (rating >= GOT_IT)


def test_ticks_beyond_the_points_count_for_nothing() -> None:
    assert suggest(key_points("MM"), {2, 3, 4, -1}) is MISSED


@given(
    points=st.text("Mo", min_size=1, max_size=7),
    ticked=st.frozensets(st.integers(0, 6)),
    one_more=st.integers(0, 6),
    hints=st.integers(0, 2),
)
def test_one_more_tick_never_lowers_the_rating(
    points: str, ticked: frozenset[int], one_more: int, hints: int
) -> None:
    assert suggest(key_points(points), ticked, hints) <= suggest(
        key_points(points), ticked | {one_more}, hints
    )
