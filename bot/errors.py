"""When a handler raises: a refusal is said, trouble on the way to Telegram passes through, a bug is owned."""

from __future__ import annotations

import logging
import traceback

from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Reply, escape
from storage import groups, learners

CALM = "Something went wrong on my side, and it is noted. What you wrote is kept; please try that once more."
TOO_MUCH = (
    "That was a lot at once, and I lost track: give me half a minute. What you sent before is kept; send what came"
    " after it again then."
)
MUTED = (
    "I may not write in “{}”. An admin can let its members send messages, or make me an admin. Meanwhile /quiz"
    " plays here, with you alone."
)
MUTED_HERE = "I may not write here. An admin can let members send messages, or make me an admin."
THREAD_GONE = ("message thread not found", "topic_deleted")
_ALERT_LIMIT = 200  # characters that fit a pop-up

log = logging.getLogger(__name__)


async def settle(context: Context, error: Exception) -> None:
    """Deal with what a handler raised; raises it again where only running the update once more can help."""
    try:
        await _answer(context, error)
    except BadRequest as refused:
        gone = any(words in refused.message.lower() for words in THREAD_GONE)
        if not context.in_group or not (gone or chat.is_forbidden(refused)):
            raise
        why = "its forum topic is gone" if gone else "the group does not let us write"
        log.info("update %d cannot be answered: %s", context.update.update_id, why)
        if not gone:
            await _tell_aside(context)
    except ChatMigrated as moved:
        if not context.in_group:
            raise
        async with context.on.db.transaction() as tx:
            await groups.migrate(tx, context.chat_id, moved.new_chat_id)
        log.info("update %d cannot be answered: the group is another chat now", context.update.update_id)


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
    reply = Reply(escape(refusal.sentence), refusal.buttons)
    await chat.say(context, reply, to_message=None if pressed else context.message.message_id)
    await chat.answer(context)


async def _tell_aside(context: Context) -> None:
    """Why nothing is said in a group, to whoever wanted something there: as a pop-up, else in private if we may."""
    if context.update.callback_query is not None:
        await chat.answer(context, MUTED_HERE, alert=True)
    elif context.update.message is not None and context.words.startswith("/"):
        title = escape(context.message.chat.title or "the group")
        try:
            await chat.send(context.on, context.learner_id, Reply(MUTED.format(title)))
        except (Forbidden, BadRequest):
            log.debug("nor in private")


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
