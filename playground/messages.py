"""Messages: what is kept of each, how the Bot API shows it, and how people see it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from playground import entities, rendering
from playground.entities import Formatted
from playground.people import Bot, Chat, Person


@dataclass
class Message:
    """One message. `body` holds what is not text, as the Bot API shows it: `{"location": …}`."""

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

    @property
    def by_bot(self) -> bool:
        return isinstance(self.sender, Bot)

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
        if with_reply and self.reply_to is not None and not self.reply_to.deleted:
            shown["reply_to_message"] = self.reply_to.as_json(with_reply=False)
        shown |= self.body | self.flags
        name, spans = ("text", "entities") if self.kind == "text" else ("caption", "caption_entities")
        if self.content.text:
            shown[name] = self.content.text
        if self.content.entities:
            shown[spans] = [entities.as_json(e) for e in self.content.entities]
        if self.buttons is not None:
            shown["reply_markup"] = self.buttons
        return shown

    def for_people(self) -> dict[str, Any]:
        """What a person sees, as `GET /people/messages` lists it."""
        shown: dict[str, Any] = {
            "message_id": self.id,
            "from": self.sender.username if isinstance(self.sender, Bot) else self.sender.name,
            "date": self.date.isoformat(),
            "edited": self.edited.isoformat() if self.edited else None,
            "kind": self.kind,
            "text": self.content.text,
            "html": rendering.render(self.content),
            "buttons": self._button_rows(),
            "silent": self.silent,
        }
        if self.reply_to is not None and not self.reply_to.deleted:
            shown["reply_to"] = self.reply_to.id
        if self.keyboard is not None:
            shown |= _keyboard_for_people(self.keyboard)
        return shown | _body_for_people(self.body) | self.files

    def _button_rows(self) -> list[list[dict[str, Any]]]:
        rows = (self.buttons or {}).get("inline_keyboard", [])
        return [
            [
                {"text": b["text"], "data": b.get("callback_data"), "url": b.get("url")} | _copied(b)
                for b in row
            ]
            for row in rows
        ]


def _copied(button: dict[str, Any]) -> dict[str, Any]:
    return {"copy": button["copy_text"]["text"]} if "copy_text" in button else {}


def _body_for_people(body: dict[str, Any]) -> dict[str, Any]:
    """A place or contact whole; of a file what a client shows beside it."""
    shown: dict[str, Any] = {key: body[key] for key in ("location", "contact") if key in body}
    for kind, name in (("document", "file_size"), ("voice", "duration"), ("sticker", "emoji")):
        if kind in body:
            shown[name] = body[kind][name]
    return shown


def _keyboard_for_people(markup: dict[str, Any]) -> dict[str, Any]:
    """Rows of the reply keyboard; no rows: it goes away. `force_reply`: the client opens a reply."""
    if "keyboard" in markup:
        rows = [[{"text": b} if isinstance(b, str) else b for b in row] for row in markup["keyboard"]]
        extras = ("one_time_keyboard", "is_persistent", "input_field_placeholder")
        return {"keyboard": rows} | {key: markup[key] for key in extras if key in markup}
    if "remove_keyboard" in markup:
        return {"keyboard": []}
    return {"force_reply": True}


class Messages:
    """Every message there was, by chat and id; ids rise over all private chats, as Telegram's do."""

    def __init__(self, first_id: int) -> None:
        self._next_id = first_id
        self._by_chat: dict[int, dict[int, Message]] = {}

    def take_id(self) -> int:
        self._next_id += 1
        return self._next_id - 1

    def add(self, message: Message) -> None:
        self._by_chat.setdefault(message.chat.id, {})[message.id] = message

    def find(self, chat: Chat, message_id: int) -> Message | None:
        return self._by_chat.get(chat.id, {}).get(message_id)

    def remove(self, message: Message) -> None:
        message.deleted = True
        self._by_chat[message.chat.id].pop(message.id)

    def of(self, chat: Chat, after: int = 0) -> list[Message]:
        return [message for message in self._by_chat.get(chat.id, {}).values() if message.id > after]
