"""The coach, whole; or without its inbox: nothing written down before it is confirmed, 64 updates in flight."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from bot.application import Coach, Telegram
from bot.clockwork import Clockwork
from bot.door import UPDATES
from bot.pacing.pace import Open, Turns
from bot.polling import Polling
from bot.shelf import Shelf
from bot.transport import AiohttpTransport

IN_FLIGHT = 64


async def open_coach(
    database: Path,
    shelf: Shelf,
    token: str,
    base_url: str,
    *,
    now: Callable[[], datetime],
    chance: Random,
    pace: Turns | None = None,
) -> Coach:
    """The coach as it is served, with the pace open unless one is given."""
    telegram = Telegram(token, base_url, AiohttpTransport(), AiohttpTransport(pool_size=1))
    return await Coach.open(telegram, database, shelf, now=now, chance=chance, pace=pace or Open())


async def run(coach: Coach, now: Callable[[], datetime]) -> None:
    """Serve until cancelled, heartbeat and all."""
    beats = Clockwork(coach.beat_once, now=now, failed=_failed)
    beats.start()
    try:
        await coach.run()
    finally:
        await beats.stop()
        await coach.stop()


def leave_out_inbox(coach: Coach, token: str, base_url: str) -> None:
    """Let updates go straight to the handlers."""
    polling = Polling(AiohttpTransport(pool_size=1), f"{base_url}/bot", token, UPDATES)
    straight: Any = Straight(polling, coach._process)
    coach._inbox = straight


class Straight:
    """In the inbox's place: whatever comes is handled at once and forgotten."""

    def __init__(self, polling: Polling, process: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self._polling = polling
        self._process = process
        self._room = asyncio.Semaphore(IN_FLIGHT)
        self._running: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        await self._polling._request.initialize()
        offset = 0
        while True:
            for update in await self._polling.fetch(offset, 50):
                offset = update["update_id"] + 1
                await self._room.acquire()
                task = asyncio.create_task(self._take(update))
                self._running.add(task)
                task.add_done_callback(self._running.discard)

    async def stop(self, grace: float) -> None:
        await self._polling._request.shutdown()

    async def _take(self, update: dict[str, Any]) -> None:
        try:
            await self._process(update)
        finally:
            self._room.release()


def _failed(error: Exception) -> None:
    raise error
