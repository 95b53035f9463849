"""Whose turn it is: one queue per chat, drained by a fixed number of workers."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Item = TypeVar("Item")
Sleep = Callable[[float], Awaitable[object]]

logger = logging.getLogger(__name__)


def cancelling() -> bool:
    """Whether somebody wants this very task to end; a CancelledError alone may come from what it waits for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


class Turns(Generic[Item]):
    """Keeps the order inside each chat, and lets no chat hold up another while a worker is free.

    `take` handles one item; it answers with None when that is over, or with the seconds after which the same
    item is to be taken again. The item's chat waits that long, no worker does.
    """

    def __init__(
        self,
        take: Callable[[Item], Awaitable[float | None]],
        *,
        sleep: Sleep = asyncio.sleep,
        workers: int = 48,
        limit: int = 4_000,
    ) -> None:
        self._take = take
        self._sleep = sleep
        self._limit = limit
        self._workers = workers
        self._queues: dict[Hashable, deque[Item]] = {}
        self._ready: asyncio.Queue[Hashable] = asyncio.Queue()
        self._waiting = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._roomy = asyncio.Event()
        self._roomy.set()
        self._stopping = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy: set[asyncio.Task[None]] = set()

    @property
    def waiting(self) -> int:
        """How many items are queued or being taken."""
        return self._waiting

    def start(self) -> None:
        """Set the workers to work; what was offered before waits for this."""
        for number in range(self._workers):
            self._spawn(self._work(), f"turns-{number}")

    def offer(self, chat_id: Hashable, item: Item) -> None:
        """Queue an item behind what its chat already has."""
        self._waiting += 1
        self._idle.clear()
        if self._waiting >= self._limit:
            self._roomy.clear()
        queue = self._queues.get(chat_id)
        if queue is None:
            self._queues[chat_id] = deque([item])
            self._ready.put_nowait(chat_id)
        else:
            queue.append(item)

    async def room(self) -> None:
        """Wait until fewer items than the limit are waiting."""
        await self._roomy.wait()

    async def idle(self) -> None:
        """Wait until nothing is queued, running or resting."""
        while self._waiting:
            await self._idle.wait()

    async def stop(self, grace: float) -> None:
        """Begin nothing new, give what runs `grace` seconds, then cancel it; harmless when done twice."""
        self._stopping = True
        for task in self._tasks - self._busy:
            task.cancel()
        if self._busy:
            await asyncio.wait(self._busy.copy(), timeout=grace)
        left = self._tasks.copy()
        for task in left:
            task.cancel()
        if left:
            # one that will not be cancelled must not keep the process from ending
            await asyncio.wait(left, timeout=1)

    def _spawn(self, work: Awaitable[None], name: str) -> None:
        task = asyncio.ensure_future(work)
        task.set_name(name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self) -> None:
        task = asyncio.current_task()
        assert task is not None
        while not self._stopping:
            chat_id = await self._ready.get()
            self._busy.add(task)
            try:
                await self._turn(chat_id)
            finally:
                self._busy.discard(task)

    async def _turn(self, chat_id: Hashable) -> None:
        queue = self._queues[chat_id]
        try:
            again = await self._take(queue[0])
        except (Exception, asyncio.CancelledError):
            if cancelling():
                raise
            # `take` answers for its failures; what slips through must cost neither the worker nor the chat
            logger.exception("an item of chat %s was dropped", chat_id)
            again = None
        if again is not None:
            self._spawn(self._rest(chat_id, again), f"turns-rest-{chat_id}")
            return
        queue.popleft()
        if queue:
            self._ready.put_nowait(chat_id)
        else:
            del self._queues[chat_id]
        self._waiting -= 1
        if self._waiting < self._limit:
            self._roomy.set()
        if not self._waiting:
            self._idle.set()

    async def _rest(self, chat_id: Hashable, seconds: float) -> None:
        await self._sleep(seconds)
        self._ready.put_nowait(chat_id)
