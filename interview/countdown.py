"""Towards the interview: what would be due too late is brought forward."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

_LAST_DAYS = 14


def drawn_in(due: Mapping[str, date], today: date, interview_on: date) -> dict[str, date]:
    """New due dates for those questions that are due after the interview only; all others are left out.

    They are spread evenly over the two weeks before it, or the days that are left, in the order in which they were due:
    all on its eve would be more than anybody answers. `interview_on` lies after `today`.
    """
    late = sorted((day, question_id) for question_id, day in due.items() if day > interview_on)
    last = max(interview_on - timedelta(days=1), today + timedelta(days=1))
    first = max(interview_on - timedelta(days=_LAST_DAYS), today + timedelta(days=1))
    days = (last - first).days + 1
    return {
        question_id: first + timedelta(days=place * days // len(late))
        for place, (_, question_id) in enumerate(late)
    }
