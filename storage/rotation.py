"""Which backups are kept: the newest of each of the last days, and of each of the last weeks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta


def kept(moments: Iterable[datetime], now: datetime, *, days: int, weeks: int) -> set[datetime]:
    """Of these moments the newest of each of the last `days` days and of the last `weeks` weeks, today's included,
    and the newest of all. Days are UTC, weeks begin on Monday.
    """
    today = now.astimezone(UTC).date()
    newest: dict[tuple[str, date], datetime] = {}
    for moment in sorted(moments):
        day = moment.astimezone(UTC).date()
        newest["all", date.min] = moment
        if (today - day).days < days:
            newest["day", day] = moment
        if (_monday(today) - _monday(day)).days < 7 * weeks:
            newest["week", _monday(day)] = moment
    return set(newest.values())


def longest_kept(days: int, weeks: int) -> int:
    """Days after which a backup is gone for certain, given that a newer one was made meanwhile."""
    return max(days, 7 * weeks)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
