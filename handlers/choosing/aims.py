"""Choosing what to aim at: a streak, how well to remember, the day of the interview."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.choosing.presses import PickGoal, PickInterview, PickRecall
from handlers.kit.reply import Button, Buttons, rows
from interview.rhythm import LONGEST_AHEAD
from interview.spacing import RETENTION, RETENTIONS
from interview.streak import GOALS

NONE = ("none", "no", "off", "0", "no date")
"""What people type for: not any more."""

OR_ANSWER = "To answer a question instead, reply to it."
"""What helps whoever typed an answer while a picker was open."""

GOAL = "<b>How long a streak do you aim at?</b> I count towards it and tell you when you are there."
UNKNOWN_GOAL = f"Tap a goal above, or type {', '.join(map(str, GOALS))} or none. {OR_ANSWER}"
RECALL = (
    "<b>How well do you want to remember?</b>\n"
    f"{RETENTION} %: when a question returns you still know nine of ten. That is usual.\n"
    "85 %: about a sixth fewer reviews, and more is forgotten in between.\n"
    "95 %: about a third more reviews.\n"
    "It counts for each question from its next rating on."
)
UNKNOWN_RECALL = f"Tap a number above, or type 85, 90 or 95. {OR_ANSWER}"
INTERVIEW = (
    "<b>When is your interview?</b> Tap, or type the day, for example 14 Feb.\n"
    "No question is put off beyond that day: what was due only after it comes in the two weeks before."
)
UNKNOWN_DAY = (
    "I need a day from tomorrow on, at most two years ahead: type it like 14 Feb or in 3 weeks; or none."
)
_WEEKS = (1, 2, 3, 4, 6, 8)


def goal_buttons(chosen: int | None) -> Buttons:
    """A button a goal, and none."""
    choices = [Button(marked(f"{days} days", days == chosen), PickGoal(days)) for days in GOALS]
    return (tuple(choices), (Button(marked("No goal", chosen is None), PickGoal(0)),))


def recall_buttons(chosen: int) -> Buttons:
    """A button a percentage."""
    return (
        tuple(
            Button(marked(f"{percent} %", percent == chosen), PickRecall(percent)) for percent in RETENTIONS
        ),
    )


def interview_buttons(today: date) -> Buttons:
    """Weeks ahead, and none."""
    weeks = [
        Button(
            f"{count} week{'' if count == 1 else 's'}",
            PickInterview((today + timedelta(weeks=count)).toordinal()),
        )
        for count in _WEEKS
    ]
    return (*rows(weeks, 3), (Button("No date", PickInterview(0)),))


def may_be_on(day: date, today: date) -> bool:
    """Whether an interview can be set for that day."""
    return today < day <= today + timedelta(days=LONGEST_AHEAD)


def marked(label: str, chosen: bool) -> str:
    """The label of a button, with a tick where it is the present choice."""
    return f"✓ {label}" if chosen else label
