"""Somebody who talks to the bot by themselves: says, taps what is there, waits until the bot is done."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playground.messages import Message
from playground.state import Box

PATIENCE = 20.0  # seconds of real time for an answer

Settled = Callable[[], Awaitable[None]]
"""Returns once the bot has dealt with everything."""


@dataclass(frozen=True)
class Found:
    """A message of the bot's with a button that was looked for."""

    message_id: int
    text: str
    label: str


class Actor:
    """One person in their private chat. Looks neither at what came before `forget_before` nor at what they left."""

    def __init__(self, box: Box, who: str, settled: Settled) -> None:
        self.box, self.who, self._settled = box, who, settled
        self._after = 0
        self._left: set[int] = set()

    async def say(self, text: str) -> None:
        """Write, and wait for what the bot makes of it."""
        self.box.say(self.who, self.who, text)
        await self._settled()

    def can(self, command: str) -> bool:
        """Whether the bot's menu has this command."""
        return any(each["command"] == command for each in self.box.commands(self.who, self.who))

    async def tap(self, word: str) -> bool:
        """Tap the newest button with this word in its label; False where there is none."""
        found = self.find(word)
        if found is None:
            return False
        answer = self.box.tap(self.who, self.who, found.message_id, found.label)
        await asyncio.wait_for(answer, PATIENCE)
        await self._settled()
        return True

    def find(self, word: str) -> Found | None:
        """The newest message with a button that has this word in its label."""
        for message in reversed(self._seen()):
            if message.id in self._left:
                continue
            for row in (message.buttons or {}).get("inline_keyboard", []):
                for button in row:
                    if word in button["text"] and "callback_data" in button:
                        return Found(message.id, message.content.text, button["text"])
        return None

    def leave(self, found: Found) -> None:
        """Leave that message alone from now on."""
        self._left.add(found.message_id)

    def forget_before(self) -> None:
        """Leave older messages alone from now on."""
        messages = self._seen()
        self._after = messages[-1].id if messages else self._after

    def _seen(self) -> list[Message]:
        return self.box.posts.of(self.box.roster.chat(self.who), self._after)
