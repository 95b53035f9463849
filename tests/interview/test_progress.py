from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.progress import BestHours, average, best_hours, by_week, forecast, percent
from interview.rating import Rating
from interview.weak_spots import Rated

TODAY = date(2026, 11, 20)
AGAIN, HARD, GOOD, EASY = Rating


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def test_the_average_counts_partly_as_half() -> None:
    assert average([]) is None
    assert average([AGAIN, HARD, GOOD, EASY]) == pytest.approx(0.625)


def test_weeks_run_back_from_today_the_oldest_first() -> None:
    history = [
        Rated("llm", "rag", rating, ahead(-ago))
        for rating, ago in [(GOOD, -1), (AGAIN, 0), (GOOD, 6), (AGAIN, 7), (HARD, 27), (GOOD, 28)]
    ]

    assert by_week(history, TODAY) == (0.5, None, 0.0, 2 / 3)


def test_the_best_hours_are_named_with_enough_ratings_in_two_stretches() -> None:
    morning = [(9, GOOD)] * 5 + [(11, EASY)] * 5
    evening = [(21, AGAIN)] * 6 + [(23, GOOD)] * 4

    assert best_hours(morning + evening) == BestHours(9, (10 * 0.7 + 10) / 20)
    assert BestHours(21, 0.5).end == 24
    assert best_hours(morning + evening[:-1]) is None
    assert best_hours(morning) is None
    assert best_hours([]) is None


def test_hours_that_hardly_differ_are_not_named() -> None:
    assert best_hours([(9, GOOD)] * 10 + [(21, GOOD)] * 10) is None
    assert best_hours([(9, GOOD)] * 10 + [(21, GOOD)] * 9 + [(21, HARD)]) is None


def test_the_forecast_begins_today_and_holds_what_is_overdue() -> None:
    due = [ahead(-9), ahead(0), ahead(1), ahead(13), ahead(14)]

    assert forecast(due, TODAY) == (2, 1, *[0] * 11, 1)


@given(st.lists(st.integers(-30, 13).map(ahead), max_size=30))
def test_the_forecast_loses_nothing_within_its_days(due: list[date]) -> None:
    assert sum(forecast(due, TODAY)) == len(due)


@pytest.mark.parametrize("share, shown", [(0, "0 %"), (0.544, "54 %"), (0.9999, "100 %"), (1, "100 %")])
def test_a_share_is_shown_in_whole_percent(share: float, shown: str) -> None:
    assert percent(share) == shown
