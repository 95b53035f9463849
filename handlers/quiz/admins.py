"""Who runs a group: asked of Telegram each time, as it changes without our hearing of it."""

from __future__ import annotations

from telegram import ChatMember
from telegram.error import BadRequest, ChatMigrated, Forbidden

from handlers.kit import chat
from handlers.kit.context import Context

ANONYMOUS_ADMIN = 1087968824
"""Stands for whichever administrator writes as the group itself."""

_RUNS_IT = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


async def is_admin(context: Context) -> bool:
    """Whether who wrote or pressed runs the group; in private chats everybody does."""
    if not context.in_group or context.learner_id == ANONYMOUS_ADMIN:
        return True
    bot = context.on.bot
    try:
        member = await bot.get_chat_member(context.chat_id, context.learner_id)
    except ChatMigrated as moved:
        await chat.follow(context, moved)
        member = await bot.get_chat_member(context.chat_id, context.learner_id)
    except (BadRequest, Forbidden):  # they left, or we have
        return False
    return member.status in _RUNS_IT
