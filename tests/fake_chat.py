"""A fake chat over the real bot: real python-telegram-bot, real SQLite, and the playground as Telegram."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.application import Coach, Telegram
from bot.flood import Flood
from bot.operator.backups import Plan
from bot.pacing.pace import Turns
from bot.shelf import Shelf
from content import places
from content.bank import Bank
from content.taxonomy import read_taxonomy
from content.tips import read_tips
from interview.question import KeyPoint, Kind, Level, Mistake, Question, QuizForm, Source
from playground import viewing
from playground.clock import Clock
from playground.messages import Message
from playground.people import Bot as BoxBot
from playground.ptb import BoxRequest
from playground.state import Box
from tests.fresh_database import fresh_database
from tests.overheard import overhearing, words_in

BEGIN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # a Monday, weeks before the clocks change anywhere in Europe
PLACES = places.read()


def make_question(topic: str, number: int, level: Level = Level.MIDDLE, facet: str = "") -> Question:
    """A plausible question: texts with the characters that break careless HTML."""
    return Question(
        id=f"{topic}/question-{number}",
        topic=topic,
        facet=facet,
        level=level,
        kind=Kind.DEFINITION,
        stem=f"What is {topic} number {number}, if a<b & c>d?",
        answer=f"Reference {number} of {topic}: **because** a < b & `x>y`.",
        key_points=(
            KeyPoint(f"first point {number}"),
            KeyPoint(f"second point {number}"),
            KeyPoint(f"third point {number}", must=False),
        ),
        hints=("Think of a<b.", "It begins with b."),
        mistakes=(Mistake("a > b", "a < b"),),
        sources=(Source("A Book & more", "https://example.org/?a=1&b=2"),),
        quiz=QuizForm(
            stem=f"Which is true of {topic} {number}, if a<b & c>d?",
            options=(
                f"right {number} <b>",
                f"wrong {number} & one",
                f"wrong {number} two",
                f"wrong {number} three",
            ),
            right=(0,),
            why_wrong=("", "one is not b", "two is > b", "three is many"),
            explanation=f"Because a < b & b > {number}.",
        ),
    )


def make_bank() -> Bank:
    topics = {
        "metrics": "classification",
        "fundamentals": "paradigms",
        "statistics": "inference",
        "responsible": "fairness",
    }
    return Bank(make_question(t, n, facet=facet) for t, facet in topics.items() for n in range(1, 9))


@cache
def the_shelf() -> Shelf:
    """What every bot in a test asks from; it never changes, so it is read once."""
    return Shelf(make_bank(), read_taxonomy(), PLACES, read_tips())


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as the learner sees it."""

    id: int
    sender: str
    text: str
    html: str
    buttons: list[str]
    data: list[str]
    edited: bool
    silent: bool
    reply_to: int | None
    keyboard: Any


class Running:
    """One running bot beside the box; can be killed and started again on the same database file."""

    def __init__(self, box: Box, clock: Clock, database: Path, shelf: Shelf) -> None:
        self.box, self.clock, self.database, self.shelf = box, clock, database, shelf
        self.coach: Coach | None = None
        self._task: asyncio.Task[None] | None = None
        self.operators = frozenset({1001})  # alice
        self.read = lambda: self.shelf  # what an operator's reload finds
        self.backups: Plan | None = None
        self.pace: Turns | None = None
        self.flood: Flood | None = None
        self.starts = 0
        self.payloads: dict[int, str] = {}  # every update that came by, for running it again

    async def start(self) -> None:
        self.starts += 1
        self._wire = _Wire(self.box)
        telegram = Telegram(self.box.token, "http://box", self._wire, _Copying(self.box, self.payloads))
        self.coach = await Coach.open(
            telegram,
            self.database,
            self.shelf,
            now=self.clock.now,
            chance=Random(self.starts),
            sleep=_no_time,
            operators=self.operators,
            read=lambda: self.read(),
            backups=self.backups,
            pace=self.pace,
            flood=self.flood,
        )
        self._task = asyncio.create_task(self.coach.run())

    async def stop(self) -> None:
        if self.coach is not None:
            await self.coach.stop(grace=0 if self._wire.dead.is_set() else 5)
        if self._task is not None:
            await self._task
        self.coach = self._task = None

    async def dies_at(self, request: int, *, after: bool) -> None:
        """From now on, count what is sent to Telegram; at this one (from 0), end: before it arrives or just after.

        The process does nothing more from then on: every further request waits for ever.
        """
        self._wire.dies_at, self._wire.after = request, after
        self._wire.sent = 0

    async def dead_or_quiet(self) -> bool:
        """Wait until that moment has come, or until all is done without it; whether it came."""
        quiet = asyncio.create_task(self.quiet())
        dead = asyncio.create_task(self._wire.dead.wait())
        await asyncio.wait({quiet, dead}, return_when=asyncio.FIRST_COMPLETED)
        for task in (quiet, dead):
            task.cancel()
        await asyncio.gather(quiet, dead, return_exceptions=True)
        return self._wire.dead.is_set()

    async def quiet(self) -> None:
        assert self._task is not None
        assert await self.box.confirmed(10), "the bot does not take its updates"
        assert self.coach is not None
        await self.coach.quiet()
        if self._task.done():
            self._task.result()

    async def beat(self, now: datetime) -> None:
        if self.coach is not None:
            await self.quiet()
            await self.coach.beat(now)

    async def next_due(self) -> datetime | None:
        return await self.coach.next_due() if self.coach is not None else None


class FakeChat:
    """One learner's private chat with the bot."""

    def __init__(self, running: Running, who: str = "alice") -> None:
        self.running, self.box, self.clock, self.who = running, running.box, running.clock, who
        self.zone = ZoneInfo("UTC")
        self._read = 0
        self.toast: str | None = None

    # what the learner does

    async def says(self, text: str, reply_to: int | None = None) -> int:
        self._looked()
        message_id = self.box.say(self.who, self.who, text, reply_to)
        await self.running.quiet()
        return message_id

    async def sends(self, kind: str, **more: Any) -> None:
        self._looked()
        self.box.send(self.who, self.who, kind, **more)
        await self.running.quiet()

    async def edits(self, message_id: int, text: str) -> None:
        self.box.edit(self.who, self.who, message_id, text)
        await self.running.quiet()

    async def taps(self, label: str, on: int | None = None) -> str | None:
        """Tap a button of the newest message that has it; what popped up."""
        self._looked()
        message_id = on if on is not None else self._newest(label).id
        answer = await asyncio.wait_for(self.box.tap(self.who, self.who, message_id, label), 10)
        await self.running.quiet()
        self.toast = answer.text
        return answer.text

    async def presses(self, data: str) -> str | None:
        """Send callback data of one's own making, as a slow phone or a forger does; what popped up."""
        self._looked()
        person, where = self.box.roster.chat_of(self.who, self.who)
        query = self.box.queries.open(person, where)
        message = self.box.posts.find(where, self.last.id)
        assert message is not None
        self.box.updates.add(
            "callback_query",
            {
                "id": query.id,
                "from": person.as_user(),
                "message": self.box.message_json(message),
                "chat_instance": "1",
                "data": data,
            },
        )
        answer = await asyncio.wait_for(query.answered, 10)
        await self.running.quiet()
        return answer.text

    async def starts(self, zone: str | None = None, hour: str | None = None) -> None:
        """Through the first conversation, with these choices and the usual for the rest."""
        await self.says("/start")
        if zone is None:
            await self.taps("Skip")
        else:
            await self.says(zone)
            self.zone = ZoneInfo(zone)
        await (self.taps("Skip") if hour is None else self.says(hour))
        await self.taps("Skip")
        await self.taps("Skip")

    async def answers(self, rating: str = "Got it", text: str | None = None) -> None:
        """Answer the newest open question and rate it."""
        if text is None:
            await self.taps("Show answer")
        else:
            await self.says(text)
        await self.taps(rating)

    async def waits(self, *, minutes: float = 0, days: float = 0, until: str | None = None) -> None:
        """Let time pass: for so long, or until "09:00", "08:59 tomorrow", "2026-03-29 03:00" on the learner's clock."""
        self._looked()
        moment = self.clock.now() + timedelta(minutes=minutes, days=days)
        if until is not None:
            moment = self._moment(until)
        await self.clock.walk_to(moment)

    # what the learner sees

    @property
    def messages(self) -> list[Seen]:
        return [_seen(post) for post in self._posts()]

    @property
    def from_bot(self) -> list[Seen]:
        return [_seen(post) for post in self._posts() if self._is_ours(post)]

    @property
    def last(self) -> Seen:
        return next(_seen(post) for post in reversed(self._posts()) if self._is_ours(post))

    @property
    def new_messages(self) -> list[Seen]:
        """What the bot sent since the learner last did anything or waited."""
        return [_seen(post) for post in self._posts(self._read) if self._is_ours(post)]

    def with_button(self, label: str) -> Seen:
        """The newest message with a button called (or containing) this."""
        return _seen(self._newest(label))

    def _newest(self, label: str) -> Message:
        for post in reversed(self._posts()):
            rows = (post.buttons or {}).get("inline_keyboard", [])
            if self._is_ours(post) and any(label in button["text"] for row in rows for button in row):
                return post
        raise AssertionError(
            f"no message has a button {label!r}; the last one says {self.last.text!r} {self.last.buttons}"
        )

    def message(self, message_id: int) -> Seen:
        return next(_seen(post) for post in self._posts() if post.id == message_id)

    @property
    def questions(self) -> list[Seen]:
        """Every question put so far, open or not."""
        return [message for message in self.from_bot if "What is " in message.text]

    async def rows(self, sql: str, *parameters: Any) -> list[dict[str, Any]]:
        """What the database holds, read beside the bot."""
        assert self.running.coach is not None
        async with self.running.coach._db.transaction() as tx:
            return [dict(row) for row in await tx.all(sql, parameters)]

    def _posts(self, after: int = 0) -> list[Message]:
        """The messages as the box keeps them: to draw each one for a look at the last takes its time."""
        return self.box.posts.of(self.box.roster.chat(self.who), after)

    def _is_ours(self, post: Message) -> bool:
        return isinstance(post.sender, BoxBot) and post.sender.username == self.box.bot.username

    def _looked(self) -> None:
        posts = self._posts()
        self._read = posts[-1].id if posts else 0

    def _moment(self, until: str) -> datetime:
        local = self.clock.now().astimezone(self.zone)
        if dated := re.fullmatch(r"(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})", until):
            return datetime.fromisoformat(f"{dated[1]}T{dated[2]}").replace(tzinfo=self.zone).astimezone(UTC)
        hour, _, day = until.partition(" ")
        date = local.date() + timedelta(days=1) if day == "tomorrow" else local.date()
        moment = datetime.combine(date, time.fromisoformat(hour), self.zone).astimezone(UTC)
        return moment if day or moment > self.clock.now() else moment + timedelta(days=1)


def _seen(post: Message) -> Seen:
    return seen(viewing.for_people(post))


def seen(message: dict[str, Any]) -> Seen:
    """A message as `GET /people/messages` lists it."""
    buttons = [button for row in message.get("buttons") or [] for button in row]
    return Seen(
        id=message["message_id"],
        sender=message["from"],
        text=message["text"],
        html=message["html"],
        buttons=[button["text"] for button in buttons],
        data=[button.get("data") or "" for button in buttons],
        edited=bool(message["edited"]),
        silent=message["silent"],
        reply_to=message.get("reply_to"),
        keyboard=message.get("keyboard"),
    )


class _Wire(BoxRequest):
    """The transport for what is said, which can be cut at any request."""

    __slots__ = ("after", "dead", "dies_at", "sent")

    def __init__(self, box: Box) -> None:
        super().__init__(box)
        self.dies_at: int | None = None
        self.after = False
        self.sent = 0
        self.dead = asyncio.Event()

    async def do_request(self, url: str, *given: Any, **more: Any) -> tuple[int, bytes]:
        number, self.sent = self.sent, self.sent + 1
        if self.dies_at is None or number < self.dies_at:
            return await super().do_request(url, *given, **more)
        if number == self.dies_at and self.after:
            await super().do_request(url, *given, **more)
        self.dead.set()
        await asyncio.Event().wait()
        raise AssertionError("nothing ends this wait")


class _Copying(BoxRequest):
    """The transport for updates, which keeps a copy of each."""

    __slots__ = ("_payloads",)

    def __init__(self, box: Box, payloads: dict[int, str]) -> None:
        super().__init__(box)
        self._payloads = payloads

    async def do_request(self, url: str, *given: Any, **more: Any) -> tuple[int, bytes]:
        status, body = await super().do_request(url, *given, **more)
        if url.endswith("/getUpdates") and status == 200:
            for update in json.loads(body)["result"]:
                self._payloads[update["update_id"]] = json.dumps(update)
        return status, body


async def _no_time(seconds: float) -> None:
    await asyncio.sleep(0)


@asynccontextmanager
async def a_running_bot(database: Path, begin: datetime = BEGIN) -> AsyncIterator[Running]:
    clock = Clock(lambda: begin)
    box = Box(clock.now, strict=True)
    clock.keep(box)
    running = Running(box, clock, database, the_shelf())
    fresh_database(database)
    with overhearing() as lines:
        await running.start()
        clock.follow(running)
        try:
            yield running
        finally:
            await running.stop()
            box.close()
    assert not words_in(lines, running.payloads.values()), "a learner's words are in the log"
