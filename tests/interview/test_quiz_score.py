"""What a vote is worth, and who stands where."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview import quiz_score
from interview.quiz_score import GUESSED, Vote, gained, in_points, signed

OPENED = datetime(2026, 3, 2, 12, tzinfo=UTC)
LASTS = timedelta(seconds=40)
MOMENTS = st.integers(0, 40_000).map(lambda ms: timedelta(milliseconds=ms))
PERIODS = st.integers(5, 600).map(lambda seconds: timedelta(seconds=seconds))


def a_vote(person: int, points: int, place: int = 0, *, right: bool = True, chosen: int = 0) -> Vote:
    return Vote(place, person, f"Person {person}", chosen, timedelta(seconds=5), points, right)


@pytest.mark.parametrize(
    "seconds, right, worth",
    [(0, 100, -25), (1.9, 98, -25), (2, 98, 0), (10, 88, 0), (20, 75, 0), (39.9, 50, 0), (40, 50, 0)],
)
def test_what_a_vote_is_worth(seconds: float, right: int, worth: int) -> None:
    took = timedelta(seconds=seconds)

    assert quiz_score.points(True, took, LASTS) == right
    assert quiz_score.points(False, took, LASTS) == worth


@pytest.mark.parametrize(
    "after, belated, took",
    [(-1, False, 0), (0, False, 0), (7, False, 7), (40, False, 40), (90, False, 40),
     (1, True, 20), (19, True, 20), (25, True, 25), (4_000, True, 40)],
)  # fmt: skip
def test_how_long_a_vote_took(after: int, belated: bool, took: int) -> None:
    arrived = OPENED + timedelta(seconds=after)

    assert quiz_score.took(OPENED, arrived, LASTS, belated=belated) == timedelta(seconds=took)


@given(MOMENTS, PERIODS)
def test_right_brings_half_at_least_and_wrong_never_more_than_nothing(
    passed: timedelta, lasts: timedelta
) -> None:
    took = quiz_score.took(OPENED, OPENED + passed, lasts, belated=False)

    assert 50 <= quiz_score.points(True, took, lasts) <= 100
    assert quiz_score.points(False, took, lasts) in (0, GUESSED)


@given(MOMENTS, MOMENTS, PERIODS)
def test_who_is_slower_never_gets_more(one: timedelta, other: timedelta, lasts: timedelta) -> None:
    fast, slow = sorted(
        quiz_score.took(OPENED, OPENED + passed, lasts, belated=False) for passed in (one, other)
    )

    assert quiz_score.points(True, fast, lasts) >= quiz_score.points(True, slow, lasts)


@given(MOMENTS, PERIODS)
def test_a_vote_that_waited_for_us_brings_no_more_than_half_way_and_is_no_fast_guess(
    passed: timedelta, lasts: timedelta
) -> None:
    took = quiz_score.took(OPENED, OPENED + passed, lasts, belated=True)

    assert lasts / 2 <= took <= lasts
    assert quiz_score.points(True, took, lasts) <= 75
    assert quiz_score.points(False, took, lasts) == 0


@given(
    st.lists(
        st.tuples(st.integers(1, 6), st.integers(0, 4), st.integers(-25, 100), st.booleans()), max_size=30
    ),
    st.integers(),
)
def test_standings_do_not_depend_on_the_order_of_the_votes(
    given_votes: list[tuple[int, int, int, bool]], seed: int
) -> None:
    votes = [a_vote(person, points, place, right=right) for person, place, points, right in given_votes]
    mixed = list(votes)
    Random(seed).shuffle(mixed)

    ranking = quiz_score.standings(votes, 0)

    assert quiz_score.standings(mixed, 0) == ranking
    assert sum(each.points for each in ranking) == sum(vote.points for vote in votes)
    assert [each.rank for each in ranking] == sorted(each.rank for each in ranking)
    for each in ranking:
        assert each.rank == 1 + sum(other.points > each.points for other in ranking)


def test_equal_points_share_a_rank_and_the_next_one_is_left_out() -> None:
    votes = [a_vote(1, 90), a_vote(2, 70), a_vote(3, 70), a_vote(4, 10)]

    assert [(each.person_id, each.rank) for each in quiz_score.standings(votes)] == [
        (1, 1), (2, 2), (3, 2), (4, 4),
    ]  # fmt: skip


def test_what_the_newest_question_brought_is_told_apart() -> None:
    votes = [a_vote(1, 90, 0), a_vote(1, 60, 1), a_vote(2, 80, 0)]

    assert [(each.points, each.gained) for each in quiz_score.standings(votes, 1)] == [(150, 60), (80, 0)]


def test_the_hardest_question_is_the_one_with_the_smallest_share_of_right_votes() -> None:
    votes = [a_vote(1, 0, 0, right=False), a_vote(2, 90, 0), a_vote(1, 90, 1), a_vote(2, 90, 1)]
    votes += [a_vote(1, 0, 2, right=False), a_vote(2, 0, 2, right=False), a_vote(3, 90, 2)]

    assert quiz_score.hardest(votes) == (2, 1, 3)
    assert quiz_score.hardest([a_vote(1, 90), a_vote(2, 80)]) is None
    assert quiz_score.hardest([]) is None


def test_the_closest_call_has_right_and_wrong_nearest_to_each_other() -> None:
    votes = [a_vote(person, 90, 0, right=person > 1) for person in (1, 2, 3)]
    votes += [a_vote(person, 90, 1, right=person > 2) for person in (1, 2, 3, 4)]

    assert quiz_score.closest_call(votes) == (2, 2)
    assert quiz_score.closest_call([a_vote(1, 90), a_vote(2, 90)]) is None


def test_the_wrong_option_that_most_fell_for() -> None:
    votes = [a_vote(1, 90), a_vote(2, 0, right=False, chosen=2), a_vote(3, 0, right=False, chosen=1)]
    votes.append(a_vote(4, 0, right=False, chosen=2))

    assert quiz_score.most_chosen_wrong(votes, 0) == (2, 2)
    assert quiz_score.most_chosen_wrong(votes[:1], 0) is None
    assert quiz_score.right_of(votes, 0) == (1, 4)


@pytest.mark.parametrize(
    "counts, place, silent", [({}, 0, 1), ({}, 2, 3), ({0: 1}, 2, 2), ({2: 4}, 2, 0), ({0: 2, 1: 1}, 4, 3)]
)
def test_questions_in_a_row_that_nobody_voted_on(counts: dict[int, int], place: int, silent: int) -> None:
    assert quiz_score.silent_for(counts, place) == silent


@pytest.mark.parametrize(("points", "shown"), [(-25, "−25"), (0, "0"), (1250, "1,250")])
def test_points_are_shown_with_a_true_minus(points: int, shown: str) -> None:
    assert signed(points) == shown
    assert gained(points) == (shown if points < 0 else f"+{shown}")
    assert in_points(points) == f"{shown} points"
