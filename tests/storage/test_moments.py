from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.moments import from_ms, to_ms


@given(st.integers(min_value=-62_135_596_800_000, max_value=253_402_300_799_999))
def test_milliseconds_come_back_as_they_were(milliseconds: int) -> None:
    moment = from_ms(milliseconds)

    assert to_ms(moment) == milliseconds
    assert moment.tzinfo is UTC


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1)))  # noqa: DTZ001 the strategy wants them bare
def test_a_moment_loses_less_than_a_millisecond(moment: datetime) -> None:
    assert timedelta() <= moment - from_ms(to_ms(moment)) < timedelta(milliseconds=1)


def test_any_zone_means_the_same_moment() -> None:
    tokyo = datetime(2026, 11, 20, 9, tzinfo=timezone(timedelta(hours=9)))

    assert from_ms(to_ms(tokyo)) == datetime(2026, 11, 20, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="names no zone"):
        to_ms(datetime(2026, 11, 20))  # noqa: DTZ001 the point of the test
