"""Follow-ups: asked by a tap after a rating, answered by another or by a typed text; they count for nothing."""

from __future__ import annotations

from handlers.asking import follow_up_views, menu, state
from handlers.asking.presses import AskFollowUp, AskingPress, ShowFollowUp
from handlers.asking.state import State
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from interview.asking import Step
from interview.question import FollowUp
from storage import follow_ups, learners
from storage.database import Transaction
from storage.follow_ups import AskedFollowUp
from storage.touch import touch

TYPE_IT = "A follow-up wants words: type your answer, or tap Show answer."


async def ask_follow_up(context: Context, press: AskFollowUp) -> None:
    """Put it in a message of its own, once."""
    on = context.on
    async with on.db.transaction() as tx:
        known, follow_up = await _read(tx, context, press)
        before = await follow_ups.find(tx, press.asking_id, press.number)
        if before is None and known.asking.step is not Step.RATED:
            raise Refusal("Rate the question first: the follow-up suits how it went.")
        await follow_ups.add(tx, press.asking_id, press.number, context.now)
        await touch(tx)  # it may stand there already, and what could not be noted afterwards is not said
        known, _ = await _read(tx, context, press)

    if before is not None and before.message_id is not None:
        await chat.answer(context, "That one is waiting for you below.")
        return
    sent = await chat.send(
        on, context.learner_id, follow_up_views.asked(press.asking_id, press.number, follow_up)
    )
    async with on.db.transaction() as tx:
        await follow_ups.mark_sent(tx, press.asking_id, press.number, sent)
        await learners.await_nothing(tx, context.learner_id)  # what is typed next is meant for it
    await chat.respond(context, menu.as_it_stands(context, known))


async def show_follow_up(context: Context, press: ShowFollowUp) -> None:
    """Show its answer in its own message."""
    async with context.on.db.transaction() as tx:
        _, follow_up = await _read(tx, context, press)
        if await follow_ups.find(tx, press.asking_id, press.number) is None:
            raise Refusal(state.GONE)
        await follow_ups.mark_shown(tx, press.asking_id, press.number, context.now)

    await chat.respond(context, follow_up_views.shown(press.asking_id, follow_up))


async def take_reply(context: Context, asked: AskedFollowUp) -> None:
    """Keep what was typed to it, and show its answer to compare."""
    on, message = context.on, context.message
    if not context.text:
        raise Refusal(TYPE_IT)
    press = ShowFollowUp(asked.asking_id, asked.number)
    async with on.db.transaction() as tx:
        _, follow_up = await _read(tx, context, press)
        await follow_ups.put_reply(
            tx, asked.asking_id, asked.number, message.message_id, context.text, context.now
        )
        await follow_ups.mark_shown(tx, asked.asking_id, asked.number, context.now)
        typed = await follow_ups.replies_to(tx, asked.asking_id, asked.number)
        asked = await follow_ups.find(tx, asked.asking_id, asked.number) or asked

    reply = follow_up_views.compared(asked.asking_id, follow_up, len(typed))
    if asked.feedback_message_id is not None:
        await chat.edit_or_send(on, message.chat.id, asked.feedback_message_id, reply)
        return
    sent = await chat.send(on, message.chat.id, reply, to_message=message.message_id)
    async with on.db.transaction() as tx:
        await follow_ups.mark_feedback(tx, asked.asking_id, asked.number, sent)
    if asked.message_id is not None:
        await chat.drop_buttons(on, message.chat.id, asked.message_id)


async def take_edit(tx: Transaction, context: Context) -> None:
    """An edited message changes what was written to a follow-up, if it was part of that."""
    asked = await follow_ups.find_by_reply(tx, context.learner_id, context.message.message_id)
    if asked is not None and context.text:
        await follow_ups.put_reply(
            tx, asked.asking_id, asked.number, context.message.message_id, context.text, context.now
        )


async def _read(tx: Transaction, context: Context, press: AskingPress) -> tuple[State, FollowUp]:
    known = await state.read(tx, context.on, context.learner_id, press.asking_id, context.now)
    assert isinstance(press, AskFollowUp | ShowFollowUp)
    if not 0 <= press.number < len(known.question.follow_ups):
        raise Refusal(state.GONE)
    return known, known.question.follow_ups[press.number]
