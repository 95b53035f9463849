"""getUpdates as Telegram keeps it: confirmed by a higher offset, and failing to order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from bot.inbox import Inbox
from bot.polling import Update

LIMIT = 10  # seconds, many times what any of this takes


class Source:
    """`errors` come before updates, one a call; `offsets` are those asked for."""

    def __init__(self, updates: Iterable[Update] = ()) -> None:
        self.pending = list(updates)
        self.errors: list[Exception] = []
        self.offsets: list[int] = []
        self._changed = asyncio.Condition()
        self._empty = False

    async def fetch(self, offset: int, timeout: int) -> list[Update]:
        self.offsets.append(offset)
        if self.errors:
            raise self.errors.pop(0)
        if offset:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]
        async with self._changed:
            self._empty = not self.pending
            self._changed.notify_all()
            await self._changed.wait_for(lambda: bool(self.pending))
            self._empty = False
        return self.pending[:100]

    async def send(self, *updates: Update) -> None:
        async with self._changed:
            self.pending += updates
            self._changed.notify_all()

    async def all_confirmed(self) -> None:
        """Wait until the bot asks for what comes after everything there is."""
        async with asyncio.timeout(LIMIT), self._changed:
            await self._changed.wait_for(lambda: self._empty and not self.pending)


def message(update_id: int, chat_id: int = 1, text: str = "hello") -> Update:
    return {
        "update_id": update_id,
        "message": {"chat": {"id": chat_id}, "from": {"id": chat_id}, "text": text},
    }


@asynccontextmanager
async def running(inbox: Inbox, grace: float = 5.0) -> AsyncIterator[asyncio.Task[None]]:
    """The inbox at work; whoever waits in here for what never comes fails instead of hanging."""
    task = asyncio.create_task(inbox.run())
    try:
        async with asyncio.timeout(LIMIT):
            yield task
    finally:
        await inbox.stop(grace)
        await asyncio.wait({task})
