"""What is set, in words: a line each."""

from __future__ import annotations

from datetime import date, datetime

from handlers.choosing import zone
from handlers.kit.reply import escape
from interview import lost_zones
from interview.learner import Learner
from interview.reminder import reminder_at
from interview.rhythm import WEEKDAYS


def chosen(learner: Learner, now: datetime) -> str:
    """What the first conversation settles, and when the next question comes."""
    return "\n".join([*_basics(learner, now), *_next_question(learner)])


def everything(learner: Learner, now: datetime) -> str:
    """All that /settings can change, and when the next question comes."""
    today = learner.today(now)
    lines = [
        f"Reminder: {reminder(learner, today)}",
        f"Streak goal: {f'{learner.streak_goal} days' if learner.streak_goal else 'none'}",
        f"Recall: {learner.retention} % when a question returns",
        f"Interview: {interview(learner.interview_on, today)}",
    ]
    return "\n".join([*_basics(learner, now), *lines, *_next_question(learner)])


def clock(learner: Learner, now: datetime) -> str:
    """The learner's zone, and the time there to check it by."""
    here = now.astimezone(learner.zone)
    return f"Your zone is {escape(zone.title(learner.zone.key))}: your clock shows {here:%H:%M}."


def reminder(learner: Learner, today: date) -> str:
    """When a streak at risk is spoken of, or why never."""
    if not learner.reminders:
        return "off"
    at = f"{learner.reminder_time:%H:%M}"
    if reminder_at(today, learner.reminder_time, learner.daily_time, learner.zone) is None:
        return f"{at}, but none comes within two hours of the daily"
    return f"{at}, when your streak is at risk"


def interview(day: date | None, today: date) -> str:
    """The day of the interview and how far it is."""
    if day is None:
        return "no date"
    said = f"{day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B %Y}"
    days = (day - today).days
    if days < 0:
        return f"was on {said}"
    return f"{said} ({ {0: 'today', 1: 'tomorrow'}.get(days, f'in {days} days') })"


def _basics(learner: Learner, now: datetime) -> list[str]:
    return [
        _zone(learner, now),
        f"Daily at: {learner.daily_time:%H:%M}{_amount(learner)}",
        f"For: {escape(_work(learner))}",
        f"Level: {learner.level}",
    ]


def _zone(learner: Learner, now: datetime) -> str:
    name = escape(zone.title(learner.zone.key))
    if not lost_zones.is_known(learner.zone):
        return f"Zone: {name} ⚠ I no longer know this zone and live by UTC for you. Tap Zone and choose anew."
    guessed = "" if learner.zone_chosen else ", my guess"
    return f"Zone: {name} ({now.astimezone(learner.zone):%H:%M} now{guessed})"


def _next_question(learner: Learner) -> list[str]:
    if learner.next_daily_at is None or learner.setup_step is not None:
        return []
    at = learner.next_daily_at.astimezone(learner.zone)
    return [f"Next question: {at:%A}, {at:%H:%M}"]


def _amount(learner: Learner) -> str:
    """What is not the usual one question every day."""
    amount = f", {learner.daily_count} questions" if learner.daily_count > 1 else ""
    if learner.rest_days:
        amount += ", not on " + ", ".join(WEEKDAYS[number - 1] for number in sorted(learner.rest_days))
    if learner.paused_until is not None:
        amount += f"; paused until {learner.paused_until.day} {learner.paused_until:%B}"
    return amount


def _work(learner: Learner) -> str:
    if not learner.topics:
        return learner.role.label
    return f"{len(learner.topics)} chosen topic{'' if len(learner.topics) == 1 else 's'}"
