"""A typed answer: kept first, then shown with the points to tick."""

from __future__ import annotations

from handlers.asking import state
from handlers.asking.ask import bring_again
from handlers.asking.judge import judge
from handlers.asking.pictures import send_formulas
from handlers.asking.presses import NotMyAnswer
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from interview.asking import ADD_WITHIN, STILL_TODAYS, Asking, Step
from storage import askings, learners, replies
from storage.database import Transaction


async def owner(tx: Transaction, context: Context) -> Asking | None:
    """The asking that a typed text answers, if any: the one replied to, else the newest open one of today.

    A text that was taken before, and runs again, belongs where it belonged then.
    """
    before = await replies.asking_of_message(tx, context.learner_id, context.message.message_id)
    if before is not None:
        return await askings.get(tx, before, context.learner_id)
    return await replied_to(tx, context) or await newest_open(tx, context)


async def replied_to(tx: Transaction, context: Context) -> Asking | None:
    """The asking whose message, or whose earlier answer, this text replies to."""
    target = context.message.reply_to_message
    if target is None:
        return None
    asking = await askings.find_by_message(tx, context.learner_id, target.message_id)
    if asking is None:
        asking_id = await replies.asking_of_message(tx, context.learner_id, target.message_id)
        asking = await askings.get(tx, asking_id, context.learner_id) if asking_id is not None else None
    return asking


async def newest_open(tx: Transaction, context: Context) -> Asking | None:
    """Today's newest asking that still waits for words: unanswered, or answered less than a minute ago and unrated."""
    learner = await learners.get(tx, context.learner_id)
    asking = await askings.newest_open(tx, learner.id, learner.today(context.now), context.now - STILL_TODAYS)
    if asking is None or asking.step is Step.ASKED:
        return asking
    typed = await replies.of_asking(tx, asking.id)
    return asking if any(context.now - before.received_at <= ADD_WITHIN for before in typed) else None


async def take_answer(context: Context, asking: Asking) -> None:
    """Keep the text as (part of) the answer to this asking, then show the points."""
    on, message = context.on, context.message
    async with on.db.transaction() as tx:
        asking = await askings.get(tx, asking.id, context.learner_id)
        if asking.step is Step.RATED:
            if await replies.asking_of_message(tx, context.learner_id, message.message_id) == asking.id:
                return
            raise Refusal(
                "You have rated that one already. Undo the rating to change the answer, or ask for Another."
            )
        await replies.put(tx, asking.id, message.message_id, context.text, context.now)
        await askings.mark_shown(tx, asking.id, context.now)
        known = await state.read(tx, on, context.learner_id, asking.id, context.now)

    await judge(on, known)
    async with on.db.transaction() as tx:
        known = await state.read(tx, on, context.learner_id, asking.id, context.now)
    reply = known.reply(in_place=False)
    feedback_id = known.asking.feedback_message_id
    if feedback_id is not None and feedback_id != known.asking.message_id:
        await chat.edit_or_send(on, message.chat.id, feedback_id, reply)
        return
    feedback_id = await chat.send(on, message.chat.id, reply, to_message=message.message_id)
    async with on.db.transaction() as tx:
        await askings.mark_feedback(tx, asking.id, feedback_id)
    if known.asking.message_id is not None:
        await chat.drop_buttons(on, message.chat.id, known.asking.message_id)
    await send_formulas(on, known)


async def take_edit(context: Context) -> None:
    """An edited message changes the answer that it was part of; the rating, if there is one, stands."""
    async with context.on.db.transaction() as tx:
        asking_id = await replies.asking_of_message(tx, context.learner_id, context.message.message_id)
        if asking_id is not None and context.text:
            await replies.put(tx, asking_id, context.message.message_id, context.text, context.now)


async def not_my_answer(context: Context, press: NotMyAnswer) -> None:
    """Forget what was taken for an answer and put the question again."""
    on = context.on
    async with on.db.transaction() as tx:
        known = await state.read(tx, on, context.learner_id, press.asking_id, context.now)
        if known.asking.step is Step.RATED:
            raise Refusal("You have rated that one already. Undo the rating first.")
        await replies.clear(tx, press.asking_id)
        await askings.mark_unanswered(tx, press.asking_id)
        known = await state.read(tx, on, context.learner_id, press.asking_id, context.now)

    await chat.answer(context, "Forgotten. Here is the question again.")
    if (
        known.asking.message_id or 0
    ) < context.message.message_id:  # else it was brought when this ran before
        await bring_again(on, known.asking, context.now)
    await chat.delete(on, context.message.chat.id, context.message.message_id)
