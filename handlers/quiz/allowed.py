"""Whether polls may be sent to a group: asked of Telegram before anybody joins a quiz that could not be played."""

from __future__ import annotations

from telegram import ChatMember
from telegram.error import BadRequest, Forbidden

from handlers.kit.context import Context

NO_POLLS = "I may not send polls here, so there is no quiz. An admin can allow polls for members, or make me an admin."


async def may_send_polls(context: Context) -> bool:
    """As an administrator always, else as members may. Where Telegram does not say, the first poll will tell."""
    bot = context.on.bot
    try:
        me = await bot.get_chat_member(context.chat_id, bot.id)
        if me.status == ChatMember.ADMINISTRATOR:
            return True
        if getattr(me, "can_send_polls", None) is False:
            return False
        allowed = (await bot.get_chat(context.chat_id)).permissions
    except (BadRequest, Forbidden):
        return True
    return allowed is None or allowed.can_send_polls is not False
