"""Whom a bot may write to, which messages it may touch: the refusals that come from the state."""

from datetime import timedelta
from typing import TYPE_CHECKING

from playground.calls import Call
from playground.messages import Message
from playground.people import Chat
from playground.refusals import Refused, bad_request, not_built

if TYPE_CHECKING:
    from playground.state import Box

DELETABLE = timedelta(hours=48)
REPLY_FIELDS = {"message_id", "chat_id", "allow_sending_without_reply"}


def chat_of(box: "Box", call: Call) -> Chat:
    """The chat of `chat_id`."""
    chat_id = call.args.get("chat_id")
    if chat_id in (None, ""):
        raise bad_request("chat_id is empty")
    if chat_id == box.bot.id:
        raise Refused(403, "bot can't send messages to bots")
    chat = box.roster.find_chat(chat_id) if isinstance(chat_id, int) else None
    if chat is None:
        raise bad_request("chat not found")
    return chat


def writable_chat(box: "Box", call: Call) -> Chat:
    """The chat of `chat_id`, where the bot may write now."""
    chat = chat_of(box, call)
    person = chat.person
    if person.deactivated:
        raise Refused(403, "user is deactivated")
    if not person.started:
        raise Refused(403, "bot can't initiate conversation with a user")
    if person.blocked:
        raise Refused(403, "bot was blocked by the user")
    if call.number("message_thread_id"):
        raise bad_request("message thread not found")
    return chat


def reply_target(box: "Box", call: Call, chat: Chat) -> Message | None:
    """The message a new one answers, by `reply_parameters` or the old parameters."""
    parameters = call.args.get("reply_parameters") or {}
    for name in parameters.keys() - REPLY_FIELDS:
        raise not_built(f"reply_parameters with {name}")
    message_id = parameters.get("message_id") or call.number("reply_to_message_id")
    if not message_id:
        return None
    if parameters.get("chat_id") not in (None, chat.id):
        raise not_built("a reply to another chat")
    found = box.posts.find(chat, message_id)
    lenient = parameters.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply")
    if found is None and not lenient:
        raise bad_request("message to be replied not found")
    return found


def own_message(box: "Box", call: Call) -> Message:
    """The bot's own message that a call edits."""
    chat = writable_chat(box, call)
    if call.number("message_id") <= 0:
        raise bad_request("message identifier is not specified")
    message = box.posts.find(chat, call.number("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.by_bot or message.keyboard is not None:
        raise bad_request("message can't be edited")
    return message


def deletable(box: "Box", message: Message) -> bool:
    """In a private chat a bot deletes both sides' messages for two days."""
    return box.now() - message.date < DELETABLE
