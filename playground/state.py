"""The box: one Telegram with one bot, and what people do in it."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

from playground import attachments, markup
from playground.entities import HALVES, Formatted, tidy, with_found
from playground.events import Events
from playground.files import Files, Upload
from playground.messages import Message, Messages
from playground.people import Bot, Chat, Person, Roster
from playground.profile import Profile
from playground.queries import Answer, Queries
from playground.refusals import PersonRefused
from playground.updates import Updates

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024


class Box:
    """What three doors share: the Bot API over HTTP, people over HTTP, python-telegram-bot in process.

    `now` gives aware moments; `strict` refuses parameters the Bot API does not know, which Telegram ignores.
    `first_message_id` sets the box apart from earlier ones for a bot that remembers them.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        token: str = "42:playground",
        strict: bool = False,
        *,
        name: str = "Interview Coach",
        username: str = "interview_coach_bot",
        first_message_id: int = 1,
    ) -> None:
        first_id = int(now().timestamp() * 1000)
        self.now = now
        self.token = token
        self.strict = strict
        self.bot = Bot(int(token.partition(":")[0]), name, username)
        self.roster = Roster()
        self.posts = Messages(first_message_id)
        self.updates = Updates(now, first_id)
        self.queries = Queries(now, first_id)
        self.files = Files()
        self.profile = Profile()
        self.events = Events()
        self.warnings: list[str] = []

    # What people do; `PersonRefused` says why not.

    def say(self, who: str, chat: str | int, text: str, reply_to: int | None = None) -> int:
        """A person writes; the first time in a private chat, that is pressing Start. The new message's id."""
        person, where = self._speaker(who, chat)
        content = self._typed(text, LONGEST_TEXT, "A message")
        if not content.text:
            raise PersonRefused("Type something first: a message cannot be empty.")
        return self._post(person, where, Message(
            self.posts.take_id(), where, person, self.now(), content, reply_to=self._target(where, reply_to)
        ))  # fmt: skip

    def send(
        self,
        who: str,
        chat: str | int,
        kind: str,
        caption: str = "",
        latitude: float | None = None,
        longitude: float | None = None,
        reply_to: int | None = None,
        upload: Upload | None = None,
    ) -> int:
        """A person sends a photo, voice note, document, sticker, location or their contact.

        A file is a small one from the box, or `upload`.
        """
        person, where = self._speaker(who, chat)
        body = attachments.sample_body(self.files, person, kind, latitude, longitude, upload)
        if caption and kind not in attachments.CAPTIONED:
            raise PersonRefused(f"A {kind} has no caption; say it in a message of its own.")
        content = self._typed(caption, LONGEST_CAPTION, "A caption")
        target = self._target(where, reply_to)
        return self._post(person, where, Message(
            self.posts.take_id(), where, person, self.now(), content, kind, body, reply_to=target,
            files=attachments.addresses(self.files, kind, body),
        ))  # fmt: skip

    def edit(self, who: str, chat: str | int, message_id: int, text: str) -> None:
        """A person changes a text, or the caption of a photo, voice note or document, of their own."""
        person, where = self._speaker(who, chat)
        message = self._message(where, message_id)
        if message.sender is not person:
            raise PersonRefused(f"{who} did not write message {message_id}, so cannot change it.", 403)
        if message.kind not in ("text", *attachments.CAPTIONED):
            raise PersonRefused(f"A {message.kind} has no text to change.")
        limit = LONGEST_TEXT if message.kind == "text" else LONGEST_CAPTION
        content = self._typed(text, limit, "A message")
        if message.kind == "text" and not content.text:
            raise PersonRefused("Type something first: a message cannot be empty.")
        if content == message.content:
            raise PersonRefused("That is what the message says already.")
        message.content, message.edited = content, self.now()
        self.updates.add("edited_message", self.message_json(message))
        self.tell_message("edited", message)

    def tap(self, who: str, chat: str | int, message_id: int, button: str) -> "asyncio.Future[Answer]":
        """A person taps an inline button, named by label or data, or by an unmistakable part of the label.

        The tap itself is done when this returns; the future holds what the bot answered.
        """
        person, where = self._speaker(who, chat)
        message = self._message(where, message_id)
        found = markup.button_named(message.buttons, button)
        if isinstance(found, str):
            raise PersonRefused(found)
        if "callback_data" not in found:
            return _settled(Answer(url=_address(found)))
        query = self.queries.open(person, where)
        self.updates.add("callback_query", {
            "id": query.id,
            "from": person.as_user(),
            "message": self.message_json(message),
            "chat_instance": str(where.id * 7919),
            "data": found["callback_data"],
        })  # fmt: skip
        return query.answered

    def delete(self, who: str, chat: str | int, message_id: int) -> None:
        """A person deletes a message, for both sides; the bot is not told."""
        _, where = self.roster.chat_of(who, chat)
        self.remove(self._message(where, message_id))

    def block(self, who: str) -> None:
        """A person blocks the bot; once it knows them it is told."""
        person = self.roster.person(who)
        if not person.blocked:
            person.blocked = True
            self._membership_changed(person)

    def unblock(self, who: str) -> None:
        person = self.roster.person(who)
        if person.blocked:
            person.blocked = False
            self._membership_changed(person)

    def deactivate(self, who: str) -> None:
        """A person deletes their account, for good."""
        self.roster.person(who).deactivated = True
        self.events.tell("chats")

    def add_person(self, name: str, language: str = "en") -> Person:
        person = self.roster.add(name, language)
        self.events.tell("chats")
        return person

    # What people see.

    def chats(self) -> list[dict[str, Any]]:
        """Every chat, as `GET /people/chats` lists it."""
        return [
            {
                "chat": chat.name,
                "type": chat.type,
                "title": chat.person.first_name,
                "members": [*(person.name for person in chat.members), self.bot.username],
                "language": chat.person.language,
                "started": chat.person.started,
                "blocked": chat.person.blocked,
                "deactivated": chat.person.deactivated,
            }
            for chat in self.roster.chats.values()
        ]

    def messages(self, chat: str | int, after: int = 0) -> list[dict[str, Any]]:
        """The messages of a chat with a larger id, as `GET /people/messages` lists them."""
        return [message.for_people() for message in self.posts.of(self.roster.chat(chat), after)]

    def commands(self, chat: str | int | None = None) -> list[dict[str, str]]:
        """The bot's commands as a client offers them in that chat."""
        where = self.roster.chat(chat) if chat is not None else None
        language = where.person.language if where is not None else ""
        offered = self.profile.commands_in(where, language)
        return [{"command": each["command"], "description": each["description"]} for each in offered]

    # What both sides need.

    def warn(self, text: str) -> None:
        """Tells the page of something the bot does that Telegram would let pass, or the box cannot do."""
        self.warnings.append(text)
        self.events.tell("warning", text=text)

    def message_json(self, message: Message) -> dict[str, Any]:
        return message.as_json()

    def tell_message(self, kind: str, message: Message) -> None:
        if self.events.heard:
            self.events.tell(kind, chat=message.chat.name, message=message.for_people())

    def remove(self, message: Message) -> None:
        self.posts.remove(message)
        self.events.tell("deleted", chat=message.chat.name, message_id=message.id)

    def run_timers(self, now: datetime) -> None:
        """Drops what has had its time: callback queries, updates nobody fetched."""
        self.queries.expire(now)
        self.updates.expire(now)

    def next_due(self) -> datetime | None:
        """When the box's own timers have something to do next."""
        moments = [self.queries.next_expiry(), self.updates.next_expiry()]
        return min((moment for moment in moments if moment is not None), default=None)

    def walked(self, now: datetime) -> None:
        """Tells the page that it is another time now."""
        self.events.tell("clock", now=now.isoformat())

    async def confirmed(self, seconds: float = 2.0) -> bool:
        """Whether the bot has taken every pending update within that many seconds of real time."""
        return await self.updates.confirmed(seconds)

    async def taken(self, seconds: float) -> None:
        """Gives a connected bot that much real time to take what is pending; one that does not is gone."""
        if len(self.updates) and self.updates.polled and not await self.updates.confirmed(seconds):
            self.updates.lost()

    def close(self) -> None:
        """Lets go of everybody who waits."""
        self.updates.close()
        self.events.close()

    def _speaker(self, who: str, chat: str | int) -> tuple[Person, Chat]:
        person, where = self.roster.chat_of(who, chat)
        if person.deactivated:
            raise PersonRefused(f"{who}'s account is deleted.", 403)
        if person.blocked:
            raise PersonRefused(f"{who} has blocked the bot; unblock it first.", 403)
        return person, where

    def _typed(self, text: str, limit: int, what: str) -> Formatted:
        if HALVES.search(text):
            raise PersonRefused("The text holds half a character; it must be encoded in UTF-8.")
        content = with_found(tidy(text, []))
        if len(content.text) > limit:
            raise PersonRefused(f"{what} holds at most {limit} characters; this has {len(content.text)}.")
        return content

    def _message(self, chat: Chat, message_id: int) -> Message:
        message = self.posts.find(chat, message_id)
        if message is None:
            raise PersonRefused(f"There is no message {message_id} in the chat {chat.name}.", 404)
        return message

    def _target(self, chat: Chat, reply_to: int | None) -> Message | None:
        return self._message(chat, reply_to) if reply_to is not None else None

    def _post(self, person: Person, chat: Chat, message: Message) -> int:
        if not person.started:
            person.started = True
            self.events.tell("chats")
        self.posts.add(message)
        self.updates.add("message", self.message_json(message))
        self.tell_message("message", message)
        return message.id

    def _membership_changed(self, person: Person) -> None:
        self.events.tell("chats")
        if not person.started:
            return
        user = self.bot.as_user()
        member = {"status": "member", "user": user}
        banned = {"status": "kicked", "user": user, "until_date": 0}
        self.updates.add("my_chat_member", {
            "chat": self.roster.chats[person.name].as_json(),
            "from": person.as_user(),
            "date": int(self.now().timestamp()),
            "old_chat_member": member if person.blocked else banned,
            "new_chat_member": banned if person.blocked else member,
        })  # fmt: skip


def _settled(answer: Answer) -> "asyncio.Future[Answer]":
    future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
    future.set_result(answer)
    return future


def _address(button: dict[str, Any]) -> str:
    """Where a button without data leads."""
    if "url" in button:
        return str(button["url"])
    if "copy_text" in button:
        raise PersonRefused(
            f"“{button['text']}” copies “{button['copy_text']['text']}”; the bot is not told."
        )
    raise PersonRefused(f"“{button['text']}” is switched off.")
