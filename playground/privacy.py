"""What a bot hears in a group: everything as an administrator or with privacy off, else what is meant for it."""

from playground.entities import Formatted
from playground.groups import Group
from playground.messages import Message
from playground.people import Bot
from playground.rendering import stretch


def reaches(bot: Bot, message: Message) -> bool:
    """Whether the bot is told of a person's message, or of a change of it."""
    chat = message.chat
    if not isinstance(chat, Group):
        return True
    if not chat.has_bot or message.sender is bot:
        return False
    if message.kind == "service" or chat.bot_status == "administrator" or not bot.privacy:
        return True
    answers_bot = message.reply_to is not None and message.reply_to.by_bot
    return answers_bot or "via_bot" in message.flags or _is_command_for(bot, message.content)


def _is_command_for(bot: Bot, content: Formatted) -> bool:
    """`/quiz` or `/quiz@this_bot` at the very beginning; a command for another bot is not."""
    first = next((e for e in content.entities if e.type == "bot_command" and e.offset == 0), None)
    if first is None:
        return False
    _, _, addressee = stretch(content.text, first).partition("@")
    return addressee.lower() in ("", bot.username.lower())
