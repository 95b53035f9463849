import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.follow_up import next_follow_up
from interview.question import FollowUp, Quality
from interview.rating import Rating

MISSED, PARTLY, GOT_IT, EASY = Rating
FOLLOW_UPS = [
    FollowUp(quality, "?", "!") for quality in (Quality.STRONG, Quality.PARTIAL, Quality.WEAK, Quality.STRONG)
]


@pytest.mark.parametrize(
    "rating, now_asked, ever_asked, number",
    [
        (MISSED, (), (), 2),
        (PARTLY, (), (), 1),
        (GOT_IT, (), (), 0),
        (EASY, (), (), 0),
        (GOT_IT, (0,), (0,), 3),
        (GOT_IT, (), (0,), 3),
        (GOT_IT, (), (0, 3), 0),
        (GOT_IT, (0, 3), (0, 3), None),
        (MISSED, (2,), (2,), None),
        (MISSED, (0,), (), 2),
    ],
)
def test_the_follow_up_suits_the_rating_and_is_the_first_not_yet_asked(rating, now_asked, ever_asked, number):
    assert next_follow_up(FOLLOW_UPS, rating, now_asked, ever_asked) == number


@given(st.sampled_from(Rating), st.sets(st.integers(0, 3)), st.sets(st.integers(0, 3)))
def test_nothing_is_asked_twice_after_one_answer(rating, now_asked, ever_asked):
    offered = next_follow_up(FOLLOW_UPS, rating, now_asked, ever_asked)

    assert offered is None or offered not in now_asked


def test_a_question_without_follow_ups_offers_none():
    assert next_follow_up((), GOT_IT, (), ()) is None
