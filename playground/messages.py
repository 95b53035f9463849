"""Messages: what is kept of each, and how the Bot API shows it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from playground import entities
from playground.entities import Formatted
from playground.people import Bot, Chat, Person
from playground.polls import Poll


@dataclass
class Message:
    """One message. `body` holds what is not text, as the Bot API shows it: `{"location": …}`.

    `note` says to people what a service message tells; `topic` is the first message of the forum topic it is in.
    """

    id: int
    chat: Chat
    sender: Person | Bot
    date: datetime
    content: Formatted
    kind: str = "text"
    body: dict[str, Any] = field(default_factory=dict)
    buttons: dict[str, Any] | None = None  # an InlineKeyboardMarkup
    keyboard: dict[str, Any] | None = None  # a ReplyKeyboardMarkup, ReplyKeyboardRemove or ForceReply
    reply_to: "Message | None" = None
    edited: datetime | None = None
    silent: bool = False
    flags: dict[str, Any] = field(default_factory=dict)  # has_protected_content, link_preview_options …
    files: dict[str, str] = field(default_factory=dict)  # addresses for the page
    deleted: bool = False
    poll: Poll | None = None
    note: str = ""
    topic: "Message | None" = None

    @property
    def by_bot(self) -> bool:
        return isinstance(self.sender, Bot)

    @property
    def thread_id(self) -> int | None:
        """Of the topic it is in; in a supergroup without topics, replies make a thread of the first one's id."""
        if self.topic is not None:
            return self.topic.id
        if self.chat.type != "supergroup" or self.reply_to is None:
            return None
        first = self.reply_to
        while first.reply_to is not None:
            first = first.reply_to
        return first.id

    def as_json(self, with_reply: bool = True) -> dict[str, Any]:
        """The Message object of the Bot API."""
        shown: dict[str, Any] = {
            "message_id": self.id,
            "from": self.sender.as_user(),
            "chat": self.chat.as_json(),
            "date": int(self.date.timestamp()),
        }
        if self.edited:
            shown["edit_date"] = int(self.edited.timestamp())
        if self.thread_id is not None:
            shown["message_thread_id"] = self.thread_id
        if self.topic is not None:
            shown["is_topic_message"] = True
        answered = self._answered()
        if with_reply and answered is not None:
            shown["reply_to_message"] = answered.as_json(with_reply=False)
        shown |= self.body | self.flags
        if self.poll is not None:
            shown["poll"] = self.poll.as_json()
        name, spans = ("text", "entities") if self.kind == "text" else ("caption", "caption_entities")
        if self.content.text:
            shown[name] = self.content.text
        if self.content.entities:
            shown[spans] = [entities.as_json(e) for e in self.content.entities]
        if self.buttons is not None:
            shown["reply_markup"] = self.buttons
        return shown

    def _answered(self) -> "Message | None":
        """What the Bot API says it answers: in a topic that is at least the message that opened it."""
        if self.reply_to is not None and not self.reply_to.deleted:
            return self.reply_to
        return self.topic if self.topic is not self else None


class Messages:
    """Every message there was, by chat and id.

    Ids rise over all private chats and basic groups together; each supergroup counts by itself.
    """

    def __init__(self, first_id: int) -> None:
        self._first_id = first_id
        self._next_ids: dict[int | None, int] = {}
        self._by_chat: dict[int, dict[int, Message]] = {}

    def take_id(self, chat: Chat) -> int:
        counter = chat.id if chat.type == "supergroup" else None
        taken = self._next_ids.get(counter, self._first_id)
        self._next_ids[counter] = taken + 1
        return taken

    def add(self, message: Message) -> None:
        self._by_chat.setdefault(message.chat.id, {})[message.id] = message

    def find(self, chat: Chat, message_id: int) -> Message | None:
        return self._by_chat.get(chat.id, {}).get(message_id)

    def remove(self, message: Message) -> None:
        message.deleted = True
        self._by_chat[message.chat.id].pop(message.id)

    def of(self, chat: Chat, after: int = 0) -> list[Message]:
        return [message for message in self._by_chat.get(chat.id, {}).values() if message.id > after]
