"""When a daily quiz comes: once a study day, through both changes of the clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.day import study_day
from interview.quiz_daily import QuizDaily, afresh, last_due, next_after, week_of

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo", "UTC"])
MOMENTS = st.integers(0, 730 * 86_400).map(lambda s: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=s))


def daily(at: str = "18:00", **more: object) -> QuizDaily:
    return QuizDaily(-1, 0, time.fromisoformat(at), None, None, 7, 1001, **more)  # type: ignore[arg-type]


def test_it_comes_at_the_groups_own_hour():
    assert next_after(daily(), NOW, BERLIN) == datetime(2026, 11, 20, 17, tzinfo=UTC)
    assert next_after(daily("09:00"), NOW, BERLIN) == datetime(2026, 11, 21, 8, tzinfo=UTC)


def test_a_day_that_had_its_quiz_gets_no_second():
    had = daily(last_on=date(2026, 11, 20))

    assert next_after(had, NOW, BERLIN) == datetime(2026, 11, 21, 17, tzinfo=UTC)


@given(
    ZONES.map(ZoneInfo),
    st.times().map(lambda at: at.replace(microsecond=0, second=0)),
    MOMENTS,
)
def test_followed_from_quiz_to_quiz_it_meets_every_study_day_once(zone, at, now):
    one = daily(f"{at:%H:%M}")
    days = []
    for _ in range(5):
        now = next_after(one, now, zone)
        days.append(study_day(now, zone))
        one = replace(one, last_on=days[-1])

    assert days == [days[0] + timedelta(days=n) for n in range(5)]


@given(
    ZONES.map(ZoneInfo),
    st.times().map(lambda at: at.replace(microsecond=0, second=0)),
    MOMENTS,
)
def test_what_was_last_due_is_what_was_next_before(zone, at, now):
    one = daily(f"{at:%H:%M}")

    moment, day = last_due(one, now, zone)

    assert moment <= now < next_after(one, now, zone)
    assert study_day(moment, zone) == day
    assert next_after(one, moment - timedelta(seconds=1), zone) == moment


def test_set_anew_it_forgets_whom_it_missed_but_not_that_today_had_its_quiz():
    rests = daily(last_on=date(2026, 11, 20), unplayed=3)

    again = afresh(rests, NOW, BERLIN)

    assert (again.unplayed, again.last_on) == (0, date(2026, 11, 20))
    assert again.next_at == datetime(2026, 11, 21, 17, tzinfo=UTC)

    next_day = afresh(rests, NOW + timedelta(days=1), BERLIN)
    assert (next_day.last_on, next_day.next_at) == (None, datetime(2026, 11, 21, 17, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "week"),
    [(date(2026, 11, 20), "2026-W47"), (date(2027, 1, 1), "2026-W53"), (date(2027, 1, 4), "2027-W01")],
)
def test_weeks_are_those_of_the_calendar(day, week):
    assert week_of(day) == week
