"""A group whose members play quizzes whatever happens: join, vote, vote again, skip, stop, look at the board."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any

from tests.chaos.person import Box, NotLetBy

VOTES, RIGHT = 0.6, 0.55
TWICE, LATE, SKIPS, STOPS, JOINS = 0.15, 0.1, 0.04, 0.015, 0.4


class StudyGroup:
    """One group of the run. The first member made it, and so runs it; the bot knows nothing of some of them."""

    def __init__(self, box: Box, title: str, members: Sequence[str], size: int, chance: Random) -> None:
        self.box, self.title, self.members, self.size = box, title, list(members), size
        self.name, self.id = "", 0
        self.did: Counter[str] = Counter()
        self.boards: list[str] = []
        self.results: dict[int, tuple[str, str]] = {}  # by quiz: the text, and the link under it
        self._chance = chance
        self._mark = 0  # what came up to this message was before
        self._tapping: set[asyncio.Task[None]] = set()

    async def opens(self) -> None:
        """The group comes about, with the bot in it."""
        made = await self.box.post("/people/group", {"title": self.title, "members": [*self.members, "bot"]})
        self.name, self.id = made["chat"], made["id"]

    async def says(self, who: str, text: str) -> int:
        """The message's id."""
        body = {"from": who, "chat": self.name, "text": text}
        return int((await self.box.post("/people/say", body))["message_id"])

    async def looks_ahead(self) -> None:
        """Nothing that came so far matters any more."""
        seen = await self._messages()
        self._mark = max((message["message_id"] for message in seen), default=self._mark)

    async def calls(self) -> None:
        """Somebody wants a quiz; now and then two do at once."""
        for who in self._chance.sample(self.members, 2 if self._chance.random() < 0.2 else 1):
            self.did["/quiz"] += 1
            await self.says(who, f"/quiz metrics {self.size}")

    async def plays(self) -> bool:
        """Everybody does something, or nothing, about what is there now; true once the quiz is over."""
        seen = await self._messages()
        ended = [(message, data) for message in seen if (data := _carried(message, "quiz-again.1"))]
        for message, data in ended:
            quiz = int(data.split(":")[1])
            if quiz not in self.results:  # else it is a copy of what was said before
                url = next((u for row in message["buttons"] for b in row if (u := b["url"])), "")
                self.results[quiz] = (message["text"], url)
                return True
        for message in seen:
            if data := _carried(message, "quiz-join.1"):
                await self._around_card(message, data)
        polls = [message for message in seen if "poll" in message]
        for number, message in enumerate(polls):
            if not message["poll"]["closed"]:
                await self._around_poll(message, newest=number == len(polls) - 1)
            elif self._chance.random() < LATE / len(polls):
                await self._votes(self._anybody(), message, "late votes refused")
        return False

    async def waits_for(self, start: str) -> str | None:
        """The newest message of the bot's since the mark that begins so."""
        found = [message["text"] for message in await self._messages() if message["text"].startswith(start)]
        return found[-1] if found else None

    async def closes(self) -> None:
        """Let go of taps that nobody answered."""
        for task in self._tapping:
            task.cancel()
        await asyncio.gather(*self._tapping, return_exceptions=True)

    async def _around_card(self, message: dict[str, Any], join: str) -> None:
        for who in self.members:
            if self._chance.random() < JOINS:
                self._taps(who, message, join)
        if self._chance.random() < 0.3:
            self._taps(self._anybody(), message, join.replace("join", "start"))

    async def _around_poll(self, message: dict[str, Any], *, newest: bool) -> None:
        voted = {name for option in message["poll"]["options"] for name in option["voters"]}
        for who in self.members:
            if who not in voted and self._chance.random() < (VOTES if newest else VOTES / 2):
                await self._votes(who, message, "votes refused")
            elif who in voted and self._chance.random() < TWICE:
                await self._votes(who, message, "second votes refused")
        skip = _carried(message, "quiz-skip.1")
        if skip is not None and self._chance.random() < SKIPS:
            for who in self.members:
                self._taps(who, message, skip)
        if skip is not None and self._chance.random() < STOPS:
            stop = f"quiz-stop.1:{skip.split(':')[1]}"
            self._taps(self.members[0], message, stop)  # who runs the group may

    async def _votes(self, who: str, message: dict[str, Any], refused: str) -> None:
        poll = message["poll"]
        right = self._chance.random() < RIGHT
        others = [number for number in range(len(poll["options"])) if number not in poll["correct"]]
        chosen = poll["correct"] if right else [self._chance.choice(others)]
        if refused == "second votes refused" and self._chance.random() < 0.3:
            chosen = []  # takes it back, which a quiz does not let anybody do
        body = {"from": who, "chat": self.name, "message_id": message["message_id"], "options": chosen}
        try:
            await self.box.post("/people/vote", body)
        except NotLetBy:
            self.did[refused] += 1
        else:
            self.did["votes"] += 1

    def _taps(self, who: str, message: dict[str, Any], data: str) -> None:
        """Tap, and do not wait for the answer."""
        body = {"from": who, "chat": self.name, "message_id": message["message_id"], "button": data}
        task = asyncio.create_task(self._tapped(body))
        self._tapping.add(task)
        task.add_done_callback(self._tapping.discard)

    async def _tapped(self, body: dict[str, Any]) -> None:
        try:
            await self.box.post("/people/tap", body)
            self.did["taps in groups"] += 1
        except NotLetBy:
            return  # the button went away in the very moment

    def _anybody(self) -> str:
        return self._chance.choice(self.members)

    async def _messages(self) -> list[dict[str, Any]]:
        seen = await self.box.get("/people/messages", chat=self.name, after=self._mark)
        return [message for message in seen if message["from"] not in self.members]


def _carried(message: dict[str, Any], name: str) -> str | None:
    """The data of the message's button of that name."""
    for row in message["buttons"]:
        for button in row:
            if (button["data"] or "").split(":")[0] == name:
                return str(button["data"])
    return None
