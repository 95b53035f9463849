"""A bot in real time, at its usual pace, in front of a Telegram with limits and a way of a twentieth of a second."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from bot.application import Coach, Telegram
from bot.clockwork import Clockwork
from bot.pacing.pace import Pace
from bot.shelf import Shelf
from content.taxonomy import read_taxonomy
from content.tips import read_tips
from playground.ptb import BoxRequest
from playground.state import Box
from tests.counting_limits import CountingLimits
from tests.fake_chat import PLACES, make_bank

ON_THE_WAY = 0.05  # seconds
TICK = 0.1


@dataclass
class Live:
    """The box, and the bot."""

    box: Box
    coach: Coach
    limits: CountingLimits

    async def rows(self, sql: str) -> list[dict[str, Any]]:
        async with self.coach._db.transaction() as tx:
            return [dict(row) for row in await tx.all(sql)]


@asynccontextmanager
async def a_live_bot(database: Path) -> AsyncIterator[Live]:
    """It lives by the machine's clock, with its heartbeat, until the end."""
    limits = CountingLimits(_now)
    box = Box(_now, strict=True, limits=limits)
    telegram = Telegram(box.token, "http://box", _Far(box), BoxRequest(box))
    shelf = Shelf(make_bank(), read_taxonomy(), PLACES, read_tips())
    coach = await Coach.open(telegram, database, shelf, now=_now, chance=Random(1), pace=Pace())
    beats = Clockwork(coach.beat_once, now=_now, failed=lambda error: logging.error("%r", error))
    tasks = [asyncio.create_task(coach.run()), asyncio.create_task(_tick(box))]
    await coach.introduced.wait()
    beats.start()
    try:
        yield Live(box, coach, limits)
    finally:
        await beats.stop()
        await coach.stop()
        tasks[1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        box.close()


class _Far(BoxRequest):
    """A transport that takes its time."""

    __slots__ = ()

    async def do_request(self, *given: Any, **more: Any) -> tuple[int, bytes]:
        await asyncio.sleep(ON_THE_WAY)
        return await super().do_request(*given, **more)


async def _tick(box: Box) -> None:
    while True:
        box.run_timers(_now())
        await asyncio.sleep(TICK)


def _now() -> datetime:
    return datetime.now(UTC)
