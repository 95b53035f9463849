from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.taxonomy import read_taxonomy
from interview.drill import TITLES, recalled, time_spent, weakest
from interview.rating import Rating

BEGIN = datetime(2026, 11, 20, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_no_topic_is_called_as_what_drills_are_on_besides() -> None:
    assert not {topic.slug for topic in read_taxonomy().topics} & set(TITLES)


@pytest.mark.parametrize(
    "rating, was",
    [(None, False), (Rating.AGAIN, False), (Rating.HARD, False), (Rating.GOOD, True), (Rating.EASY, True)],
)
def test_what_counts_as_recalled(rating: Rating | None, was: bool) -> None:
    assert recalled(rating) is was


def test_a_question_left_lying_counts_ten_minutes() -> None:
    answers = [(BEGIN, BEGIN + 2 * MINUTE), (BEGIN, BEGIN + timedelta(days=1))]

    assert time_spent(answers) == 12 * MINUTE


@given(st.lists(st.integers(-1000, 10_000), max_size=20))
def test_time_is_never_negative_and_ten_minutes_each_at_most(minutes: list[int]) -> None:
    spent = time_spent((BEGIN, BEGIN + each * MINUTE) for each in minutes)

    assert timedelta() <= spent <= 10 * MINUTE * len(minutes)


@pytest.mark.parametrize(
    "outcomes, worst",
    [
        ([("a", 1), ("a", 3), ("b", 3), ("b", 3)], "a"),
        ([("a", 1), ("a", 1), ("b", None), ("b", 3)], "a"),
        ([("a", 3), ("a", 3), ("b", 3), ("b", 4)], None),  # nothing was missed
        ([("a", 1), ("a", 1), ("a", 3)], None),  # there is nothing it could be compared with
        ([("a", 1), ("b", 3), ("b", 3)], None),  # one question says too little
        ([("a", 1), ("a", 3), ("b", 1), ("b", 3)], None),  # alike
        ([], None),
    ],
)  # fmt: skip
def test_the_weakest_group_of_a_drill(outcomes: list[tuple[str, int | None]], worst: str | None) -> None:
    assert weakest((group, Rating(rating) if rating else None) for group, rating in outcomes) == worst
