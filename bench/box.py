"""The Telegram of a measurement: a playground in a process of its own, with people who do what they are told."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

from handlers.asking.presses import Rate
from interview.rating import Rating
from playground import bot_api
from playground.clock import Clock
from playground.server import serve
from playground.state import Box

PATIENCE = 120.0  # seconds for all of a round's answers
TEXT = "<b>ROC AUC</b>: the share of pairs ranked right, <i>one half</i> by chance. <code>a &lt; b</code>"


class People:
    """Everybody in a box, `learner_0` and on; the first one has the id `first_id`."""

    def __init__(self, box: Box, count: int) -> None:
        self._box = box
        self._shown: dict[int, int] = {}  # the message under which each is to rate
        self._people = [box.add_person(f"learner_{number}") for number in range(count)]
        for person in self._people:
            person.started = True
        self.first_id = self._people[0].id

    async def do(self, what: str, told: dict[str, Any]) -> object:
        """One thing they can be told to do; what came of it."""
        match what:
            case "show":
                numbers = range(told["first"], told["first"] + told["count"])
                self._shown = {number: await self._show(number) for number in numbers}
                return len(self._shown)
            case "taps":
                return await self._taps()
            case "paced":
                return await self._paced(told["apart"])
            case "count":
                return sum(len(self._box.messages(person.id)) for person in self._people)
            case "start":
                await self._start(told["first"])
                return True
            case _:
                raise ValueError(what)

    async def _taps(self) -> float:
        """Everybody who was shown a question rates at once; the seconds until all are answered."""
        began = perf_counter()
        answers = [self._tap(*shown) for shown in self._shown.items()]
        await asyncio.wait_for(asyncio.gather(*answers), PATIENCE)
        return perf_counter() - began

    async def _paced(self, apart: float) -> list[float]:
        """One after the other rates, `apart` seconds between them; the seconds each waited for the answer."""
        waits = []
        for shown in self._shown.items():
            waits.append(asyncio.create_task(self._waits(*shown)))
            await asyncio.sleep(apart)
        return list(await asyncio.wait_for(asyncio.gather(*waits), PATIENCE))

    async def _waits(self, number: int, message_id: int) -> float:
        began = perf_counter()
        await self._tap(number, message_id)
        return perf_counter() - began

    async def _start(self, number: int) -> None:
        """Somebody writes /start; over when the bot has answered it."""
        person = self._people[number]
        async with self._heard() as events:
            self._box.say(person.name, person.name, "/start")
            while (event := await events.get()) is not None:
                if event["type"] == "message" and event["message"]["from"] != person.name:
                    return

    @asynccontextmanager
    async def _heard(self) -> AsyncIterator[asyncio.Queue[dict[str, Any] | None]]:
        events = self._box.events.listen()
        try:
            yield events
        finally:
            self._box.events.leave(events)

    async def _show(self, number: int) -> int:
        """The message with the four ratings, under asking `number` + 1; its id."""
        ratings = [
            {"text": rating.label, "callback_data": Rate(number + 1, rating).pack()} for rating in Rating
        ]
        raw = {
            "chat_id": str(self._people[number].id),
            "text": TEXT,
            "parse_mode": "HTML",
            "reply_markup": json.dumps({"inline_keyboard": [ratings]}),
        }
        _, answer = await bot_api.call(self._box, self._box.token, "sendMessage", raw)
        return int(answer["result"]["message_id"])

    def _tap(self, number: int, message_id: int) -> asyncio.Future[Any]:
        name = self._people[number].name
        return self._box.tap(name, name, message_id, Rating.GOOD.label)


async def run(clock: Clock, people_count: int) -> None:
    """Serve until the process is ended; does what standard input says, a line each."""
    box = Box(now=clock.now)
    _, port = await serve(box, clock, 0)
    people = People(box, people_count)
    _tell({"port": port, "token": box.token, "first_id": people.first_id})
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        told = json.loads(line)
        if told["do"] == "wait":
            _tell(await box.updates.connected(PATIENCE))
        else:
            _tell(await people.do(told["do"], told))


def _tell(what: object) -> None:
    print(json.dumps(what), flush=True)
