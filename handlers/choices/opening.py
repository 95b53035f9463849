"""Opening a picker, leaving it, skipping a step of the first conversation."""

from __future__ import annotations

from dataclasses import replace

from handlers.choices.going_on import (
    AWAITING_LOCATION,
    Timing,
    awaiting,
    choose,
    redraw,
    redraw_picker,
    remove_keyboard,
    show_settings_instead,
)
from handlers.choosing import views
from handlers.choosing.presses import CloseSettings, OpenPicker, SkipStep, Where
from handlers.kit.context import Context
from storage import awaited, learners


async def open_picker(context: Context, press: OpenPicker) -> None:
    """Show one picker in place of what is there."""
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        over = press.where is Where.START and learner.setup_step is None
        if press.where is Where.START and not over:
            learner = replace(learner, setup_step=press.step)
        if not over:
            learner = awaiting(learner, press.step, press.where, context.now)
            await learners.put(tx, learner)
            here = context.message.message_id if press.where is Where.SETTINGS else 0
            await awaited.put_about(tx, learner.id, here)
    if over:
        await show_settings_instead(context, learner)
    else:
        await redraw_picker(context, learner, press.step, press.where)


async def skip_step(context: Context, press: SkipStep) -> None:
    """Leave this step of the first conversation as it is."""
    await choose(context, Where.START, press.step, lambda learner: learner, Timing.NOT_TODAY_AGAIN)


async def close_settings(context: Context, press: CloseSettings) -> None:
    """From a picker back to the settings, or from the settings to plain text."""
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        offered = learner.awaiting == AWAITING_LOCATION
        learner = awaiting(learner, None, Where.SETTINGS, context.now)
        await learners.put(tx, learner)
        await awaited.put_about(tx, learner.id, 0)
    if offered:
        await remove_keyboard(context, learner)
    show = views.settings_closed if press.whole else views.settings
    await redraw(context, show(learner, context.now))
