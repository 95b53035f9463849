"""The pool of mistakes: in by Missed, out by two recalls since."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.learning import RIGHT_TIMES, mistakes
from interview.rating import Rating

AGAIN, HARD, GOOD, EASY = Rating


@pytest.mark.parametrize(
    ("ratings", "is_mistake"),
    [
        ([], False),
        ([GOOD, HARD], False),
        ([AGAIN], True),
        ([AGAIN, GOOD], True),
        ([AGAIN, GOOD, EASY], False),
        ([AGAIN, HARD, HARD], True),
        ([AGAIN, GOOD, HARD, GOOD], False),
        ([AGAIN, GOOD, AGAIN, GOOD], True),
        ([AGAIN, GOOD, GOOD, AGAIN], True),
        ([GOOD, GOOD, AGAIN], True),
    ],
)
def test_what_was_missed_stays_until_right_twice_since(ratings, is_mistake):
    assert mistakes(("q", rating) for rating in ratings) == (("q",) if is_mistake else ())


def test_the_last_missed_comes_first():
    assert mistakes([("a", AGAIN), ("b", AGAIN), ("c", AGAIN), ("a", AGAIN)]) == ("a", "c", "b")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(Rating))))
def test_questions_do_not_touch_each_other(rated):
    pool = mistakes(rated)

    for question in "abc":
        alone = mistakes(line for line in rated if line[0] == question)
        assert (question in pool) == bool(alone)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(Rating))))
def test_two_more_recalls_always_empty_the_pool(rated):
    assert mistakes([*rated, *[(question, GOOD) for question in "abc"] * RIGHT_TIMES]) == ()
