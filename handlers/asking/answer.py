"""An answer, typed, recorded or photographed: kept first, then shown with the points to tick."""

from __future__ import annotations

from handlers.asking import follow_up, state
from handlers.asking.ask import bring_again
from handlers.asking.judge import judge
from handlers.asking.pictures import send_formulas
from handlers.asking.presses import NotMyAnswer
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.kept import kept_of
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Reply
from interview.asking import ADD_WITHIN, STILL_THERE, STILL_TODAYS, Asking, ReplyKind, Step
from interview.day import starts_at
from interview.learner import Learner
from storage import askings, follow_ups, learners, replies
from storage.database import Transaction
from storage.follow_ups import AskedFollowUp
from storage.replies import Typed

KEPT = Reply("Kept; the rating stands.")


async def owner(tx: Transaction, context: Context) -> Asking | AskedFollowUp | None:
    """What a message answers, if anything: the question or follow-up replied to, else the newest open one of today,
    else the one of yesterday that nothing has followed.

    A message that was taken before, and runs again, belongs where it belonged then.
    """
    message_id = context.message.message_id
    before = await replies.asking_of_message(tx, context.learner_id, message_id)
    if before is not None:
        return await askings.get(tx, before, context.learner_id)
    followed = await follow_ups.find_by_reply(tx, context.learner_id, message_id)
    return followed or await replied_to(tx, context) or await newest_open(tx, context)


async def replied_to(tx: Transaction, context: Context) -> Asking | AskedFollowUp | None:
    """What this message replies to: a question or follow-up, its feedback, or an earlier answer to it."""
    target = context.message.reply_to_message
    if target is None:
        return None
    asking = await askings.find_by_message(tx, context.learner_id, target.message_id)
    if asking is not None:
        return asking
    asking_id = await replies.asking_of_message(tx, context.learner_id, target.message_id)
    if asking_id is not None:
        return await askings.get(tx, asking_id, context.learner_id)
    return await follow_ups.find_by_message(tx, context.learner_id, target.message_id)


async def newest_open(tx: Transaction, context: Context) -> Asking | AskedFollowUp | None:
    """Today's newest question or follow-up that still waits for words: whichever stands further down in the chat."""
    learner = await learners.get(tx, context.learner_id)
    asking = await _newest_open_asking(tx, context, learner)
    today_began = starts_at(learner.today(context.now), learner.zone)
    followed = await follow_ups.newest_open(
        tx, learner.id, min(today_began, context.now - STILL_TODAYS), context.now - ADD_WITHIN
    )
    if asking is None and followed is None:
        return await _last_unanswered(tx, context)
    if asking is None or followed is None:
        return asking or followed
    return asking if (asking.message_id or 0) > (followed.message_id or 0) else followed


async def _newest_open_asking(tx: Transaction, context: Context, learner: Learner) -> Asking | None:
    """Unanswered, or answered less than a minute ago and unrated."""
    asking = await askings.newest_open(tx, learner.id, learner.today(context.now), context.now - STILL_TODAYS)
    if asking is None or asking.step is Step.ASKED:
        return asking
    typed = await replies.of_asking(tx, asking.id)
    return asking if any(context.now - before.received_at <= ADD_WITHIN for before in typed) else None


async def _last_unanswered(tx: Transaction, context: Context) -> Asking | None:
    """The last question in the chat, where it has waited for an answer since yesterday or so."""
    last = await askings.last_sent_before(tx, context.learner_id, context.message.message_id)
    waits = last is not None and last.step is Step.ASKED
    return last if last is not None and waits and context.now - last.asked_at < STILL_THERE else None


async def take_answer(context: Context, asking: Asking) -> None:
    """Keep the message as (part of) the answer to this asking, then show the points."""
    message = context.message
    kind, file_id = kept_of(message) or (ReplyKind.TEXT, None)
    sent = Typed(message.message_id, context.words, context.now, kind, file_id)
    await keep(context, asking, sent)


async def keep(context: Context, asking: Asking, sent: Typed) -> None:
    """Keep a message of the learner's as (part of) the answer to this asking, then show the points below it."""
    on = context.on
    async with on.db.transaction() as tx:
        asking = await askings.get(tx, asking.id, context.learner_id)
        if asking.step is Step.RATED:
            if await replies.asking_of_message(tx, context.learner_id, sent.message_id) == asking.id:
                return
            raise Refusal(
                "You have rated that one already. Undo the rating to change the answer, or ask for Another."
            )
        await replies.put(
            tx, asking.id, sent.message_id, sent.text, context.now, kind=sent.kind, file_id=sent.file_id
        )
        await askings.mark_shown(tx, asking.id, context.now)
    await _judge_and_show(context, asking.id, sent.message_id)


async def show_feedback(context: Context, asking_id: int) -> None:
    """Judge and show what was kept as an answer before."""
    async with context.on.db.transaction() as tx:
        typed = await replies.of_asking(tx, asking_id)
        await askings.mark_shown(tx, asking_id, context.now)
    await _judge_and_show(context, asking_id, typed[-1].message_id)


async def _judge_and_show(context: Context, asking_id: int, message_id: int) -> None:
    """Judge all of the answer; its feedback changes in place, the first comes below that message."""
    on, chat_id = context.on, context.learner_id
    async with on.db.transaction() as tx:
        known = await state.read(tx, on, context.learner_id, asking_id, context.now)
    await judge(on, known)
    async with on.db.transaction() as tx:
        known = await state.read(tx, on, context.learner_id, asking_id, context.now)
    reply = known.reply(in_place=False)
    feedback_id = known.asking.feedback_message_id
    if feedback_id is not None and feedback_id != known.asking.message_id:
        await chat.edit_or_send(on, chat_id, feedback_id, reply)
        return
    feedback_id = await chat.send(on, chat_id, reply, to_message=message_id)
    async with on.db.transaction() as tx:
        await askings.mark_feedback(tx, asking_id, feedback_id)
    if known.asking.message_id is not None:
        await chat.drop_buttons(on, chat_id, known.asking.message_id)
    await send_formulas(on, known)


async def take_edit(context: Context) -> None:
    """An edited message changes the answer that it was part of, and before the rating its feedback; a rating stands.

    That it stands is said once for each change.
    """
    message = context.message
    async with context.on.db.transaction() as tx:
        await follow_up.take_edit(tx, context)
        asking_id = await replies.asking_of_message(tx, context.learner_id, message.message_id)
        if asking_id is None or not (context.words or kept_of(message)):
            return
        before = {each.message_id: each.text for each in await replies.of_asking(tx, asking_id)}
        await replies.put(tx, asking_id, message.message_id, context.words, context.now)
        asking = await askings.get(tx, asking_id, context.learner_id)
    if asking.step is Step.SHOWN:
        await _judge_and_show(context, asking_id, message.message_id)
    elif asking.step is Step.RATED and before.get(message.message_id) != context.words:
        await chat.send(context.on, context.learner_id, KEPT, to_message=message.message_id)


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
