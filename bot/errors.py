"""When a handler raises: a refusal is said, trouble on the way to Telegram passes through, a bug is owned."""

from __future__ import annotations

import logging
import traceback

from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden, TelegramError

from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Reply, escape
from storage import learners

CALM = "Something went wrong on my side, and it is noted. What you wrote is kept; please try that once more."
TOO_MUCH = (
    "That was a lot at once, and I lost track: give me half a minute. What you sent before is kept; send what came"
    " after it again then."
)
THREAD_GONE = ("message thread not found", "topic_deleted")
_ALERT_LIMIT = 200  # characters that fit a pop-up

log = logging.getLogger(__name__)


async def settle(context: Context, error: Exception) -> None:
    """Deal with what a handler raised; raises it again where only running the update once more can help."""
    try:
        await _answer(context, error)
    except BadRequest as refused:
        if not context.in_group or not any(words in refused.message.lower() for words in THREAD_GONE):
            raise
        log.info("update %d cannot be answered: its forum topic is gone", context.update.update_id)


async def apologise(context: Context, error: BaseException) -> None:
    """An update has failed for good: log where, and say so in one calm line."""
    log.error("update %d has failed for good: %s", context.update.update_id, _where(error))
    where = context.update.effective_chat
    if where is None or where.type != ChatType.PRIVATE:
        return
    try:
        await chat.answer(context)
        await chat.send(context.on, where.id, Reply(CALM))  # the chat: an update may name no person
    except TelegramError as unsaid:
        log.warning("the apology could not be said: %s", type(unsaid).__name__)


async def excuse(context: Context) -> None:
    """Somebody sends too much at once: say once, kindly, that this and what follows is passed over for a while."""
    if context.update.callback_query is not None:
        await chat.answer(context, TOO_MUCH, alert=True)
    elif (where := context.update.effective_chat) is not None and where.type == ChatType.PRIVATE:
        await chat.send(context.on, where.id, Reply(TOO_MUCH))


async def _answer(context: Context, error: Exception) -> None:
    match error:
        case Refusal():
            await _refuse(context, error)
        case Forbidden():
            await _out_of_reach(context)
        case _:
            raise error


async def _refuse(context: Context, refusal: Refusal) -> None:
    pressed = context.update.callback_query is not None
    fits = not refusal.buttons and len(refusal.sentence) <= _ALERT_LIMIT
    if pressed and fits and not context.press_answered:
        await chat.answer(context, refusal.sentence, alert=True)
        return
    await chat.answer(context)
    reply = Reply(escape(refusal.sentence), refusal.buttons)
    to_message = None if pressed else context.message.message_id
    await chat.send(context.on, context.chat_id, reply, to_message=to_message, thread_id=context.thread_id)


async def _out_of_reach(context: Context) -> None:
    if context.update.effective_user is None or context.in_group:
        log.info("update %d cannot be answered: we may not write there", context.update.update_id)
        return
    async with context.on.db.transaction() as tx:
        learner = await learners.find(tx, context.learner_id)
        if learner is not None:
            await learners.put(tx, learner.out_of_reach(context.now))


def _where(error: BaseException) -> str:
    """The kinds of errors and the lines they came from, the first cause last; what they say may quote a learner."""
    told = [f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"]
    cause = error.__cause__ or error.__context__
    return "caused by ".join(told + ([_where(cause)] if cause is not None else []))
