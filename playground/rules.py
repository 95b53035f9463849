"""Whom a bot may write to, which messages it may touch: the refusals that come from the state."""

from datetime import timedelta
from typing import TYPE_CHECKING

from playground.calls import Call
from playground.groups import Group
from playground.messages import Message
from playground.people import Bot, Chat, Person
from playground.refusals import Refused, bad_request, not_built
from playground.rights import RIGHTS

if TYPE_CHECKING:
    from playground.state import Box

DELETABLE = timedelta(hours=48)
REPLY_FIELDS = {"message_id", "chat_id", "allow_sending_without_reply"}


def chat_of(box: "Box", call: Call) -> Chat:
    """The chat of `chat_id`; a group only while the bot is in it."""
    chat_id = call.args.get("chat_id")
    if chat_id in (None, ""):
        raise bad_request("chat_id is empty")
    if chat_id == box.bot.id:
        raise Refused(403, "bot can't send messages to bots")
    chat = box.roster.find_chat(chat_id) if isinstance(chat_id, int) else None
    if chat is None:
        raise bad_request("chat not found")
    if isinstance(chat, Group):
        _check_membership(chat)
    return chat


def _check_membership(group: Group) -> None:
    if not group.bot_met:
        raise bad_request("chat not found")
    if group.moved_to is not None:
        raise Refused(
            400,
            "group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": group.now_at().id},
        )
    kind = "supergroup" if group.is_supergroup else "group"
    if group.bot_status == "kicked":
        raise Refused(403, f"bot was kicked from the {kind} chat")
    if group.bot_status == "left":
        raise Refused(403, f"bot is not a member of the {kind} chat")


def group_of(box: "Box", call: Call, in_private: str) -> Group:
    """The group of `chat_id`; a private chat is refused with those words."""
    chat = chat_of(box, call)
    if not isinstance(chat, Group):
        raise bad_request(in_private)
    return chat


def somebody(box: "Box", call: Call) -> Person | Bot:
    """Whoever `user_id` is."""
    user_id = call.number("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    if user_id == box.bot.id:
        return box.bot
    own = box.roster.find_chat(user_id)
    if own is None or not own.is_private:
        raise bad_request("user not found")
    return own.person


def writable_chat(box: "Box", call: Call, kind: str = "text") -> Chat:
    """The chat of `chat_id`, where the bot may send a message of that kind now."""
    chat = chat_of(box, call)
    if isinstance(chat, Group):
        right, words = RIGHTS[kind]
        if not chat.allows(box.bot, right):
            raise bad_request(f"not enough rights to send {words} to the chat")
    else:
        _check_person(chat.person)
    return chat


def _check_person(person: Person) -> None:
    if person.deactivated:
        raise Refused(403, "user is deactivated")
    if not person.started:
        raise Refused(403, "bot can't initiate conversation with a user")
    if person.blocked:
        raise Refused(403, "bot was blocked by the user")


def topic_of(box: "Box", call: Call, chat: Chat, target: Message | None) -> Message | None:
    """The message that opened the forum topic a new one goes to: the topic named, else that of the message it
    answers."""
    thread = call.number("message_thread_id")
    if not thread:
        return target.topic if target is not None else None
    topic = box.posts.find(chat, thread) if isinstance(chat, Group) and thread in chat.topics else None
    if topic is None:
        raise bad_request("message thread not found")
    return topic


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
    chat = chat_of(box, call)
    if not isinstance(chat, Group):
        _check_person(chat.person)
    message = message_of(box, call, chat, "message to edit not found")
    if not message.by_bot or message.keyboard is not None or message.kind == "service":
        raise bad_request("message can't be edited")
    return message


def message_of(box: "Box", call: Call, chat: Chat, missing: str) -> Message:
    """The message of `message_id`; those words where there is none."""
    if call.number("message_id") <= 0:
        raise bad_request("message identifier is not specified")
    message = box.posts.find(chat, call.number("message_id"))
    if message is None:
        raise bad_request(missing)
    return message


def deletable(box: "Box", message: Message) -> bool:
    """A bot deletes its own messages and, in a private chat or as an administrator, others', for two days."""
    if box.now() - message.date >= DELETABLE:
        return False
    chat = message.chat
    return message.by_bot or not isinstance(chat, Group) or chat.is_run_by(box.bot)
