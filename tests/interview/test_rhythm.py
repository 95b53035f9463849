"""Which study days get a daily."""

from __future__ import annotations

from datetime import date, timedelta

from interview.rhythm import Rhythm

MONDAY = date(2026, 3, 2)


def dailies(rhythm: Rhythm, days: int) -> list[int]:
    """On which of the coming days, counted from 1, there is a daily."""
    return [ahead for ahead in range(1, days + 1) if rhythm.wants(MONDAY + timedelta(days=ahead))]


def test_every_day_after_the_last_daily_gets_one() -> None:
    assert dailies(Rhythm(last_daily_on=MONDAY + timedelta(days=2)), 5) == [3, 4, 5]


def test_rest_days_are_left_out_and_break_no_streak() -> None:
    weekends = Rhythm(rest_days={6, 7}, last_daily_on=MONDAY)

    assert dailies(weekends, 14) == [1, 2, 3, 4, 7, 8, 9, 10, 11, 14]
    assert weekends.rested(MONDAY, MONDAY + timedelta(days=6)) == {date(2026, 3, 7), date(2026, 3, 8)}


def test_a_pause_is_really_silent_and_ends_by_itself() -> None:
    paused = Rhythm(paused_until=MONDAY + timedelta(days=5), last_daily_on=MONDAY)

    assert dailies(paused, 7) == [5, 6, 7]
