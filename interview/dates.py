"""A date as people type it: 14 Feb, Feb 14, 2027-02-14, 14.2., tomorrow, in 3 weeks."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_UNITS = {"day": 1, "week": 7, "month": 30}

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.\s*(?P<month>\d{1,2})\.?(?:\s*(?P<year>\d{4}))?")
_NAMED = (
    re.compile(
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name>[a-z]{3,})\.?(?:,?\s+(?P<year>\d{4}))?"
    ),
    re.compile(r"(?P<name>[a-z]{3,})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{4}))?"),
)
_AHEAD = re.compile(r"(?:in\s+)?(?P<count>\d{1,3}|an?|one|two|three|four)\s+(?P<unit>day|week|month)s?")
_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}


def read_date(text: str, today: date) -> date | None:
    """The day meant; one without a year is the next of its name after `today`. None for anything that is no date."""
    words = " ".join(text.strip().lower().split())
    if words in ("today", "tomorrow"):
        return today + timedelta(days=words == "tomorrow")
    if found := _AHEAD.fullmatch(words):
        count = _WORDS.get(found["count"]) or int(found["count"])
        return today + timedelta(days=count * _UNITS[found["unit"]])
    for form in (_ISO, _DOTTED):
        if found := form.fullmatch(words):
            return _next(found["year"], int(found["month"]), int(found["day"]), today)
    for form in _NAMED:
        if (found := form.fullmatch(words)) and (month := _month(found["name"])):
            return _next(found["year"], month, int(found["day"]), today)
    return None


def _month(name: str) -> int | None:
    return next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(name)), None)


def _next(year: str | None, month: int, day: int, today: date) -> date | None:
    """That very year's day; without a year the first after today. 29 February waits for its year."""
    years = range(today.year, today.year + 9) if year is None else (int(year),)
    for each in years:
        try:
            found = date(each, month, day)
        except ValueError:
            continue
        if year is not None or found > today:
            return found
    return None
