"""What choosing looks like: the steps of the first conversation, the settings, and the pickers that both use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from handlers.choosing import hour, zone
from handlers.choosing.presses import (
    CloseSettings,
    OpenPicker,
    PickCount,
    PickHour,
    PickLevel,
    PickRole,
    PickZone,
    ShareLocation,
    SkipStep,
    ToggleRestDay,
    ToggleTopic,
    Where,
    ZoneName,
)
from handlers.kit.press import Press, Slug
from handlers.kit.reply import Button, Buttons, Reply, escape, rows
from interview import zones
from interview.learner import Learner, SetupStep
from interview.place import Place
from interview.question import Level, Topic
from interview.rhythm import MOST_A_DAY, WEEKDAYS
from interview.roles import Role

WELCOME = (
    "<b>One machine-learning interview question a day, at your hour.</b>\n"
    "Answer in your own words; I show what an interviewer listens for, and ask again just before you would forget."
)
_ZONES_SHOWN = 6


def setup(learner: Learner, topics: Sequence[Topic], now: datetime) -> Reply:
    """The step at which the first conversation stands, or what was chosen once it is over."""
    step = learner.setup_step
    if step is None:
        return Reply(f"{WELCOME}\n\n{_chosen(learner, now)}\nChange any of it: /settings")
    picker = _picker(learner, step, topics, now, Where.START)
    head = f"{WELCOME}\n\n" if step is SetupStep.ZONE else ""
    return Reply(f"{head}{picker.text}", picker.buttons)


def settings(learner: Learner, now: datetime) -> Reply:
    """All settings in one message."""
    pick = partial(OpenPicker, Where.SETTINGS)
    buttons: Buttons = (
        (Button("Zone", pick(SetupStep.ZONE)), Button("Hour", pick(SetupStep.HOUR))),
        (Button("Role", pick(SetupStep.ROLE)), Button("Level", pick(SetupStep.LEVEL))),
        (Button("Questions a day", pick(SetupStep.COUNT)), Button("Rest days", pick(SetupStep.REST))),
        (Button("Done", CloseSettings(whole=1)),),
    )
    return Reply(f"<b>Settings</b>\n{_chosen(learner, now)}", buttons)


def settings_closed(learner: Learner, now: datetime) -> Reply:
    """The settings once done with."""
    return Reply(f"<b>Settings</b>\n{_chosen(learner, now)}")


def picker(learner: Learner, step: SetupStep, topics: Sequence[Topic], now: datetime) -> Reply:
    """One picker of the settings."""
    return _picker(learner, step, topics, now, Where.SETTINGS)


def which_place(places: Sequence[Place], now: datetime, where: Where) -> Reply:
    """Several places go by what was typed, or one nearly does."""
    buttons = zone.place_buttons(places, now, _zone_press(where))
    asked = "Which one is it?" if len(places) > 1 else "Is it this one? If not, type another city."
    return Reply(asked, rows(buttons, 1))


def _picker(learner: Learner, step: SetupStep, topics: Sequence[Topic], now: datetime, where: Where) -> Reply:
    match step:
        case SetupStep.ZONE:
            text = f"<b>Where are you?</b> {zone.ASK}"
            likely = zone.zone_buttons(
                zones.suggest(learner.language)[:_ZONES_SHOWN], now, _zone_press(where)
            )
            buttons = (*rows(likely, 2), (Button("Share location", ShareLocation()),))
        case SetupStep.HOUR:
            text = f"<b>When shall I ask?</b> {hour.ASK}\n<i>{clock(learner, now)}</i>"
            buttons = hour.hour_buttons(partial(PickHour, where))
        case SetupStep.ROLE:
            text = "<b>Which work do you prepare for?</b> A role is a mix of topics."
            roles = [Button(role.label, PickRole(where, role)) for role in Role]
            roles.append(Button("Choose topics", OpenPicker(where, SetupStep.TOPICS)))
            buttons = rows(roles, 2)
        case SetupStep.TOPICS:
            text = "<b>Which topics?</b> Tap all that you want."
            buttons = rows([_topic(topic, learner, where) for topic in topics], 2)
        case SetupStep.LEVEL:
            text = "<b>At which level?</b> You also get questions one level up and down."
            buttons = (tuple(Button(level.capitalize(), PickLevel(where, level)) for level in Level),)
        case SetupStep.COUNT:
            text = "<b>How many questions a day?</b> After the first they come one by one, without a sound."
            buttons = rows([Button(str(count), PickCount(count)) for count in range(1, MOST_A_DAY + 1)], 5)
        case SetupStep.REST:
            text = "<b>On which days do you rest?</b> No question comes then, and your streak is kept."
            buttons = rows([_weekday(number, learner) for number in range(1, 8)], 4)
    return Reply(text, (*buttons, _way_out(step, where)))


def _way_out(step: SetupStep, where: Where) -> tuple[Button, ...]:
    if where is Where.SETTINGS:
        return (Button("Done", CloseSettings(whole=0)),)
    return (Button("Done" if step is SetupStep.TOPICS else "Skip", SkipStep(step)),)


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


def clock(learner: Learner, now: datetime) -> str:
    """The learner's zone, and the time there to check it by."""
    here = now.astimezone(learner.zone)
    return f"Your zone is {escape(zone.title(learner.zone.key))}: your clock shows {here:%H:%M}."


def _chosen(learner: Learner, now: datetime) -> str:
    guessed = "" if learner.zone_chosen else ", my guess"
    lines = [
        f"Zone: {escape(zone.title(learner.zone.key))} ({now.astimezone(learner.zone):%H:%M} now{guessed})",
        f"Daily at: {learner.daily_time:%H:%M}{_amount(learner)}",
        f"For: {escape(_work(learner))}",
        f"Level: {learner.level}",
    ]
    if learner.next_daily_at is not None and learner.setup_step is None:
        at = learner.next_daily_at.astimezone(learner.zone)
        lines.append(f"Next question: {at:%A}, {at:%H:%M}")
    return "\n".join(lines)


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
