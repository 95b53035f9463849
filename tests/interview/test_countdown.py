from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from interview.countdown import drawn_in

TODAY = date(2026, 11, 20)
days = st.integers(-10, 80).map(lambda ahead: TODAY + timedelta(days=ahead))
dues = st.dictionaries(st.integers(0, 500).map(str), days, max_size=60)
interviews = st.integers(1, 70).map(lambda ahead: TODAY + timedelta(days=ahead))


def test_what_is_due_after_the_interview_comes_in_the_two_weeks_before():
    interview = TODAY + timedelta(days=30)
    due = {"early": interview, "late": interview + timedelta(days=1), "later": interview + timedelta(days=20)}

    assert drawn_in(due, TODAY, interview) == {
        "late": interview - timedelta(days=14),
        "later": interview - timedelta(days=7),
    }


@given(dues, interviews)
def test_nothing_is_left_beyond_it_and_a_second_time_changes_nothing(due, interview):
    drawn = drawn_in(due, TODAY, interview)

    assert set(drawn) == {question_id for question_id, day in due.items() if day > interview}
    assert all(TODAY < day <= interview for day in drawn.values())
    assert drawn_in(due | drawn, TODAY, interview) == {}


@given(dues, interviews)
def test_the_order_stays_and_no_day_gets_more_than_its_share(due, interview):
    drawn = drawn_in(due, TODAY, interview)
    in_order = [drawn[question_id] for _, question_id in sorted((due[each], each) for each in drawn)]

    assert in_order == sorted(in_order)
    counts = Counter(drawn.values()).values()
    assert not counts or max(counts) - min(counts) <= 1
