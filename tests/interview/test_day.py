from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.day import jumped, moment_of, next_moment, starts_at, study_day

zoneinfo.reset_tzpath(())  # the rules of the tzdata package, whatever this system has

DAY = timedelta(days=1)
ZONES = [
    "UTC",
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Anchorage",
    "America/New_York",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Pyongyang",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/Helsinki",
    "Europe/Lisbon",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kwajalein",
    "Pacific/Kiritimati",
]

zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.datetimes(
    datetime(1965, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    datetime(2037, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
days = st.dates(date(1965, 1, 1), date(2036, 12, 31))
minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "zone, moment, day",
    [
        ("UTC", "2026-11-20 03:59:59", date(2026, 11, 19)),
        ("UTC", "2026-11-20 04:00", date(2026, 11, 20)),
        ("Asia/Tokyo", "2026-11-20 18:59", date(2026, 11, 20)),
        ("Asia/Tokyo", "2026-11-20 19:00", date(2026, 11, 21)),
        ("America/New_York", "2026-11-20 08:59", date(2026, 11, 19)),
        ("Asia/Kathmandu", "2026-11-19 22:15", date(2026, 11, 20)),
        ("Asia/Kathmandu", "2026-11-19 22:14", date(2026, 11, 19)),
    ],
)
def test_a_study_day_begins_at_four_in_the_morning_on_the_learners_clock(
    zone: str, moment: str, day: date
) -> None:
    assert study_day(utc(moment), ZoneInfo(zone)) == day


@pytest.mark.parametrize(
    "zone, day, at, moment",
    [
        ("Europe/Berlin", date(2026, 11, 20), time(9), "2026-11-20 08:00"),
        ("Europe/Berlin", date(2026, 11, 20), time(3, 59), "2026-11-21 02:59"),
        # 02:30 does not exist on 29 March 2026 in Berlin: the clock goes from 02:00 to 03:00 at 01:00 UTC.
        ("Europe/Berlin", date(2026, 3, 28), time(2, 30), "2026-03-29 01:00"),
        # 02:30 comes twice on 25 October 2026 in Berlin, first in summer time.
        ("Europe/Berlin", date(2026, 10, 24), time(2, 30), "2026-10-25 00:30"),
        ("America/New_York", date(2026, 3, 7), time(2, 15), "2026-03-08 07:00"),
        ("America/New_York", date(2026, 10, 31), time(1, 30), "2026-11-01 05:30"),
        # Half an hour forward on 4 October 2026: 02:00 becomes 02:30.
        ("Australia/Lord_Howe", date(2026, 10, 3), time(2, 10), "2026-10-03 15:30"),
        # Midnight is skipped on 24 April 2026 in Cairo, and was on 4 November 2018 in São Paulo.
        ("Africa/Cairo", date(2026, 4, 23), time(0, 20), "2026-04-23 22:00"),
        ("America/Sao_Paulo", date(2018, 11, 3), time(0, 0), "2018-11-04 03:00"),
        # Samoa had no 30 December 2011.
        ("Pacific/Apia", date(2011, 12, 29), time(9), "2011-12-29 19:00"),
        ("Pacific/Apia", date(2011, 12, 30), time(9), "2011-12-30 10:00"),
        ("Pacific/Apia", date(2011, 12, 31), time(9), "2011-12-30 19:00"),
        # In Helsinki the clock jumps from 03:00 to 04:00, where the next study day begins.
        ("Europe/Helsinki", date(2026, 3, 28), time(3, 30), "2026-03-29 00:59"),
    ],
)
def test_a_local_time_has_one_moment_in_each_study_day(zone: str, day: date, at: time, moment: str) -> None:
    assert moment_of(day, at, ZoneInfo(zone)) == utc(moment)


def test_the_date_that_samoa_left_out_is_a_study_day_of_four_hours() -> None:
    apia = ZoneInfo("Pacific/Apia")

    assert starts_at(date(2011, 12, 30), apia) == utc("2011-12-30 10:00")
    assert starts_at(date(2011, 12, 31), apia) == utc("2011-12-30 14:00")


@given(zone=zones, day=days)
def test_a_study_day_starts_when_the_clock_first_reaches_four(zone: ZoneInfo, day: date) -> None:
    start = starts_at(day, zone)
    four = datetime.combine(day, time(4))

    assert start.utcoffset() == timedelta(0)
    assert start.astimezone(zone).replace(tzinfo=None) >= four
    just_before = start - timedelta(seconds=1)
    assert just_before.astimezone(zone).replace(tzinfo=None) < four


@given(zone=zones, day=days)
def test_study_days_start_in_order_and_none_is_empty(zone: ZoneInfo, day: date) -> None:
    length = starts_at(day + DAY, zone) - starts_at(day, zone)

    assert timedelta(hours=4) <= length <= timedelta(hours=48)


@given(zone=zones, moment=moments)
def test_a_moment_lies_between_the_start_of_its_study_day_and_of_the_next(
    zone: ZoneInfo, moment: datetime
) -> None:
    day = study_day(moment, zone)

    assert starts_at(day, zone) <= moment < starts_at(day + DAY, zone)


@given(zone=zones, moment=moments, later=st.timedeltas(timedelta(0), timedelta(hours=30)))
def test_study_days_never_go_back(zone: ZoneInfo, moment: datetime, later: timedelta) -> None:
    assert study_day(moment, zone) <= study_day(moment + later, zone)


def test_clocks_that_go_back_across_four_do_not_bring_yesterday_back() -> None:
    # Kwajalein crossed the date line: on 30 September 1969, 23:59 was followed by 01:00 of the same date.
    kwajalein = ZoneInfo("Pacific/Kwajalein")
    before, after = utc("1969-09-30 12:59"), utc("1969-09-30 13:00")
    assert [moment.astimezone(kwajalein).hour for moment in (before, after)] == [23, 1]

    assert study_day(before, kwajalein) == study_day(after, kwajalein) == date(1969, 9, 30)


@given(zone=zones, day=days, at=minutes)
def test_the_moment_of_a_study_day_lies_within_it(zone: ZoneInfo, day: date, at: time) -> None:
    assert study_day(moment_of(day, at, zone), zone) == day


@given(zone=zones, day=days, at=minutes)
def test_the_clock_shows_the_hour_asked_for_unless_it_is_skipped(zone: ZoneInfo, day: date, at: time) -> None:
    moment = moment_of(day, at, zone)

    shown = moment.astimezone(zone).time()
    wall = datetime.combine(day if at >= time(4) else day + DAY, at)
    exists = wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall
    assert not exists or shown == at


@given(zone=zones, after=moments, at=minutes)
def test_next_moments_meet_every_study_day_once(zone: ZoneInfo, after: datetime, at: time) -> None:
    moment, day = next_moment(after, at, zone)
    assert moment > after
    assert day - study_day(after, zone) in (timedelta(0), DAY)

    for _ in range(4):
        following, its_day = next_moment(moment, at, zone)

        assert following > moment
        assert its_day == day + DAY
        moment, day = following, its_day


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("at", [time(2, 30), time(9)])
def test_a_year_of_dailies_has_one_on_every_study_day(name: str, at: time) -> None:
    zone = ZoneInfo(name)
    moment = starts_at(date(2026, 1, 1), zone) - timedelta(seconds=1)

    met = []
    for _ in range(400):
        moment, day = next_moment(moment, at, zone)
        met.append(day)
        assert study_day(moment, zone) == day

    assert met == [met[0] + n * DAY for n in range(400)]


def test_the_moment_itself_is_not_its_own_next() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    nine = moment_of(date(2026, 11, 20), time(9), berlin)

    assert next_moment(nine, time(9), berlin) == (nine + DAY, date(2026, 11, 21))
    assert next_moment(nine - timedelta(microseconds=1), time(9), berlin) == (nine, date(2026, 11, 20))


def test_a_journey_east_cuts_days_short_and_one_west_does_not() -> None:
    tokyo, honolulu = ZoneInfo("Asia/Tokyo"), ZoneInfo("Pacific/Honolulu")
    moment = utc("2026-11-20 20:00")  # 10:00 on the 20th in Honolulu, 05:00 on the 21st in Tokyo

    assert jumped(moment, honolulu, tokyo) == (date(2026, 11, 20),)
    assert jumped(moment + timedelta(hours=12), honolulu, tokyo) == (date(2026, 11, 20), date(2026, 11, 21))
    assert jumped(moment, tokyo, honolulu) == ()
    assert jumped(moment, tokyo, tokyo) == ()
