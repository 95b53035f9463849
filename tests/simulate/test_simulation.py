"""A month of many learners against an independent recount of what they are owed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

import interview.day
import interview.learner
import interview.quiz_daily
import interview.quiz_score
from tests.simulate.group_oracle import Due, GroupLife, points_of
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
    assert result.counts["daily quizzes"] > 50
    assert result.counts["votes"] > 300
    assert result.counts["pauses"] == 1


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


async def test_a_daily_quiz_that_pauses_too_soon_is_found_out(tmp_path, monkeypatch):
    monkeypatch.setattr(interview.quiz_daily, "PAUSES_AFTER", 2)

    result = await simulate(tmp_path / "coach.sqlite3", learners=1, days=12, seed=5)

    assert any("a daily quiz" in line or "nothing came" in line or "pause" in line for line in result.wrong)


async def test_points_for_the_wrong_moment_are_found_out(tmp_path, monkeypatch):
    right = interview.quiz_score.took
    monkeypatch.setattr(
        interview.quiz_score,
        "took",
        lambda opened, voted, lasts, belated: right(opened, opened, lasts, belated=belated),
    )

    result = await simulate(tmp_path / "coach.sqlite3", learners=1, days=2, seed=5)

    assert any("is told as" in line for line in result.wrong)


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


def test_the_oracle_owes_a_group_nothing_after_three_that_nobody_played():
    life = GroupLife(BERLIN, time(18), since=datetime(2026, 7, 1, 12, tzinfo=UTC), unplayed=3)

    due = life.due_until(datetime(2026, 7, 4, 12, tzinfo=UTC))

    assert due == [Due(date(2026, 7, 1), datetime(2026, 7, 1, 16, tzinfo=UTC), pause=True)]


def test_the_oracle_knows_what_a_vote_brings():
    half = timedelta(seconds=15)

    assert points_of(True, half, 2 * half) == 75
    assert points_of(False, half, 2 * half) == 0
    assert points_of(False, timedelta(seconds=1), 2 * half) == -25
