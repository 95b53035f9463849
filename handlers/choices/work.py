"""What is asked: role, topics, level."""

from __future__ import annotations

from dataclasses import replace

from handlers.choices.going_on import (
    Change,
    cannot_read,
    choose,
    choose_typed,
    redraw_picker,
    show_settings_instead,
)
from handlers.choosing.presses import PickLevel, PickRole, ToggleTopic, Where
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from interview.learner import SetupStep
from interview.question import Level
from interview.roles import Role
from storage import learners


async def pick_role(context: Context, press: PickRole) -> None:
    """Ask this role's mix; topics chosen before are dropped."""
    await choose(context, press.where, SetupStep.ROLE, _working_as(press.role))


async def toggle_topic(context: Context, press: ToggleTopic) -> None:
    """Choose or drop a topic; the picker stays open."""
    topics = context.on.taxonomy.topics
    if press.topic not in [topic.slug for topic in topics]:
        raise Refusal("That topic is not there any more. /settings shows those that are.")
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        over = press.where is Where.START and learner.setup_step is None
        if not over:
            wanted = {*learner.topics, press.topic} if press.chosen else {*learner.topics} - {press.topic}
            chosen = tuple(topic.slug for topic in topics if topic.slug in wanted)
            learner = replace(learner, topics=chosen)
            await learners.put(tx, learner)
    if over:
        await show_settings_instead(context, learner)
    else:
        await redraw_picker(context, learner, SetupStep.TOPICS, press.where)


async def pick_level(context: Context, press: PickLevel) -> None:
    """Ask at this level."""
    await choose(context, press.where, SetupStep.LEVEL, _at(press.level))


async def take_role(context: Context) -> None:
    """A role typed instead of tapped."""
    meant = {role.label.casefold(): role for role in Role}.get(context.text.strip().casefold())
    if meant is None:
        roles = ", ".join(role.label for role in Role)
        raise await cannot_read(context, f"Tap one of the roles above, or type it: {roles}.")
    await choose_typed(context, SetupStep.ROLE, _working_as(meant))


async def take_level(context: Context) -> None:
    """A level typed instead of tapped."""
    meant = {level.value: level for level in Level}.get(context.text.strip().casefold())
    if meant is None:
        raise await cannot_read(context, "Tap junior, middle or senior above, or type one of them.")
    await choose_typed(context, SetupStep.LEVEL, _at(meant))


def _working_as(role: Role) -> Change:
    return lambda learner: replace(learner, role=role, topics=())


def _at(level: Level) -> Change:
    return lambda learner: replace(learner, level=level)
