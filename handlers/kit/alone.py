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
        lock, users = self._locks.get(thing, (asyncio.Lock(), 0))
        self._locks[thing] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks.pop(thing)
            if users > 1:
                self._locks[thing] = (lock, users - 1)

    def __len__(self) -> int:
        return len(self._locks)
