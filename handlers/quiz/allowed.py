"""Whether a quiz can be played in a group: asked of Telegram before anybody joins one that could not be."""

from __future__ import annotations

from telegram import ChatMember
from telegram.error import BadRequest, ChatMigrated, Forbidden

from handlers.kit import chat
from handlers.kit.context import Context

NO_POLLS = (
    "I may not send polls here, so quizzes wait. An admin can allow polls for members, or make me an admin."
)
MUTED = "I may not write here. An admin can let members send messages and polls, or make me an admin."


async def what_forbids_it(context: Context) -> str | None:
    """What stands in the way of a quiz in this group, and what to do; None for nothing. As an administrator we may
    always, else as members may. Where Telegram does not say, the first poll will tell."""
    try:
        return await _look(context)
    except ChatMigrated as moved:
        await chat.follow(context, moved)
    return await _look(context)


async def _look(context: Context) -> str | None:
    bot = context.on.bot
    try:
        me = await bot.get_chat_member(context.chat_id, bot.id)
        if me.status == ChatMember.ADMINISTRATOR:
            return None
        if getattr(me, "can_send_messages", None) is False:
            return MUTED
        if getattr(me, "can_send_polls", None) is False:
            return NO_POLLS
        allowed = (await bot.get_chat(context.chat_id)).permissions
    except (BadRequest, Forbidden):
        return None
    if allowed is not None and allowed.can_send_messages is False:
        return MUTED
    return NO_POLLS if allowed is not None and allowed.can_send_polls is False else None
