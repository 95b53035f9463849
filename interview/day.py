"""Study days: the learner's local dates, each from 04:00 on its own clock to 04:00 on the next."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

ROLLOVER = time(4, 0)
NIGHT = time(22, 0)
"""From then until the day is over nothing comes that could wait for the morning."""

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)


def starts_at(day: date, zone: ZoneInfo) -> datetime:
    """The first moment (UTC) at which the local clock has reached 04:00 of `day`.

    Where clocks skip 04:00 that is the moment of the jump; where they show it twice, the first time.
    """
    return _first_reach(datetime.combine(day, ROLLOVER), zone)


def study_day(moment: datetime, zone: ZoneInfo) -> date:
    """The study day that `moment` (aware) lies in: the latest that has started. Never goes back in time."""
    local = moment.astimezone(zone).replace(tzinfo=None)
    day = (local - timedelta(hours=ROLLOVER.hour)).date()
    # Clocks that go back across 04:00 show yesterday's small hours again; the day that has started goes on.
    while starts_at(day + _DAY, zone) <= moment:
        day += _DAY
    return day


def is_night(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether the local clock shows the end of a study day: from 22:00 to 03:59."""
    local = moment.astimezone(zone).time()
    return local >= NIGHT or local < ROLLOVER


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) of study day `day` when the local clock shows `at`; before 04:00 is the next morning.

    A time shown twice counts the first time. A time that is skipped counts at the first moment after the
    jump; where that is the next study day already (clocks jump to 04:00 itself), at the last minute of `day`.
    A date that the zone leaves out altogether (Apia, 30 December 2011) is a study day of the four hours after
    the jump.
    """
    wall = datetime.combine(day if at >= ROLLOVER else day + _DAY, at.replace(microsecond=0, tzinfo=None))
    moment = _first_reach(wall, zone)
    last_minute = starts_at(day + _DAY, zone) - _MINUTE
    return min(moment, last_minute)


def next_moment(after: datetime, at: time, zone: ZoneInfo) -> tuple[datetime, date]:
    """The first moment (UTC) strictly after `after` when it is `at`, and its study day.

    Followed from moment to moment it meets every study day once and leaves none out.
    """
    day = study_day(after, zone)
    while (moment := moment_of(day, at, zone)) <= after:
        day += _DAY
    return moment, day


def jumped(moment: datetime, old: ZoneInfo, new: ZoneInfo) -> tuple[date, ...]:
    """The study days cut short or left out when a learner moves from zone `old` to `new` at `moment`.

    Going east, the new zone can be a date or two ahead; those days count as kept, and the day of arrival too when
    more than half of it is over. None when the date stays or goes back.
    """
    first, today = study_day(moment, old), study_day(moment, new)
    if today <= first:
        return ()
    begins_late = moment - starts_at(today, new) > _DAY / 2
    return tuple(first + n * _DAY for n in range((today - first).days + begins_late))


@lru_cache(maxsize=8_192)  # many learners share a zone and an hour
def _first_reach(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first moment (UTC) at which the clock in `zone` shows `wall` (naive) or later."""
    before = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    after = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if before <= after:
        return before
    # `wall` is skipped: read with the old offset it lies after the jump, with the new one before it.
    low, high = after, before
    while high - low > _SECOND:
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(zone).replace(tzinfo=None) < wall:
            low = middle
        else:
            high = middle
    return high
