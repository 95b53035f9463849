"""One at a time: what the heartbeat and a person might both be about to do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager


class Alone:
    """A lock for each thing that somebody is at; the rest costs nothing."""

    def __init__(self) -> None:
        self._locks: dict[Hashable, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def __call__(self, thing: Hashable) -> AsyncIterator[None]:
        """Nobody else is at that thing meanwhile."""
        await self.take(thing)
        try:
            yield
        finally:
            self.leave(thing)

    async def take(self, thing: Hashable) -> None:
        """Nobody else is at that thing from now on, until `leave`; of one that nobody is at, at once."""
        lock, users = self._locks.get(thing, (asyncio.Lock(), 0))
        self._locks[thing] = (lock, users + 1)
        try:
            await lock.acquire()
        except BaseException:
            self._forget(thing)
            raise

    def leave(self, thing: Hashable) -> None:
        """Whoever waits for the thing is next."""
        self._locks[thing][0].release()
        self._forget(thing)

    def _forget(self, thing: Hashable) -> None:
        lock, users = self._locks.pop(thing)
        if users > 1:
            self._locks[thing] = (lock, users - 1)

    def __len__(self) -> int:
        return len(self._locks)
