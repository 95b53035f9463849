"""Show answer, Hint, Skip, and ticking points: what can be done before a rating."""

from __future__ import annotations

from handlers.asking import state
from handlers.asking.pictures import send_formulas
from handlers.asking.presses import AskingPress, ShowAnswer, ShowHint, SkipQuestion, TickPoint
from handlers.asking.state import State
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from interview.asking import Step
from storage import askings
from storage.database import Transaction


async def show_answer(context: Context, press: ShowAnswer) -> None:
    """Show the points and the reference in the question's own message."""
    async with context.on.db.transaction() as tx:
        found = await state.find(tx, context.on, context.learner_id, press.asking_id, context.now)
        if found.asking.step in (Step.ASKED, Step.SKIPPED):
            await askings.mark_shown(tx, press.asking_id, context.now)
            await askings.mark_feedback(tx, press.asking_id, context.message.message_id)
        known = await _read(tx, context, press)

    await redraw(context, known)
    await send_formulas(context.on, known)


async def show_hint(context: Context, press: ShowHint) -> None:
    """Show the hints up to the one asked for."""
    async with context.on.db.transaction() as tx:
        known = await _read(tx, context, press)
        if known.asking.step is Step.ASKED and known.asking.hints < press.number <= len(known.question.hints):
            await askings.put_hints(tx, press.asking_id, press.number)
            known = await _read(tx, context, press)

    await redraw(context, known)


async def tick_point(context: Context, press: TickPoint) -> None:
    """Tick a point, or untick it; the suggested rating follows."""
    async with context.on.db.transaction() as tx:
        known = await _read(tx, context, press)
        if known.asking.step is not Step.SHOWN:
            raise Refusal(
                "Points can be ticked between the answer and the rating. Undo the rating to change them."
            )
        if not 0 <= press.point < len(known.question.key_points):
            raise Refusal("That point is not there any more; the list has been redrawn.")
        others = known.asking.had - {press.point}
        await askings.put_ticks(tx, press.asking_id, others | {press.point} if press.ticked else others)
        known = await _read(tx, context, press)

    await redraw(context, known)


async def skip(context: Context, press: SkipQuestion) -> State:
    """Put the question aside for now; what is skipped can still be answered."""
    async with context.on.db.transaction() as tx:
        known = await _read(tx, context, press)
        if known.asking.step is Step.ASKED:
            await askings.mark_skipped(tx, press.asking_id, context.now)
            known = await _read(tx, context, press)

    await redraw(context, known)
    return known


async def redraw(
    context: Context, known: State, *, toast: str | None = None, moving_on: bool = False
) -> None:
    """Show the asking as it stands in the message whose button was pressed."""
    in_place = known.asking.message_id == context.message.message_id
    await chat.edit_or_send(
        context.on,
        context.message.chat.id,
        context.message.message_id,
        known.reply(in_place=in_place, moving_on=moving_on),
    )
    await chat.answer(context, toast)  # last, so that whoever waits for it sees the message as it is now


async def _read(tx: Transaction, context: Context, press: AskingPress) -> State:
    return await state.read(tx, context.on, context.learner_id, press.asking_id, context.now)
