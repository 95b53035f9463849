"""Moments as the tables keep them: whole milliseconds since 1970 in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """Milliseconds since the epoch, rounded down; ValueError for a moment that names no zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} names no zone")
    return (moment - _EPOCH) // _MILLISECOND


def from_ms(milliseconds: int) -> datetime:
    """The moment in UTC that many milliseconds after the epoch."""
    return _EPOCH + milliseconds * _MILLISECOND
