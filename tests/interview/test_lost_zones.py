from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from interview.lost_zones import is_known, zone_of

MOMENT = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "Europe/Atlantis\0", "Europe"])
def test_a_zone_that_is_not_there_keeps_its_name_and_lives_by_utc(name):
    zone = zone_of(name)

    assert not is_known(zone)
    assert zone.key == name
    local = MOMENT.astimezone(zone)
    assert (local.utcoffset(), local.tzname()) == (timedelta(), "UTC")
    assert (local + timedelta(days=200)).astimezone(UTC) == MOMENT + timedelta(days=200)


def test_a_zone_that_is_there_is_itself():
    assert zone_of("Asia/Tokyo") is ZoneInfo("Asia/Tokyo")
    assert is_known(zone_of("UTC"))
