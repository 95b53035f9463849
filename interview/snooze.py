"""When a snoozed daily comes again: later on the same study day, or not at all."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from interview.asking import Asking, Purpose, Step
from interview.day import moment_of, starts_at, study_day

IN_AN_HOUR = timedelta(hours=1)
TONIGHT = time(20)
_TONIGHT_UNTIL = time(19)  # after that "in 1 h" is as good


class Snooze(StrEnum):
    """How long a learner can put a daily off; the values stand in buttons for ever."""

    HOUR = "h"
    TONIGHT = "t"

    @property
    def label(self) -> str:
        """What the button says."""
        return "In 1 h" if self is Snooze.HOUR else "Tonight"


def snoozed_until(how: Snooze, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment (UTC) at which it comes again; None where that has passed, or would be after the study day's end."""
    day = study_day(now, zone)
    if how is Snooze.TONIGHT:
        return moment_of(day, TONIGHT, zone) if now <= moment_of(day, _TONIGHT_UNTIL, zone) else None
    later = now + IN_AN_HOUR
    return later if later < starts_at(day + timedelta(days=1), zone) else None


def offered(asking: Asking, today: date, now: datetime, zone: ZoneInfo) -> tuple[Snooze, ...]:
    """How the asking can be put off: a daily of today that is still open, else not at all."""
    if not can_wait(asking, today):
        return ()
    return tuple(how for how in Snooze if snoozed_until(how, now, zone) is not None)


def can_wait(asking: Asking, today: date) -> bool:
    """Whether it is a daily of today that is neither answered nor skipped."""
    return asking.purpose is Purpose.DAILY and asking.study_day == today and asking.step is Step.ASKED
