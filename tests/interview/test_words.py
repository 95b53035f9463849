from __future__ import annotations

from datetime import date, timedelta

import pytest

from interview.words import dated, lasting, plural

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "day, words",
    [
        (date(2026, 11, 19), "yesterday"),
        (date(2026, 11, 20), "today"),
        (date(2026, 11, 21), "tomorrow"),
        (date(2026, 11, 29), "29 November (9 days)"),
        (date(2027, 2, 14), "14 February 2027 (86 days)"),
        (date(2026, 11, 17), "17 November (3 days ago)"),
    ],
)
def test_a_day_is_named_with_how_far_off_it_is(day: date, words: str) -> None:
    assert dated(day, TODAY) == words


def test_one_is_not_many() -> None:
    assert [plural(n, "day") for n in (0, 1, 2, 1200)] == ["0 days", "1 day", "2 days", "1,200 days"]
    assert plural(2, "reply", "replies") == "2 replies"


@pytest.mark.parametrize(
    "seconds, words",
    [
        (-3, "0 s"),
        (45.4, "45 s"),
        (60, "1 min"),
        (130, "2 min 10 s"),
        (3600, "1 h"),
        (3 * 3600 + 300, "3 h 5 min"),
        (86400, "1 day"),
        (2 * 86400 + 4 * 3600 + 59, "2 days 4 h"),
    ],
)
def test_a_time_is_told_in_two_units_at_most(seconds: float, words: str) -> None:
    assert lasting(timedelta(seconds=seconds)) == words
