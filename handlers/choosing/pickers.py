"""The pickers: for each thing that can be chosen a question with its buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from handlers.choosing import aims, hour, summary, zone
from handlers.choosing.aims import marked
from handlers.choosing.presses import (
    CloseSettings,
    OpenPicker,
    PickCount,
    PickHour,
    PickLevel,
    PickReminder,
    PickRole,
    PickZone,
    ShareLocation,
    SkipStep,
    SwitchReminders,
    ToggleRestDay,
    ToggleTopic,
    Where,
    ZoneName,
)
from handlers.kit.press import Press, Slug
from handlers.kit.reply import Button, Buttons, Reply, rows
from interview import zones
from interview.learner import Learner, SetupStep
from interview.place import Place
from interview.question import Level, Topic
from interview.reminder import reminder_at
from interview.rhythm import MOST_A_DAY, WEEKDAYS
from interview.roles import Role

_ZONES_SHOWN = 6


def picker(learner: Learner, step: SetupStep, topics: Sequence[Topic], now: datetime, where: Where) -> Reply:
    """The picker for this, with the way out that fits where it stands."""
    text, buttons = _picker(learner, step, topics, now, where)
    return Reply(text, (*buttons, _way_out(step, where)))


def which_place(offered: Sequence[Place], places: Sequence[Place], now: datetime, where: Where) -> Reply:
    """Several places go by what was typed, or one nearly does."""
    buttons = zone.place_buttons(offered, places, now, _zone_press(where))
    asked = "Which one is it?" if len(offered) > 1 else "Is it this one? If not, type another city."
    out = (_way_out(SetupStep.ZONE, where),) if where is Where.SETTINGS else ()
    return Reply(asked, (*rows(buttons, 1), *out))


def back_to(name: str) -> Buttons:
    """The way back to the zone of before, in the settings."""
    return ((Button(f"Back to {zone.title(name)}", PickZone(Where.SETTINGS, ZoneName(name))),),)


def _picker(
    learner: Learner, step: SetupStep, topics: Sequence[Topic], now: datetime, where: Where
) -> tuple[str, Buttons]:
    today = learner.today(now)
    match step:
        case SetupStep.ZONE:
            return f"<b>Where are you?</b> {zone.ASK}", _zones(learner, now, where)
        case SetupStep.HOUR:
            text = f"<b>When shall I ask?</b> {hour.ASK}\n<i>{summary.clock(learner, now)}</i>"
            return text, hour.hour_buttons(partial(PickHour, where))
        case SetupStep.ROLE:
            return "<b>Which work do you prepare for?</b> A role is a mix of topics.", _roles(learner, where)
        case SetupStep.TOPICS:
            return (
                "<b>Which topics?</b> Tap all that you want.",
                rows([_topic(topic, learner, where) for topic in topics], 2),
            )
        case SetupStep.LEVEL:
            return "<b>At which level?</b> You also get questions one level up and down.", _levels(
                learner, where
            )
        case SetupStep.COUNT:
            text = "<b>How many questions a day?</b> After the first they come one by one, without a sound."
            return text, _counts(learner)
        case SetupStep.REST:
            text = "<b>On which days do you rest?</b> No question comes then, and your streak is kept."
            return text, rows([_weekday(number, learner) for number in range(1, 8)], 4)
        case SetupStep.REMINDER:
            return f"{hour.ASK_REMINDER}\n<i>Now: {summary.reminder(learner, today)}</i>", _reminders(
                learner, now
            )
        case SetupStep.GOAL:
            return aims.GOAL, aims.goal_buttons(learner.streak_goal)
        case SetupStep.RECALL:
            return aims.RECALL, aims.recall_buttons(learner.retention)
        case SetupStep.INTERVIEW:
            text = f"{aims.INTERVIEW}\n<i>Now: {summary.interview(learner.interview_on, today)}</i>"
            return text, aims.interview_buttons(today)


def _way_out(step: SetupStep, where: Where) -> tuple[Button, ...]:
    if where is Where.SETTINGS:
        return (Button("Done", CloseSettings(whole=0)),)
    return (Button("Done" if step is SetupStep.TOPICS else "Skip", SkipStep(step)),)


def _zones(learner: Learner, now: datetime, where: Where) -> Buttons:
    likely = zone.zone_buttons(zones.suggest(learner.language)[:_ZONES_SHOWN], now, _zone_press(where))
    return (*rows(likely, 2), (Button("Share location", ShareLocation()),))


def _roles(learner: Learner, where: Where) -> Buttons:
    chosen = where is Where.SETTINGS  # in the first conversation nothing is yet
    present = learner.role if chosen and not learner.topics else None
    roles = [Button(marked(role.label, role == present), PickRole(where, role)) for role in Role]
    topics = marked("Choose topics", chosen and bool(learner.topics))
    return rows([*roles, Button(topics, OpenPicker(where, SetupStep.TOPICS))], 2)


def _levels(learner: Learner, where: Where) -> Buttons:
    present = learner.level if where is Where.SETTINGS else None
    return (
        tuple(
            Button(marked(level.capitalize(), level == present), PickLevel(where, level)) for level in Level
        ),
    )


def _counts(learner: Learner) -> Buttons:
    counts = range(1, MOST_A_DAY + 1)
    return rows(
        [Button(marked(str(count), count == learner.daily_count), PickCount(count)) for count in counts], 5
    )


def _reminders(learner: Learner, now: datetime) -> Buttons:
    """Hours at which a reminder can come, and the switch."""
    today = learner.today(now)
    hours = [
        Button(f"{at:%H:%M}", PickReminder(at.hour * 60))
        for at in hour.REMINDER_HOURS
        if reminder_at(today, at, learner.daily_time, learner.zone) is not None
    ]
    switch = Button(
        "No reminders" if learner.reminders else "Remind me", SwitchReminders(int(not learner.reminders))
    )
    return (*rows(hours, 4), (switch,))


def _weekday(number: int, learner: Learner) -> Button:
    rests = number in learner.rest_days
    return Button(f"{'☑' if rests else '☐'} {WEEKDAYS[number - 1]}", ToggleRestDay(number, int(not rests)))


def _topic(topic: Topic, learner: Learner, where: Where) -> Button:
    chosen = topic.slug in learner.topics
    return Button(
        f"{'☑' if chosen else '☐'} {topic.short}", ToggleTopic(where, Slug(topic.slug), int(not chosen))
    )


def _zone_press(where: Where) -> Callable[[str], Press]:
    def press(name: str) -> Press:
        return PickZone(where, ZoneName(name))

    return press
