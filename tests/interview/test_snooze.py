"""How long a daily can be put off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.day import study_day
from interview.snooze import Snooze, snoozed_until

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "now, in_an_hour, tonight",
    [
        ("09:00", "10:00", "20:00"),
        ("19:00", "20:00", "20:00"),
        ("19:01", "20:01", None),
        ("02:59", "03:59", None),
        ("03:00", None, None),
        ("03:59", None, None),
        ("04:00", "05:00", "20:00"),
    ],
)
def test_it_comes_again_within_the_study_day_or_not_at_all(
    now: str, in_an_hour: str | None, tonight: str | None
) -> None:
    moment = datetime.fromisoformat(f"2026-03-02T{now}").replace(tzinfo=BERLIN).astimezone(UTC)

    for how, expected in ((Snooze.HOUR, in_an_hour), (Snooze.TONIGHT, tonight)):
        until = snoozed_until(how, moment, BERLIN)
        assert (until and f"{until.astimezone(BERLIN):%H:%M}") == expected


@given(
    st.integers(0, 366 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes)),
    st.sampled_from([BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")]),
    st.sampled_from(Snooze),
)
def test_whenever_it_is_snoozed_it_comes_later_on_the_same_day(
    now: datetime, zone: ZoneInfo, how: Snooze
) -> None:
    until = snoozed_until(how, now, zone)

    if until is not None:
        assert now + timedelta(minutes=59) < until
        assert study_day(until, zone) == study_day(now, zone)
