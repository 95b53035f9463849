"""Dates and counts as a learner reads them, the same in every language setting of the machine."""

from __future__ import annotations

from datetime import date, timedelta

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


def lasting(time: timedelta) -> str:
    """How long something took, in two units at most: `45 s`, `2 min 10 s`, `3 h`, `2 days 4 h`. Never less than 0 s."""
    seconds = max(0, round(time.total_seconds()))
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if days:
        parts = [plural(days, "day"), f"{hours % 24} h" if hours % 24 else ""]
    elif hours:
        parts = [f"{hours} h", f"{minutes % 60} min" if minutes % 60 else ""]
    elif minutes:
        parts = [f"{minutes} min", f"{seconds % 60} s" if seconds % 60 else ""]
    else:
        parts = [f"{seconds} s"]
    return " ".join(part for part in parts if part)
