"""When a streak at risk may be spoken of."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.day import moment_of, study_day
from interview.learner import Learner
from interview.question import Level
from interview.reminder import reminder_at
from interview.roles import Role

DAY = date(2026, 3, 2)
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = [
    ZoneInfo(name) for name in ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kolkata")
]


@pytest.mark.parametrize(
    "at, daily_at, comes",
    [
        ("20:00", "09:00", True),
        ("20:00", "17:59", True),
        ("20:00", "18:00", False),
        ("20:00", "19:30", False),
        ("20:00", "22:00", False),
        ("20:00", "22:01", True),
        ("21:59", "09:00", True),
        ("22:00", "09:00", False),
        ("02:00", "09:00", False),
        ("07:59", "18:00", False),
        ("08:00", "18:00", True),
        ("08:00", "06:30", False),
    ],
)
def test_never_at_night_and_never_close_to_the_daily(at: str, daily_at: str, comes: bool) -> None:
    moment = reminder_at(DAY, time.fromisoformat(at), time.fromisoformat(daily_at), BERLIN)

    assert (moment is not None) == comes
    if moment is not None:
        assert f"{moment.astimezone(BERLIN):%H:%M}" == at


def learner(**other: object) -> Learner:
    values: dict[str, object] = {
        "id": 1, "language": None, "zone": BERLIN, "zone_chosen": True, "daily_time": time(9),
        "role": Role.EVERYTHING, "topics": (), "level": Level.MIDDLE, "joined_at": datetime(2026, 1, 1, tzinfo=UTC),
        "setup_step": None, "setup_message_id": None, "awaiting": None, "awaiting_until": None,
        "last_daily_on": DAY, "next_daily_at": None, "unreachable_at": None, "last_active_on": DAY,
    }  # fmt: skip
    return Learner(**{**values, **other})  # type: ignore[arg-type]


NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)


def local(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment.astimezone(BERLIN):%a %H:%M}"


@pytest.mark.parametrize(
    "other, comes",
    [
        ({}, "Mon 20:00"),
        ({"last_reminder_on": DAY}, "Tue 20:00"),
        ({"rest_days": frozenset({1, 2})}, "Wed 20:00"),
        ({"paused_until": DAY + timedelta(days=3)}, "Thu 20:00"),
        ({"reminders": False}, None),
        ({"unreachable_at": NOON}, None),
        ({"daily_time": time(19)}, None),
        ({"reminder_time": time(23)}, None),
        ({"last_active_on": DAY - timedelta(days=3)}, "Mon 20:00"),
        ({"last_active_on": DAY - timedelta(days=4)}, None),
    ],
)
def test_the_next_reminder(other: dict[str, object], comes: str | None) -> None:
    assert local(learner(**other).reminder_after(NOON)) == comes


def test_after_the_hour_it_is_tomorrows() -> None:
    assert local(learner().reminder_after(datetime(2026, 3, 2, 19, tzinfo=UTC))) == "Tue 20:00"


@given(
    st.integers(0, 366 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes)),
    st.sampled_from(ZONES),
    st.times(),
    st.times(),
    st.frozensets(st.integers(1, 7), max_size=6),
)
def test_wherever_and_whenever_it_comes_by_day_and_away_from_the_daily(
    now: datetime, zone: ZoneInfo, at: time, daily_at: time, rest_days: frozenset[int]
) -> None:
    someone = learner(
        zone=zone,
        reminder_time=at,
        daily_time=daily_at,
        rest_days=rest_days,
        last_active_on=study_day(now, zone),
    )

    moment = someone.reminder_after(now)

    if moment is not None:
        day = study_day(moment, zone)
        assert moment > now
        assert 8 <= moment.astimezone(zone).hour < 22
        assert abs(moment - moment_of(day, daily_at, zone)) > timedelta(hours=2)
        assert day.isoweekday() not in rest_days
