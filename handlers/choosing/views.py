"""What choosing looks like: the first conversation, step by step, and the settings in one message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from handlers.choosing import pickers, summary
from handlers.choosing.presses import CloseSettings, OpenPause, OpenPicker, Where
from handlers.kit.reply import Button, Buttons, Reply
from interview.learner import Learner, SetupStep
from interview.question import Topic

WELCOME = (
    "<b>One machine-learning interview question a day, at your hour.</b>\n"
    "Answer in your own words; I show what an interviewer listens for, and ask again just before you would forget."
)


def setup(learner: Learner, topics: Sequence[Topic], now: datetime) -> Reply:
    """The step at which the first conversation stands, or what was chosen once it is over."""
    step = learner.setup_step
    if step is None:
        return Reply(f"{WELCOME}\n\n{summary.chosen(learner, now)}\nChange any of it: /settings")
    picker = pickers.picker(learner, step, topics, now, Where.START)
    head = f"{WELCOME}\n\n" if step is SetupStep.ZONE else ""
    return Reply(f"{head}{picker.text}", picker.buttons)


def settings(learner: Learner, now: datetime) -> Reply:
    """All settings in one message."""
    pick = partial(OpenPicker, Where.SETTINGS)
    buttons: Buttons = (
        (Button("Zone", pick(SetupStep.ZONE)), Button("Hour", pick(SetupStep.HOUR))),
        (Button("Role", pick(SetupStep.ROLE)), Button("Level", pick(SetupStep.LEVEL))),
        (Button("Questions a day", pick(SetupStep.COUNT)), Button("Rest days", pick(SetupStep.REST))),
        (Button("Reminder", pick(SetupStep.REMINDER)), Button("Streak goal", pick(SetupStep.GOAL))),
        (Button("Recall", pick(SetupStep.RECALL)), Button("Interview date", pick(SetupStep.INTERVIEW))),
        (Button("Pause", OpenPause()), Button("Done", CloseSettings(whole=1))),
    )
    return Reply(settings_closed(learner, now).text, buttons)


def settings_closed(learner: Learner, now: datetime) -> Reply:
    """The settings once done with."""
    return Reply(f"<b>Settings</b>\n{summary.everything(learner, now)}")
