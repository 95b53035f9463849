"""The daily's hour and the reminder's, tapped or typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from handlers.choices.going_on import Change, Timing, cannot_read, choose, choose_typed
from handlers.choosing import hour
from handlers.choosing.aims import NONE
from handlers.choosing.presses import PickHour, PickReminder, SwitchReminders, Where
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from interview.learner import Learner, SetupStep
from interview.reminder import reminder_at


async def pick_hour(context: Context, press: PickHour) -> None:
    """Ask at this hour."""
    at = hour.of_minutes(press.minutes)
    if at is None:
        raise Refusal(hour.UNKNOWN)
    await choose(context, press.where, SetupStep.HOUR, _asked_at(at), Timing.TODAY_IF_OWED)


async def take_hour(context: Context) -> None:
    """A typed time of day."""
    at = hour.read_time(context.text)
    if at is None:
        raise await cannot_read(context, hour.UNKNOWN)
    await choose_typed(context, SetupStep.HOUR, _asked_at(at), Timing.TODAY_IF_OWED)


async def pick_reminder(context: Context, press: PickReminder) -> None:
    """Remind me at this hour, and do remind me."""
    at = hour.of_minutes(press.minutes)
    if at is None:
        raise Refusal(hour.UNKNOWN)
    await choose(context, Where.SETTINGS, SetupStep.REMINDER, _reminded_at(context, at))


async def switch_reminders(context: Context, press: SwitchReminders) -> None:
    """Remind me, or never."""
    on = bool(press.on)
    await choose(context, Where.SETTINGS, SetupStep.REMINDER, lambda learner: replace(learner, reminders=on))


async def take_reminder(context: Context) -> None:
    """A typed time, on or off."""
    words = context.text.strip().casefold()
    if words == "on" or words in NONE:
        on = words == "on"
        await choose_typed(context, SetupStep.REMINDER, lambda learner: replace(learner, reminders=on))
        return
    at = hour.read_time(words)
    if at is None:
        raise await cannot_read(context, hour.UNKNOWN)
    await choose_typed(context, SetupStep.REMINDER, _reminded_at(context, at))


def _asked_at(at: time) -> Change:
    return lambda learner: replace(learner, daily_time=at)


def _reminded_at(context: Context, at: time) -> Change:
    def change(learner: Learner) -> Learner:
        today = learner.today(context.now)
        if reminder_at(today, at, learner.daily_time, learner.zone) is None:
            raise Refusal(hour.NO_REMINDER_THEN.format(daily=f"{learner.daily_time:%H:%M}"))
        return replace(learner, reminders=True, reminder_time=at)

    return change
