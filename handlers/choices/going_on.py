"""What every choice has in common: it is written down, and what comes next is shown."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from handlers.asking import links
from handlers.asking.ask import deliver, put_daily
from handlers.choosing import aims, pickers, summary, views
from handlers.choosing.presses import Where
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Buttons, RemoveKeyboard, Reply
from interview.asking import Asking
from interview.day import jumped
from interview.learner import AWAIT_FOR, Learner, SetupStep
from storage import asked_days, awaited, kept_days, learners
from storage.database import Transaction

AWAITING_LOCATION = "location"
STILL = "That is settled. Here is all that you can change."

_NEXT = {
    SetupStep.ZONE: SetupStep.HOUR,
    SetupStep.HOUR: SetupStep.ROLE,
    SetupStep.ROLE: SetupStep.LEVEL,
    SetupStep.TOPICS: SetupStep.LEVEL,
    SetupStep.LEVEL: None,
}  # the other pickers are the settings' alone
_TYPED_AT_START = (SetupStep.ZONE, SetupStep.HOUR)  # the later steps take a text when no question wants it
_NEVER_TYPED = (SetupStep.TOPICS,)

Change = Callable[[Learner], Learner]
Also = Callable[[Transaction, Context, Learner], Awaitable[None]]
"""What else is written with a choice."""


class Timing(StrEnum):
    """What a choice does to the next daily."""

    AS_IT_IS = "as it is"
    NOT_TODAY_AGAIN = "not today again"
    TODAY_IF_OWED = "today if owed"


async def choose(
    context: Context,
    where: Where,
    step: SetupStep,
    change: Change,
    timing: Timing = Timing.AS_IT_IS,
    *,
    also: Also | None = None,
) -> None:
    """After a tap: write the choice down, and show what comes next in the same message.

    A button of the first conversation that is tapped once that is over changes nothing: it brings the settings.
    """
    async with context.on.db.transaction() as tx:
        before = await learners.get(tx, context.learner_id)
        over = where is Where.START and before.setup_step is None
        if over:
            learner, asking = before, await _first_unsent(tx, context, before)
        else:
            learner, asking = await _chosen(tx, context, before, change(before), where, step, timing)
            if also is not None:
                await also(tx, context, learner)
    if before.awaiting == AWAITING_LOCATION:
        await remove_keyboard(context, learner)
    if over:
        await _answer_late(context, learner)
    elif where is Where.START:
        await redraw(context, views.setup(learner, context.on.taxonomy.topics, context.now))
    else:
        await redraw(context, views.settings(learner, context.now))
    await _first_question(context, asking)


async def choose_typed(
    context: Context,
    step: SetupStep,
    change: Change,
    timing: Timing = Timing.AS_IT_IS,
    *,
    also: Also | None = None,
    more: Buttons = (),
) -> None:
    """After something typed: write the choice down, and show what comes next.

    In the first conversation that is a new message below it; in the settings theirs is edited, as after a tap, and
    `more` are further rows of buttons there.
    """
    async with context.on.db.transaction() as tx:
        before = await learners.get(tx, context.learner_id)
        where, picker_id = await where_typed(tx, context, before, step)
        learner, asking = await _chosen(tx, context, before, change(before), where, step, timing)
        if also is not None:
            await also(tx, context, learner)
    if before.awaiting == AWAITING_LOCATION and context.message.location is None:
        await remove_keyboard(context, learner)
    if where is Where.SETTINGS:
        settings = views.settings(learner, context.now)
        assert isinstance(settings.buttons, tuple), "the settings have inline buttons"
        settings = replace(settings, buttons=(*more, *settings.buttons))
        await chat.edit_or_send(context.on, learner.id, picker_id, settings)
        return
    if learner.setup_message_id is not None:
        await chat.drop_buttons(context.on, learner.id, learner.setup_message_id)
    message_id = await chat.send(
        context.on, learner.id, views.setup(learner, context.on.taxonomy.topics, context.now)
    )
    async with context.on.db.transaction() as tx:
        await learners.put(tx, replace(await learners.get(tx, learner.id), setup_message_id=message_id))
    await _first_question(context, asking)


async def where_typed(
    tx: Transaction, context: Context, learner: Learner, step: SetupStep
) -> tuple[Where, int | None]:
    """Whether what is typed about this belongs to the first conversation or to the settings.

    With the message of the settings' picker that waits for it, where there is one.
    """
    waits = learner.awaits(context.now) in (step, AWAITING_LOCATION)
    picker_id = await awaited.about(tx, learner.id) if waits else 0
    if picker_id:
        return Where.SETTINGS, picker_id
    return (Where.START if learner.setup_step is step else Where.SETTINGS), None


async def cannot_read(context: Context, sentence: str) -> Refusal:
    """What was typed into an open picker cannot be read: once there are questions it may have been an answer."""
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
    return Refusal(sentence if learner.setup_step is not None else f"{sentence} {aims.OR_ANSWER}")


def awaiting(learner: Learner, step: SetupStep | None, where: Where, now: datetime) -> Learner:
    """The learner with what may be typed now that this picker is open."""
    typed = step in _TYPED_AT_START if where is Where.START else step not in _NEVER_TYPED
    if step is None or not typed:
        return replace(learner, awaiting=None, awaiting_until=None)
    return replace(learner, awaiting=step, awaiting_until=now + AWAIT_FOR)


async def redraw(context: Context, reply: Reply, toast: str | None = None) -> None:
    """Show this in the message whose button was tapped."""
    await chat.edit_or_send(context.on, context.message.chat.id, context.message.message_id, reply)
    await chat.answer(context, toast)


async def redraw_picker(context: Context, learner: Learner, step: SetupStep, where: Where) -> None:
    """Show the picker in the message whose button was tapped."""
    topics = context.on.taxonomy.topics
    if where is Where.START:
        await redraw(context, views.setup(replace(learner, setup_step=step), topics, context.now))
    else:
        await redraw(context, pickers.picker(learner, step, topics, context.now, where))


async def remove_keyboard(context: Context, learner: Learner) -> None:
    """The button that shares the location stands below the composer until it is taken away."""
    await chat.send(context.on, learner.id, Reply(summary.clock(learner, context.now), RemoveKeyboard()))


async def show_settings_instead(context: Context, learner: Learner) -> None:
    """What a button of the first conversation does once that is over."""
    await redraw(context, views.settings(learner, context.now), STILL)


async def _answer_late(context: Context, learner: Learner) -> None:
    if context.message.message_id == learner.setup_message_id:
        # where the first conversation ended: its last tap once more
        await redraw(context, views.setup(learner, context.on.taxonomy.topics, context.now))
    else:
        await show_settings_instead(context, learner)


async def _chosen(
    tx: Transaction,
    context: Context,
    before: Learner,
    learner: Learner,
    where: Where,
    step: SetupStep,
    timing: Timing,
) -> tuple[Learner, Asking | None]:
    """Write the choice down and go on; after the last step of the first conversation that is the first question."""
    if where is Where.START:
        learner = replace(learner, setup_step=_NEXT[step])
    learner = awaiting(learner, learner.setup_step, Where.START, context.now)
    learner = _timed(learner, where, timing, context.now)
    if learner.zone.key != before.zone.key:
        # dates that the journey jumps over break no streak
        await kept_days.add_jumped(tx, learner.id, jumped(context.now, before.zone, learner.zone))
    await learners.put(tx, learner)
    await awaited.put_about(tx, learner.id, 0)
    asking = None
    if where is Where.START and learner.setup_step is None:
        day = learner.today(context.now)
        asking = await put_daily(tx, context.on, learner, context.now, day=day)
        learner = await learners.get(tx, learner.id)
    return learner, asking


def _timed(learner: Learner, where: Where, timing: Timing, now: datetime) -> Learner:
    """With the next daily and reminder; in the first conversation the daily comes at its end anyway."""
    if timing is Timing.TODAY_IF_OWED and where is Where.SETTINGS:
        learner = replace(learner, next_daily_at=learner.daily_from(now))
    elif timing is not Timing.AS_IT_IS:
        learner = replace(learner, next_daily_at=learner.daily_after(now))
    return learner.planned(now)


async def _first_unsent(tx: Transaction, context: Context, learner: Learner) -> Asking | None:
    """The question that ends the first conversation, where it was put and then something came between."""
    if context.message.message_id != learner.setup_message_id:
        return None
    return await asked_days.find_daily(tx, learner.id, learner.today(context.now), 0)


async def _first_question(context: Context, asking: Asking | None) -> None:
    if asking is not None and asking.message_id is None:
        await links.offer(context)  # first, so that the question stands last
        await deliver(context.on, asking, context.now)
