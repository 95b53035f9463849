"""Somebody who practises whatever happens: answers, rates, changes their mind, and keeps account of all of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from random import Random
from typing import Any

import aiohttp

from handlers.quiz.mistakes import ALL_RIGHT, NO_VOTE, NOT_ASKED_ANY_MORE, NOT_IN_IT

RATINGS = ("Missed", "Partly", "Got it", "Easy")
AGAIN_AFTER = 6.0  # seconds of real time until a button without effect is tapped once more
LOOKS_EVERY = 0.15
NOTHING_MISSED = tuple(said.split(".")[0] for said in (NOT_IN_IT, NO_VOTE, ALL_RIGHT, NOT_ASKED_ANY_MORE))
AHEAD = 0.3  # of the learners want one question more


class Lost(Exception):
    """Something that was owed did not come."""


class NotLetBy(AssertionError):
    """The box does not let people do that."""


@dataclass
class Account:
    """What one person said and tapped, and saw acknowledged."""

    answers: dict[int, tuple[int, str]] = field(default_factory=dict)  # message → asking, text
    asides: dict[int, str] = field(default_factory=dict)  # message → a command that there is not
    ratings: dict[int, list[int]] = field(default_factory=dict)  # asking → each rating decided on, in order
    taps: Counter[str] = field(default_factory=Counter)
    taken: set[int] = field(default_factory=set)  # quizzes whose missed questions were wanted among the cards


class Box:
    """The playground, over HTTP."""

    def __init__(self, address: str, session: aiohttp.ClientSession) -> None:
        self.address, self._session = address, session

    async def post(self, path: str, body: Any) -> Any:
        async with self._session.post(f"{self.address}{path}", json=body) as answer:
            said = await answer.json()
            if answer.status not in (200, 504):  # a tap that nobody answered in time
                raise NotLetBy(f"{path} {body}: {said}")
            return said

    async def get(self, path: str, **query: Any) -> Any:
        async with self._session.get(f"{self.address}{path}", params=query) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def now(self) -> datetime:
        return datetime.fromisoformat((await self.get("/people/clock"))["now"])


class Person:
    """One learner of the run."""

    def __init__(self, box: Box, name: str, language: str, chance: Random, patience: float) -> None:
        self.box, self.name, self.language = box, name, language
        self.account = Account()
        self._chance, self._patience = chance, patience
        self._tapping: set[asyncio.Task[Any]] = set()
        self.id = 0

    async def joins(self) -> None:
        """Through the first conversation with what is usual, up to the first question."""
        await self.box.post("/people/person", {"name": self.name, "language": self.language})
        [self.id] = [chat["id"] for chat in await self.box.get("/people/chats") if chat["chat"] == self.name]
        await self._say("/start")
        while True:
            message_id, data = await self._until("a way on", self._skip_or_question)
            if data.startswith("show.1"):
                return
            await self._tap_until(message_id, data, partial(self._has_moved_on, (message_id, data)))

    async def practises(self) -> None:
        """Answer and rate all that is open; now and then something else in between."""
        while open_ids := self._open(await self._messages()):
            for asking_id in open_ids:
                await self._one(asking_id)
            if self._chance.random() < AHEAD:
                await self._another(open_ids[-1])

    async def reviews(self, url: str, quiz: int) -> None:
        """Open the link under a quiz's results, and take home what was missed, if anything was."""
        if quiz in self.account.taken:
            return
        start = (await self.box.post("/people/open", {"from": self.name, "url": url}))["message_id"]
        take = f"quiz-take.1:{quiz}:1"

        def answer(messages: list[dict[str, Any]]) -> dict[str, Any] | None:
            after = [message for message in messages if message["message_id"] > start]
            return next((m for m in after if take in _data(m) or m["text"].startswith(NOTHING_MISSED)), None)

        came = await self._until("what was missed in a quiz", answer)
        if take not in _data(came):
            return
        self.account.taken.add(quiz)

        def is_done(messages: list[dict[str, Any]]) -> bool:
            return any(m["message_id"] == came["message_id"] and "your cards;" in m["text"] for m in messages)

        await self._tap_until(came["message_id"], take, is_done)

    async def has_question_beyond(self, known: set[int]) -> bool:
        """Whether a question came that was not among those."""
        return bool(self.questions(await self._messages()) - known)

    async def seen(self) -> set[int]:
        """The askings of all questions that came so far."""
        return self.questions(await self._messages())

    @staticmethod
    def questions(messages: Sequence[dict[str, Any]]) -> set[int]:
        """Of which askings there are messages, at whatever step."""
        return {asking for message in messages if (asking := _asking(message)) is not None}

    async def closes(self) -> None:
        """Let go of taps that nobody answered."""
        for task in self._tapping:
            task.cancel()
        await asyncio.gather(*self._tapping, return_exceptions=True)

    async def _one(self, asking_id: int) -> None:
        if self._chance.random() < 0.25:
            await self._aside()
        if self._chance.random() < 0.6:
            await self._answer(asking_id)
        else:
            await self._press(asking_id, "show.1", lambda data: data.startswith("rate.1"))
        await self._rate(asking_id)
        if self._chance.random() < 0.2:
            await self._press(asking_id, "undo.1", lambda data: data.startswith("rate.1"))
            await self._rate(asking_id)

    async def _answer(self, asking_id: int) -> None:
        text = f"said by {self.name} number {len(self.account.answers)}: first point because second point"
        question = await self._showing(asking_id, "show.1")
        message_id = await self._say(text, reply_to=question)
        self.account.answers[message_id] = (asking_id, text)
        await self._until("the points", lambda messages: _replies(messages, message_id))

    async def _rate(self, asking_id: int) -> None:
        rating = self._chance.randrange(4)
        self.account.ratings.setdefault(asking_id, []).append(rating + 1)
        await self._press(
            asking_id, f"rate.1:{asking_id}:{rating + 1}", lambda data: data.startswith("undo.1")
        )

    async def _another(self, asking_id: int) -> None:
        before = self.questions(await self._messages())
        message_id = await self._showing(asking_id, "more.1")

        def came(messages: list[dict[str, Any]]) -> bool:
            return bool(self.questions(messages) - before)

        await self._tap_until(message_id, f"more.1:{asking_id}", came)

    async def _aside(self) -> None:
        text = f"/unknown{len(self.account.asides)}"
        message_id = await self._say(text)
        self.account.asides[message_id] = text
        await self._until("word on an unknown command", lambda messages: _replies(messages, message_id))

    async def _press(self, asking_id: int, start: str, done: Callable[[str], bool]) -> None:
        """Tap a button of an asking until it shows one for which `done` is true."""
        message_id = await self._showing(asking_id, start)
        data = start if start.count(":") else f"{start}:{asking_id}"

        def is_done(messages: list[dict[str, Any]]) -> bool:
            return any(
                done(each) and each.split(":")[1] == str(asking_id)
                for message in messages
                if message["message_id"] == message_id
                for each in _data(message)
            )

        await self._tap_until(message_id, data, is_done)

    async def _tap_until(
        self, message_id: int, data: str, done: Callable[[list[dict[str, Any]]], bool]
    ) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + self._patience
        while loop.time() < end:
            if not await self._tap(message_id, data):
                return  # it is no longer there to be tapped
            again = loop.time() + AGAIN_AFTER
            while loop.time() < again:
                if done(await self._messages()):
                    return
                await asyncio.sleep(LOOKS_EVERY)
        raise Lost(f"{self.name} tapped {data} {self.account.taps[data]} times to no effect")

    async def _tap(self, message_id: int, data: str) -> bool:
        """Tap, and do not wait for the answer; False where the message has no such button any more."""
        if not any(data in _data(m) for m in await self._messages() if m["message_id"] == message_id):
            return False
        self.account.taps[data] += 1
        body = {"from": self.name, "chat": self.name, "message_id": message_id, "button": data}
        task = asyncio.create_task(self._tapped(body))
        self._tapping.add(task)
        task.add_done_callback(self._tapping.discard)
        await asyncio.sleep(LOOKS_EVERY)
        return True

    async def _tapped(self, body: dict[str, Any]) -> None:
        try:
            await self.box.post("/people/tap", body)
        except NotLetBy:
            return  # the button went away in the very moment

    async def _showing(self, asking_id: int, start: str) -> int:
        """The message that has such a button of that asking; the newest, where there are copies."""

        def find(messages: list[dict[str, Any]]) -> int | None:
            for message in reversed(messages):
                for data in _data(message):
                    if data.startswith(start) and data.split(":")[1] == str(asking_id):
                        return int(message["message_id"])
            return None

        return int(await self._until(f"a button {start} of asking {asking_id}", find))

    async def _say(self, text: str, reply_to: int | None = None) -> int:
        body: dict[str, Any] = {"from": self.name, "chat": self.name, "text": text}
        if reply_to is not None and self._chance.random() < 0.5:
            body["reply_to"] = reply_to
        return int((await self.box.post("/people/say", body))["message_id"])

    async def _messages(self) -> list[dict[str, Any]]:
        seen = await self.box.get("/people/messages", chat=self.name, after=0)
        return [message for message in seen if message["from"] != self.name]

    async def _until(self, what: str, look: Callable[[list[dict[str, Any]]], Any]) -> Any:
        loop = asyncio.get_running_loop()
        end = loop.time() + self._patience
        while not (found := look(await self._messages())):
            if loop.time() > end:
                raise Lost(f"{self.name} waited in vain for {what}")
            await asyncio.sleep(LOOKS_EVERY)
        return found

    def _open(self, messages: Sequence[dict[str, Any]]) -> list[int]:
        """Askings that came and are not rated by this person, in the order they came."""
        return [asking for asking in sorted(self.questions(messages)) if asking not in self.account.ratings]

    def _has_moved_on(self, before: tuple[int, str], messages: list[dict[str, Any]]) -> bool:
        return self._skip_or_question(messages) not in (before, None)

    @staticmethod
    def _skip_or_question(messages: list[dict[str, Any]]) -> tuple[int, str] | None:
        """The newest message that goes on, and by which button."""
        for message in reversed(messages):
            for row in message["buttons"]:
                for button in row:
                    if button["text"] in ("Show answer", "Skip"):
                        return message["message_id"], button["data"]
        return None


def _data(message: dict[str, Any]) -> list[str]:
    return [button["data"] or "" for row in message["buttons"] for button in row]


def _asking(message: dict[str, Any]) -> int | None:
    """Of which asking a message is, told by its buttons."""
    for data in _data(message):
        name, _, ids = data.partition(":")
        if name in ("show.1", "rate.1", "undo.1", "more.1"):
            return int(ids.split(":")[0])
    return None


def _replies(messages: Sequence[dict[str, Any]], message_id: int) -> bool:
    return any(message.get("reply_to") == message_id for message in messages)
