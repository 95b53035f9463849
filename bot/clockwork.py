"""The heartbeat: what is due gets done once a second, and at every step of a walked clock."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]
from apscheduler.triggers.interval import IntervalTrigger  # type: ignore[import-untyped]

from bot.turns import cancelling

BEAT_SECONDS = 1
STALLED_SECONDS = 10.0

# it writes a line for every beat
logging.getLogger("apscheduler").setLevel(logging.WARNING)


class Clockwork:
    """Calls `beat` with the time, one call at a time, and at once again where it says that more is due.

    `failed` hears of what one call raised, and the next comes.
    """

    def __init__(
        self,
        beat: Callable[[datetime], Awaitable[bool | None]],
        *,
        now: Callable[[], datetime],
        failed: Callable[[Exception], None],
    ) -> None:
        self._beat = beat
        self._now = now
        self._failed = failed
        self._one = asyncio.Lock()
        self._due = asyncio.Event()
        self._stopping = False
        self._runner: asyncio.Task[None] | None = None
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def start(self) -> None:
        """Beat at once, and then every second of real time; what a long beat delays comes together after it."""
        self._scheduler.add_job(
            self._tick,
            IntervalTrigger(seconds=BEAT_SECONDS, timezone=UTC),
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        self._scheduler.start()
        self._due.set()
        self._runner = asyncio.create_task(self._run(), name="heartbeat")

    async def stop(self, grace: float = 1.0) -> None:
        """Begin no more beats, give the one under way `grace` seconds, then cancel it; harmless when done twice."""
        self._stopping = True
        if self._scheduler.running:
            # a tick on its way must find nothing to plan any more
            self._scheduler.remove_all_jobs()
            self._scheduler.shutdown(wait=False)
        if self._runner is not None:
            if self._one.locked():
                await asyncio.wait({self._runner}, timeout=grace)
            self._runner.cancel()
            await asyncio.wait({self._runner}, timeout=1)

    async def beat(self, now: datetime) -> None:
        """All that is due by `now`, when the beat under way is over, none after `stop`; it raises nothing but its
        own cancellation."""
        while await self._beat_once(now):
            pass

    async def _beat_once(self, now: datetime) -> bool:
        async with self._one:
            if self._stopping:
                return False
            try:
                return bool(await self._beat(now))
            except asyncio.CancelledError as another:
                if cancelling():
                    raise
                self._cut_short(another)
                return False
            except Exception as error:  # noqa: BLE001 `failed` reports it; what is due tomorrow must not depend on it
                self._failed(error)
                return False

    def _cut_short(self, another: asyncio.CancelledError) -> None:
        if self._stopping:
            return  # what waited for its turn to speak was sent home
        failure = RuntimeError("the beat was cut short by what it waited for")
        failure.__cause__ = another
        self._failed(failure)

    async def _tick(self) -> None:
        self._due.set()

    async def _run(self) -> None:
        while not self._stopping:
            # the scheduler goes by the system's clock, and is silent for an hour when that is set back an hour
            with suppress(TimeoutError):
                async with asyncio.timeout(STALLED_SECONDS):
                    await self._due.wait()
            self._due.clear()
            if await self._beat_once(self._now()):
                self._due.set()
