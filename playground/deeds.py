"""What people do in a chat: say, send, change, delete, tap, vote, leave the bot alone. `PersonRefused` says why not."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

from playground import attachments, markup, privacy, viewing
from playground.entities import HALVES, Formatted, tidy, with_found
from playground.events import Events
from playground.files import Files, Upload
from playground.groups import Group
from playground.messages import Message, Messages
from playground.people import Bot, Chat, Person, Roster
from playground.queries import Answer, Queries
from playground.refusals import PersonRefused
from playground.rights import RIGHTS
from playground.updates import Updates

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024


class Deeds:
    """The people's half of the box."""

    now: Callable[[], datetime]
    bot: Bot
    roster: Roster
    posts: Messages
    updates: Updates
    queries: Queries
    files: Files
    events: Events
    told: int

    def say(
        self, who: str, chat: str | int, text: str, reply_to: int | None = None, thread: int | None = None
    ) -> int:
        """A person writes; the first time in a private chat, that is pressing Start. The new message's id."""
        person, where = self._speaker(who, chat)
        content = self._typed(text, LONGEST_TEXT, "A message")
        if not content.text:
            raise PersonRefused("Type something first: a message cannot be empty.")
        return self._post(person, where, Message(
            0, where, person, self.now(), content,
            reply_to=self._target(where, reply_to), topic=self._topic(where, thread, reply_to),
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
        thread: int | None = None,
    ) -> int:
        """A person sends a photo, voice note, document, sticker, location or their contact.

        A file is a small one from the box, or `upload`.
        """
        person, where = self._speaker(who, chat)
        body = attachments.sample_body(self.files, person, kind, latitude, longitude, upload)
        if caption and kind not in attachments.CAPTIONED:
            raise PersonRefused(f"A {kind} has no caption; say it in a message of its own.")
        content = self._typed(caption, LONGEST_CAPTION, "A caption")
        return self._post(person, where, Message(
            0, where, person, self.now(), content, kind, body,
            reply_to=self._target(where, reply_to), topic=self._topic(where, thread, reply_to),
            files=attachments.addresses(self.files, kind, body),
        ))  # fmt: skip

    def edit(self, who: str, chat: str | int, message_id: int, text: str) -> None:
        """A person changes a text, or the caption of a photo, voice note or document, of their own."""
        person, where = self._speaker(who, chat)
        message = self.message_in(where, message_id)
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
        if privacy.reaches(self.bot, message):
            self.updates.add("edited_message", self.message_json(message))
        self.tell_message("edited", message)

    def tap(self, who: str, chat: str | int, message_id: int, button: str) -> "asyncio.Future[Answer]":
        """A person taps an inline button, named by label or data, or by an unmistakable part of the label.

        The tap itself is done when this returns; the future holds what the bot answered.
        """
        person, where = self._speaker(who, chat)
        message = self.message_in(where, message_id)
        found = markup.button_named(message.buttons, button)
        if isinstance(found, str):
            raise PersonRefused(found)
        if "callback_data" not in found:
            return _settled(Answer(url=_address(found)))
        query = self.queries.open(person, where)
        if not isinstance(where, Group) or where.has_bot:
            self.updates.add("callback_query", {
                "id": query.id,
                "from": person.as_user(),
                "message": self.message_json(message),
                "chat_instance": str(where.id * 7919),
                "data": found["callback_data"],
            })  # fmt: skip
        return query.answered

    def vote(self, who: str, chat: str | int, message_id: int, options: list[int]) -> None:
        """A person answers a poll, or with no options takes the answer back; positions count from 0."""
        person, where = self._speaker(who, chat)
        message = self.message_in(where, message_id)
        if message.poll is None:
            raise PersonRefused(f"Message {message_id} is no poll.")
        self.run_timers(self.now())
        self.cast(person, message, options)

    def cast(self, person: Person, message: Message, options: list[int]) -> None:
        """Counts a vote as of the moment it is given, whatever is overdue since; the bot is told."""
        if message.poll is None or not message.poll.vote(person, options):
            return
        if not message.poll.is_anonymous:
            self.updates.add("poll_answer", message.poll.answer_json(person))
        self.updates.add("poll", message.poll.as_json())
        self.tell_message("edited", message)

    def post_via_bot(
        self, who: str, chat: str | int, content: Formatted, buttons: dict[str, Any] | None
    ) -> int:
        """A person sends what the bot has offered them; the bot hears of it wherever it is."""
        person, where = self._speaker(who, chat)
        flags = {"via_bot": self.bot.as_user()}
        message = Message(0, where, person, self.now(), content, buttons=buttons, flags=flags)
        return self._post(person, where, message)

    def delete(self, who: str, chat: str | int, message_id: int) -> None:
        """A person deletes a message, for all; in a group their own or, as an administrator, anybody's. The bot
        is not told."""
        person, where = self.roster.chat_of(who, chat)
        message = self.message_in(where, message_id)
        if isinstance(where, Group) and message.sender is not person and not where.is_run_by(person):
            raise PersonRefused(f"{who} neither wrote message {message_id} nor runs {where.name}.", 403)
        self.remove(message)

    def block(self, who: str) -> None:
        """A person blocks the bot; once it knows them it is told."""
        person = self.roster.person(who)
        if not person.blocked:
            person.blocked = True
            self._blocking_changed(person)

    def unblock(self, who: str) -> None:
        person = self.roster.person(who)
        if person.blocked:
            person.blocked = False
            self._blocking_changed(person)

    def deactivate(self, who: str) -> None:
        """A person deletes their account, for good; they are in no group any more, and no bot is told."""
        person = self.roster.person(who)
        person.deactivated = True
        for chat in self.roster.chats.values():
            if isinstance(chat, Group):
                chat.members = [member for member in chat.members if member is not person]
        self.events.tell("chats")

    def add_person(self, name: str, language: str = "en") -> Person:
        person = self.roster.add(name, language)
        self.events.tell("chats")
        return person

    # What is needed from the other half.

    def run_timers(self, now: datetime) -> None:
        raise NotImplementedError

    def message_json(self, message: Message) -> dict[str, Any]:
        return message.as_json()

    def tell_message(self, kind: str, message: Message) -> None:
        if self.events.heard:
            self.events.tell(kind, chat=message.chat.name, message=viewing.for_people(message))

    def remove(self, message: Message) -> None:
        self.told += 1
        self.posts.remove(message)
        self.events.tell("deleted", chat=message.chat.name, message_id=message.id)

    def message_in(self, chat: Chat, message_id: int) -> Message:
        """Raises `PersonRefused` where it is not there."""
        message = self.posts.find(chat, message_id)
        if message is None:
            raise PersonRefused(f"There is no message {message_id} in the chat {chat.name}.", 404)
        return message

    def _speaker(self, who: str, chat: str | int) -> tuple[Person, Chat]:
        person, where = self.roster.chat_of(who, chat)
        if person.deactivated:
            raise PersonRefused(f"{who}'s account is deleted.", 403)
        if person.blocked and where.is_private:
            raise PersonRefused(f"{who} has blocked the bot; unblock it first.", 403)
        return person, where

    def _typed(self, text: str, limit: int, what: str) -> Formatted:
        if HALVES.search(text):
            raise PersonRefused("The text holds half a character; it must be encoded in UTF-8.")
        content = with_found(tidy(text, []))
        if len(content.text) > limit:
            raise PersonRefused(f"{what} holds at most {limit} characters; this has {len(content.text)}.")
        return content

    def _target(self, chat: Chat, reply_to: int | None) -> Message | None:
        return self.message_in(chat, reply_to) if reply_to is not None else None

    def _topic(self, chat: Chat, thread: int | None, reply_to: int | None) -> Message | None:
        """The message that opened the topic: the one named, else that of the message answered."""
        answered = self._target(chat, reply_to)
        if thread is None:
            return answered.topic if answered is not None else None
        if not isinstance(chat, Group) or thread not in chat.topics:
            raise PersonRefused(f"There is no topic {thread} in the chat {chat.name}.", 404)
        return self.message_in(chat, thread)

    def _post(self, person: Person, chat: Chat, message: Message) -> int:
        if isinstance(chat, Group):
            right, words = RIGHTS[message.kind]
            if not chat.allows(person, right):
                raise PersonRefused(f"Members of {chat.name} may not send {words}.", 403)
        elif not person.started:
            person.started = True
            self.events.tell("chats")
        message.id = self.posts.take_id(chat)
        self.posts.add(message)
        if privacy.reaches(self.bot, message):
            self.updates.add("message", self.message_json(message))
        self.tell_message("message", message)
        return message.id

    def _blocking_changed(self, person: Person) -> None:
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
