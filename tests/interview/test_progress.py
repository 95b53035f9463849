from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.progress import Hours, average, best_hours, by_hours, by_week, forecast, heat, percent
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


def test_hours_are_told_where_there_are_enough_ratings() -> None:
    morning = [(9, GOOD)] * 5 + [(11, EASY)] * 5
    evening = [(21, AGAIN)] * 6 + [(23, GOOD)] * 4

    known = by_hours(evening + morning)

    assert known == (Hours(9, (10 * 0.7 + 10) / 20), Hours(21, (10 * 0.7 + 4) / 20))
    assert known[1].end == 24
    assert best_hours(known) == known[0]
    [alone] = by_hours(morning + evening[:-1])
    assert alone.first == 9
    assert alone.recall == pytest.approx((10 * 13 / 19 + 10) / 20)
    assert by_hours([]) == ()


def test_hours_that_hardly_differ_have_no_best() -> None:
    assert best_hours(by_hours([(9, GOOD)] * 10 + [(21, GOOD)] * 10)) is None
    assert best_hours(by_hours([(9, GOOD)] * 10 + [(21, GOOD)] * 9 + [(21, HARD)])) is None
    assert best_hours(()) is None


def test_the_heat_map_has_a_row_a_weekday_and_ends_today() -> None:
    friday = date(2026, 11, 20)

    table = heat([friday, friday, date(2026, 11, 9), date(2026, 11, 8)], friday, weeks=2)

    assert [row[1] for row in table] == [0, 0, 0, 0, 2, None, None]
    assert [row[0] for row in table] == [1, 0, 0, 0, 0, 0, 0]


def test_the_forecast_begins_today_and_holds_what_is_overdue() -> None:
    due = [ahead(-9), ahead(0), ahead(1), ahead(13), ahead(14)]

    assert forecast(due, TODAY) == (2, 1, *[0] * 11, 1)


@given(st.lists(st.integers(-30, 13).map(ahead), max_size=30))
def test_the_forecast_loses_nothing_within_its_days(due: list[date]) -> None:
    assert sum(forecast(due, TODAY)) == len(due)


@pytest.mark.parametrize("share, shown", [(0, "0 %"), (0.544, "54 %"), (0.9999, "100 %"), (1, "100 %")])
def test_a_share_is_shown_in_whole_percent(share: float, shown: str) -> None:
    assert percent(share) == shown
