"""A month of many learners against an independent recount of what they are owed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

import interview.day
import interview.learner
from tests.simulate.oracle import Life, hour_of
from tests.simulate.rooms import simulate_rooms
from tests.simulate.world import simulate

BERLIN = ZoneInfo("Europe/Berlin")


async def test_a_month_of_dailies_and_streaks_is_what_an_independent_recount_says(tmp_path):
    result = await simulate(tmp_path / "coach.sqlite3", learners=25, days=30, seed=5)
    print(result)

    assert not result.wrong
    assert result.counts["dailies"] > 550
    assert result.counts["ratings"] > 500


async def test_a_fortnight_of_a_hundred_learners_through_rules_and_tables_is_too(tmp_path):
    result = await simulate_rooms(tmp_path / "coach.sqlite3", 100, days=14, seed=5)

    assert not result.wrong
    assert result.counts["dailies"] > 1_200


async def test_a_daily_that_comes_an_hour_late_on_one_day_is_found_out(tmp_path, monkeypatch):
    right = interview.day.moment_of

    def wrong(day: date, at: time, zone: ZoneInfo) -> datetime:
        return right(day, at, zone) + timedelta(hours=day == date(2026, 3, 5))

    monkeypatch.setattr(interview.learner, "moment_of", wrong)

    result = await simulate(tmp_path / "coach.sqlite3", learners=2, days=6, seed=5)

    assert result.wrong


@pytest.mark.parametrize(
    "day, at, expected",
    [
        (date(2026, 3, 28), time(2, 30), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),  # left out
        (date(2026, 10, 24), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # of two the first
        (date(2026, 7, 1), time(9), datetime(2026, 7, 1, 7, 0, tzinfo=UTC)),
    ],
)
def test_the_oracle_knows_when_clocks_change(day, at, expected):
    assert hour_of(day, at, BERLIN) == expected


def test_the_oracle_counts_freezes():
    life = Life(BERLIN, time(9))
    first = date(2026, 7, 1)
    life.rated = {first + timedelta(days=n) for n in (*range(8), 9)}

    assert life.streak(datetime(2026, 7, 10, 12, tzinfo=UTC)) == (9, 0)
