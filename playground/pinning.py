"""Pinned messages: a bot pins what matters in a chat, where it may."""

from typing import TYPE_CHECKING, Any

from playground import rules, service
from playground.calls import Built, Call
from playground.groups import Group
from playground.messages import Message
from playground.people import Chat
from playground.refusals import bad_request

if TYPE_CHECKING:
    from playground.state import Box


def newest(box: "Box", chat: Chat) -> Message | None:
    """The pinned message a client shows: the newest one that is still there."""
    found = [box.posts.find(chat, message_id) for message_id in chat.pinned]
    return max((m for m in found if m is not None), key=lambda m: m.id, default=None)


def pin(box: "Box", call: Call) -> bool:
    chat = _manageable(box, call)
    message = rules.message_of(box, call, chat, "message to pin not found")
    if message.kind == "service":
        raise bad_request("message can't be pinned")
    if message.id in chat.pinned:
        return True
    chat.pinned.append(message.id)
    shown: dict[str, Any] = message.as_json(with_reply=False)
    name = box.bot.name
    service.post(
        box, chat, box.bot, {"pinned_message": shown}, f"{name} pinned a message", topic=message.topic
    )
    return True


def unpin(box: "Box", call: Call) -> bool:
    """The message named, else the newest pinned one."""
    chat = _manageable(box, call)
    if call.number("message_id"):
        message: Message | None = rules.message_of(box, call, chat, "message to unpin not found")
    else:
        message = newest(box, chat)
    if message is None:
        raise bad_request("message to unpin not found")
    chat.pinned = [message_id for message_id in chat.pinned if message_id != message.id]
    return True


def unpin_all(box: "Box", call: Call) -> bool:
    _manageable(box, call).pinned = []
    return True


def _manageable(box: "Box", call: Call) -> Chat:
    chat = rules.chat_of(box, call)
    if not isinstance(chat, Group):
        return rules.writable_chat(box, call)
    # what every member of a basic group may do, only administrators may in a supergroup
    every_member = chat.permissions["can_pin_messages"] and not chat.is_supergroup
    if not (chat.is_run_by(box.bot) or every_member):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


METHODS = {
    "pinChatMessage": Built(pin, ("chat_id", "message_id"), ("disable_notification",)),
    "unpinChatMessage": Built(unpin, ("chat_id", "message_id")),
    "unpinAllChatMessages": Built(unpin_all, ("chat_id",)),
}
