"""Service messages: what Telegram itself says in a group about what happened there."""

from typing import TYPE_CHECKING, Any

from playground.entities import Formatted
from playground.groups import Group
from playground.messages import Message
from playground.people import Bot, Chat, Person

if TYPE_CHECKING:
    from playground.state import Box


def post(
    box: "Box",
    chat: Chat,
    by: Person | Bot,
    body: dict[str, Any],
    note: str,
    *,
    opens: str | None = None,
    topic: Message | None = None,
    tells_bot: bool = False,
) -> Message:
    """Puts it into the chat; the bot hears of it while it is there, or where `tells_bot`.

    `note` is what people read. `opens`: the title of the forum topic that begins with this message.
    """
    message = Message(
        box.posts.take_id(chat), chat, by, box.now(), Formatted(), "service", body, note=note, topic=topic
    )
    if opens is not None and isinstance(chat, Group):
        chat.topics[message.id] = opens
        message.topic = message
    box.posts.add(message)
    if tells_bot or not isinstance(chat, Group) or chat.has_bot:
        box.updates.add("message", box.message_json(message))
    box.tell_message("message", message)
    return message
