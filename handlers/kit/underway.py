"""What the heartbeat has begun and does not wait for: a chat that is slow to be spoken to holds up no other."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Callable, Collection, Coroutine, Hashable
from typing import Any

from storage.database import Stuck

log = logging.getLogger(__name__)

PATIENCE = 0.5
"""Seconds of real time in which what was begun is mostly done."""


class Underway:
    """Works of which none is begun a second time before it is done; what fails is logged. Whoever has one ends it."""

    def __init__(self) -> None:
        self._works: dict[Hashable, asyncio.Task[None]] = {}
        self._new: set[asyncio.Task[None]] = set()
        self._stuck: Stuck | None = None

    def begin(self, thing: Hashable, work: Callable[[], Coroutine[Any, Any, None]]) -> bool:
        """Start the work on that thing; False where it is under way."""
        is_new = thing not in self._works
        if is_new:
            task = self._works[thing] = asyncio.create_task(work(), name=f"under way: {thing}")
            self._new.add(task)
            task.add_done_callback(lambda done: self._over(thing, done))
        return is_new

    async def settle(self, seconds: float = PATIENCE) -> None:
        """Give what was begun since the last time so long; `Stuck` where the disk has failed any of all that."""
        new, self._new = self._new, set()
        await _wait(new, seconds)
        if self._stuck is not None:
            stuck, self._stuck = self._stuck, None
            raise stuck

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        await _wait(self._works.values(), None)

    async def end(self, grace: float = 0.0) -> None:
        """What is not done within so many seconds is cancelled."""
        works = list(self._works.values())
        await _wait(works, grace)
        for work in works:
            work.cancel()
        await asyncio.gather(*works, return_exceptions=True)

    def __len__(self) -> int:
        return len(self._works)

    def __contains__(self, thing: Hashable) -> bool:
        return thing in self._works

    def _over(self, thing: Hashable, done: asyncio.Task[None]) -> None:
        del self._works[thing]
        error = None if done.cancelled() else done.exception()
        if isinstance(error, Stuck):
            self._stuck = error
        elif error is not None:
            where = "".join(traceback.format_tb(error.__traceback__))  # what it says may quote somebody
            log.error("%s failed (%s).\n%s", done.get_name(), type(error).__name__, where)


async def _wait(works: Collection[asyncio.Task[None]], seconds: float | None) -> None:
    if works:
        await asyncio.wait(works, timeout=seconds)
        await asyncio.sleep(0)  # so that their ends are noted
