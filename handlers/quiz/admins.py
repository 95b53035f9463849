"""Who runs a group: asked of Telegram each time, as it changes without our hearing of it."""

from __future__ import annotations

from telegram import ChatMember
from telegram.error import BadRequest, Forbidden

from handlers.kit.context import Context

ANONYMOUS_ADMIN = 1087968824
"""Stands for whichever administrator writes as the group itself."""

_RUNS_IT = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


async def is_admin(context: Context) -> bool:
    """Whether who wrote or pressed runs the group; in private chats everybody does."""
    if not context.in_group or context.learner_id == ANONYMOUS_ADMIN:
        return True
    try:
        member = await context.on.bot.get_chat_member(context.chat_id, context.learner_id)
    except (BadRequest, Forbidden):  # they left, or we have
        return False
    return member.status in _RUNS_IT
