from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rotation import kept, longest_kept

TODAY = datetime(2026, 3, 18, 3, 30, tzinfo=UTC)  # a Wednesday
NIGHTS = [TODAY - timedelta(days=day) for day in range(100)]


def days_ago(moments: set[datetime]) -> list[int]:
    return sorted((TODAY - moment).days for moment in moments)


@pytest.mark.parametrize(
    "days, weeks, ages",
    [
        (7, 4, [0, 1, 2, 3, 4, 5, 6, 10, 17]),  # 10 and 17 days ago were Sundays, as was 3 days ago
        (3, 0, [0, 1, 2]),
        (0, 3, [0, 3, 10]),
        (1, 1, [0]),
        (0, 0, [0]),
    ],
)
def test_the_newest_of_each_of_the_last_days_and_weeks_is_kept(
    days: int, weeks: int, ages: list[int]
) -> None:
    assert days_ago(kept(NIGHTS, TODAY, days=days, weeks=weeks)) == ages


def test_of_two_on_one_day_the_newer_is_kept() -> None:
    noon = TODAY + timedelta(hours=8)

    assert kept([TODAY, noon], noon, days=7, weeks=4) == {noon}


def test_a_day_without_a_backup_keeps_no_older_one_in_its_place() -> None:
    old = TODAY - timedelta(days=7)

    assert kept([TODAY, old], TODAY, days=7, weeks=0) == {TODAY}


def test_the_newest_of_all_is_kept_however_old_it_is() -> None:
    old = TODAY - timedelta(days=400)

    assert kept([old, old - timedelta(days=1)], TODAY, days=7, weeks=4) == {old}


hours = st.integers(0, 150 * 24).map(lambda hour: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour))
moments = st.lists(hours, unique=True, max_size=40)
numbers = st.integers(0, 12)


@given(moments, numbers, numbers)
def test_what_is_kept_was_there_and_is_no_older_than_promised(
    moments: list[datetime], days: int, weeks: int
) -> None:
    now = datetime(2026, 6, 2, 12, tzinfo=UTC)

    left = kept(moments, now, days=days, weeks=weeks)

    assert left <= set(moments)
    newest = {max(moments)} if moments else set()
    oldest = timedelta(days=longest_kept(days, weeks))
    assert all(now.date() - moment.date() < oldest for moment in left - newest)


@given(moments, numbers, numbers)
def test_to_rotate_twice_is_to_rotate_once(moments: list[datetime], days: int, weeks: int) -> None:
    now = datetime(2026, 6, 2, 12, tzinfo=UTC)

    left = kept(moments, now, days=days, weeks=weeks)

    assert kept(left, now, days=days, weeks=weeks) == left
