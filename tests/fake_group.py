"""A fake study group over the real bot: what people say, tap and vote there, and what everybody sees."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from playground import membership
from tests.fake_chat import Running, Seen, seen

STUDY_GROUP = "study-group"
BOT = "bot"


@dataclass(frozen=True, slots=True)
class Asked:
    """A poll as the group sees it; `right` is where the right option stands."""

    id: int
    question: str
    options: list[str]
    right: int
    votes: dict[str, int]
    closed: bool
    buttons: list[str]
    seconds_left: float | None


class FakeGroup:
    """One group with the bot in it; everybody who acts is named."""

    def __init__(self, running: Running, name: str = STUDY_GROUP, thread: int | None = None) -> None:
        self.running, self.box, self.clock = running, running.box, running.clock
        self.name, self.thread = name, thread
        self._read = 0

    @classmethod
    async def opens(
        cls, running: Running, title: str = "ML Friends", *, with_bot: bool = True, forum: bool = False
    ) -> FakeGroup:
        """A new group of alice, who runs it, and all others."""
        members = [*running.box.roster.people]
        made = membership.create(running.box, title, members + [BOT] * with_bot, forum=forum)
        await running.quiet()
        return cls(running, made.name)

    @property
    def id(self) -> int:
        """The group's, or the supergroup's that it has become."""
        return self.box.roster.chat(self.name).id

    # what people do

    async def says(self, who: str, text: str, reply_to: int | None = None) -> int:
        self._looked()
        message_id = self.box.say(who, self.name, text, reply_to, self.thread)
        await self.running.quiet()
        return message_id

    async def taps(self, who: str, label: str, on: int | None = None) -> str | None:
        """Tap a button of the newest message that has it; what popped up."""
        self._looked()
        message_id = on if on is not None else self.with_button(label).id
        answer = await asyncio.wait_for(self.box.tap(who, self.name, message_id, label), 10)
        await self.running.quiet()
        return answer.text or answer.url

    async def taps_data(self, who: str, on: int, data: str) -> str | None:
        """Send callback data of one's own making, as a slow phone or a forger does; what popped up."""
        person, where = self.box.roster.chat_of(who, self.name)
        query = self.box.queries.open(person, where)
        message = self.box.posts.find(where, on)
        assert message is not None
        shown = {"id": query.id, "from": person.as_user(), "message": self.box.message_json(message)}
        self.box.updates.add("callback_query", {**shown, "chat_instance": "1", "data": data})
        answer = await asyncio.wait_for(query.answered, 10)
        await self.running.quiet()
        return answer.text

    async def votes(self, who: str, right: bool = True, on: int | None = None) -> None:
        """Answer the newest poll, with the right option or the first wrong one."""
        poll = self.poll if on is None else next(each for each in self.polls if each.id == on)
        wrong = next(number for number in range(len(poll.options)) if number != poll.right)
        self.box.vote(who, self.name, poll.id, [poll.right if right else wrong])
        await self.running.quiet()

    async def does(self, doing: Callable[..., Any], *given: Any, **more: Any) -> None:
        """Whatever else people do, by a function of the playground: `membership.promote, "alice", group.name, BOT`."""
        self._looked()
        doing(self.box, *given, **more)
        await self.running.quiet()

    async def waits(
        self, seconds: float = 0, *, minutes: float = 0, days: float = 0, until: datetime | None = None
    ) -> None:
        """Let time pass, for so long or until a moment."""
        self._looked()
        passed = timedelta(seconds=seconds, minutes=minutes, days=days)
        await self.clock.walk_to(until or self.clock.now() + passed)

    async def closes(self) -> None:
        """Let the time of the newest poll pass."""
        assert self.poll.seconds_left is not None
        await self.waits(self.poll.seconds_left)

    # what everybody sees

    @property
    def messages(self) -> list[Seen]:
        return [_as_read(message) for message in self._all() if message.get("kind") != "poll"]

    @property
    def from_bot(self) -> list[Seen]:
        return [message for message in self.messages if message.sender == self.box.bot.username]

    @property
    def last(self) -> Seen:
        return self.from_bot[-1]

    @property
    def new_messages(self) -> list[Seen]:
        """What the bot sent since anybody last did anything or waited; polls aside."""
        return [message for message in self.from_bot if message.id > self._read]

    def message(self, message_id: int) -> Seen:
        return next(message for message in self.messages if message.id == message_id)

    @property
    def polls(self) -> list[Asked]:
        return [self._asked(message) for message in self._all() if message.get("kind") == "poll"]

    @property
    def poll(self) -> Asked:
        """The newest poll."""
        return self.polls[-1]

    def with_button(self, label: str) -> Seen:
        """The newest message with a button called (or containing) this; polls have buttons too."""
        for message in reversed([_as_read(message) for message in self._all()]):
            if any(label in button for button in message.buttons):
                return message
        raise AssertionError(f"no message has a button {label!r}; the last one says {self.last.text!r}")

    async def rows(self, sql: str, *parameters: Any) -> list[dict[str, Any]]:
        """What the database holds, read beside the bot."""
        assert self.running.coach is not None
        async with self.running.coach._db.transaction() as tx:
            return [dict(row) for row in await tx.all(sql, parameters)]

    def _all(self) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = self.box.messages(self.name)
        return [each for each in messages if self.thread is None or each.get("thread") == self.thread]

    def _looked(self) -> None:
        messages = self._all()
        self._read = messages[-1]["message_id"] if messages else 0

    def _asked(self, message: dict[str, Any]) -> Asked:
        poll = message["poll"]
        found = self.box.posts.find(self.box.roster.chat(self.name), message["message_id"])
        closes = found.poll.closes if found is not None and found.poll is not None else None
        return Asked(
            id=message["message_id"],
            question=poll["question"],
            options=[option["text"] for option in poll["options"]],
            right=poll["correct"][0],
            votes={who: n for n, option in enumerate(poll["options"]) for who in option["voters"]},
            closed=poll["closed"],
            buttons=[button["text"] for row in message.get("buttons") or [] for button in row],
            seconds_left=(closes - self.clock.now()).total_seconds() if closes is not None else None,
        )


def _as_read(message: dict[str, Any]) -> Seen:
    """As people read it: what may not break looks like any other space."""
    one = seen(message)
    return replace(one, text=one.text.replace("\N{NO-BREAK SPACE}", " "))
