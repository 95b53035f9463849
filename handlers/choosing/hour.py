"""Choosing an hour: buttons from 07 to 22, or typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time

from handlers.kit.press import Press
from handlers.kit.reply import Button, Buttons, rows

ASK = "Tap an hour, or type any time, for example 18:45."
UNKNOWN = "That is no time I can read. Type it like 08:30, 18:45 or 7 pm."

ASK_REMINDER = (
    "<b>When shall I remind you?</b> Only of a streak of three days or more that is at risk, "
    "once a day, without a sound.\nTap an hour, or type a time from 08:00 to 21:59."
)
NO_REMINDER_THEN = (
    "No reminder can come then: only from 08:00 to 21:59, and not within two hours of your daily at {daily}. "
    "Type another time, or off."
)
REMINDER_HOURS = (time(8), time(12), time(16), time(17), time(18), time(19), time(20), time(21))

_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?P<half>am|pm)?", re.IGNORECASE)


def hour_buttons(press: Callable[[int], Press]) -> Buttons:
    """Sixteen full hours; each press carries minutes since midnight."""
    return rows([Button(f"{hour:02}:00", press(hour * 60)) for hour in range(7, 23)], 4)


def read_time(text: str) -> time | None:
    """A typed time of day: 8, 08:30, 8.30, 7 pm; None for anything else."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), (found["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def of_minutes(minutes: int) -> time | None:
    """What an hour's button carried, if it can be a time of day."""
    return time(*divmod(minutes, 60)) if 0 <= minutes < 24 * 60 else None
