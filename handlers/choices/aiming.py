"""What the learner aims at: a streak, how well to remember."""

from __future__ import annotations

from dataclasses import replace

from handlers.asking import state
from handlers.asking.show import redraw
from handlers.choices.going_on import Change, choose, choose_typed
from handlers.choosing import aims
from handlers.choosing.presses import PickGoal, PickRecall, Where
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from interview.learner import SetupStep
from interview.spacing import RETENTIONS
from interview.streak import GOALS
from storage import askings, learners


async def pick_goal(context: Context, press: PickGoal) -> None:
    """Count towards a streak of so many days, or towards none: from the settings, or below a rating."""
    change, on = _aiming_at(press.days), context.on
    async with on.db.transaction() as tx:
        shown = await askings.find_by_message(tx, context.learner_id, context.message.message_id)
        if shown is not None:
            await learners.put(tx, change(await learners.get(tx, context.learner_id)))
            known = await state.read(tx, on, context.learner_id, shown.id, context.now)
    if shown is None:
        await choose(context, Where.SETTINGS, SetupStep.GOAL, change)
        return
    toast = f"Your next goal: {press.days} days in a row."
    await redraw(context, known, toast=toast, moving_on=known.asking.drill_id is not None)


async def take_goal(context: Context) -> None:
    """A typed number of days, or none."""
    words = context.text.strip().casefold().removesuffix("days").strip()
    days = 0 if words in aims.NONE else int(words) if words.isdecimal() and len(words) < 4 else -1
    await choose_typed(context, SetupStep.GOAL, _aiming_at(days))


async def pick_recall(context: Context, press: PickRecall) -> None:
    """Bring questions back when recall has fallen so far."""
    await choose(context, Where.SETTINGS, SetupStep.RECALL, _remembering(press.percent))


async def take_recall(context: Context) -> None:
    """A typed percentage."""
    words = context.text.strip().removesuffix("%").strip()
    percent = int(words) if words.isdecimal() and len(words) < 4 else -1
    await choose_typed(context, SetupStep.RECALL, _remembering(percent))


def _aiming_at(days: int) -> Change:
    if days and days not in GOALS:
        raise Refusal(aims.UNKNOWN_GOAL)
    return lambda learner: replace(learner, streak_goal=days or None)


def _remembering(percent: int) -> Change:
    if percent not in RETENTIONS:
        raise Refusal(aims.UNKNOWN_RECALL)
    return lambda learner: replace(learner, retention=percent)
