"""Dates and counts as a learner reads them, the same in every language setting of the machine."""

from __future__ import annotations

from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def plural(count: int, noun: str, nouns: str | None = None) -> str:
    """`1 day`, `2 days`; `nouns` where an s is not enough."""
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"


def dated(day: date, today: date) -> str:
    """A study day and how far off it is: `29 November (9 days)`, `tomorrow`, `14 February 2027 (86 days)`."""
    days = (day - today).days
    if days in (-1, 0, 1):
        return ("yesterday", "today", "tomorrow")[days + 1]
    name = f"{day.day} {_MONTHS[day.month - 1]}"
    if day.year != today.year:
        name = f"{name} {day.year}"
    return f"{name} ({plural(days, 'day') if days > 0 else plural(-days, 'day') + ' ago'})"
