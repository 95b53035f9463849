"""Somebody who tries everything: every command, every button, every kind of message, in whatever order."""

from __future__ import annotations

import asyncio
from random import Random
from typing import Any

from playground.refusals import PersonRefused
from tests.fake_chat import FakeChat, Running

KINDS = ("photo", "voice", "document", "sticker", "location", "contact")
TEXTS = (
    "first point 1 and second point 2", "I don't know", "Berlin", "18:00", "metrics", "5", "24 December", "a<b & c>d",
    "😀" * 40, "/", "/nothing", "x" * 4000, "off", "\N{RIGHT-TO-LEFT OVERRIDE}abc", "0", "-1",
)  # fmt: skip
ARGUMENTS = ("", "", "metrics", "off", "3", "f1 scroe", "14 Feb", "q_metrics/question-1", "<b>", "zone")


class Crawler:
    """One person at it. What they cannot do in the box they leave."""

    def __init__(self, running: Running, who: str, chance: Random) -> None:
        self.running, self.who, self._chance = running, who, chance
        self.chat = FakeChat(running, who)

    async def begins(self) -> None:
        """Known to the bot, with a first question."""
        await self.chat.starts()

    async def crawls(self, steps: int) -> None:
        """So many things, one after the other."""
        for _ in range(steps):
            try:
                await self._one()
            except PersonRefused:
                continue

    async def _one(self) -> None:
        throw = self._chance.random()
        if throw < 0.5:
            await self._taps()
        elif throw < 0.7:
            command = self._chance.choice(self.running.box.commands(self.who, self.who))["command"]
            await self.chat.says(f"/{command} {self._chance.choice(ARGUMENTS)}".strip())
        elif throw < 0.8:
            await self.chat.says(self._chance.choice(TEXTS), reply_to=self._one_of_theirs())
        elif throw < 0.85:
            await self.chat.sends(self._chance.choice(KINDS))
        elif throw < 0.9 and (mine := self._mine()):
            await self.chat.edits(self._chance.choice(mine), self._chance.choice(TEXTS))
        elif throw < 0.98:
            await self.running.clock.advance(self._chance.choice((60, 3_600, 43_200, 90_000)))
        else:
            self.running.box.block(self.who)
            await self.running.quiet()
            self.running.box.unblock(self.who)
            await self.chat.says("/start")

    async def _taps(self) -> None:
        buttons = [
            (message["message_id"], button["data"])
            for message in self.running.box.messages(self.who)[-12:]
            for row in message["buttons"]
            for button in row
            if button["data"]
        ]
        if buttons:
            message_id, data = self._chance.choice(buttons)
            await asyncio.wait_for(self.running.box.tap(self.who, self.who, message_id, data), 10)
            await self.running.quiet()

    def _mine(self) -> list[int]:
        seen: list[dict[str, Any]] = self.running.box.messages(self.who)
        return [m["message_id"] for m in seen if m["from"] == self.who and m["kind"] == "text"][-4:]

    def _one_of_theirs(self) -> int | None:
        ids = [message.id for message in self.chat.from_bot[-6:]]
        return self._chance.choice([None, *ids])
