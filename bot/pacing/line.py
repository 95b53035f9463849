"""Who waits in one lane: chat by chat in turn, and each chat's messages in the order they came."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush, heapreplace
from itertools import count

from bot.pacing.budget import Ticket

Chat = int | str | None


@dataclass(eq=False, slots=True)
class Waiting:
    """One call that waits for its turn; whoever gives up cancels `turn`."""

    chat: Chat
    count: int
    turn: asyncio.Future[Ticket]


class Line:
    """`ready_at` says when a chat may be written to; it may only move on, never back."""

    def __init__(self, ready_at: Callable[[Chat, int], float]) -> None:
        self._ready_at = ready_at
        self._queues: dict[Chat, deque[Waiting]] = {}
        self._heads: list[
            tuple[float, int, Chat]
        ] = []  # a chat each: when it may go, and since when it waits
        self._numbers = count()

    def __len__(self) -> int:
        return sum(map(len, self._queues.values()))

    def add(self, waiting: Waiting, now: float) -> None:
        """Queue it behind what its chat has, and behind the chats that could go by now."""
        queue = self._queues.get(waiting.chat)
        if queue is not None:
            queue.append(waiting)
        else:
            self._queues[waiting.chat] = deque([waiting])
            heappush(self._heads, (now, next(self._numbers), waiting.chat))

    def first(self) -> tuple[float, Waiting] | None:
        """Who goes next, and when they may."""
        while self._heads:
            at, number, chat = self._heads[0]
            queue = self._queues[chat]
            while queue and queue[0].turn.done():  # they gave up
                queue.popleft()
            if not queue:
                heappop(self._heads)
                del self._queues[chat]
                continue
            ready = self._ready_at(chat, queue[0].count)
            if ready <= at:
                return at, queue[0]
            heapreplace(self._heads, (ready, number, chat))
        return None

    def take_first(self, now: float, ticket: Ticket) -> None:
        """Let them go with this; their chat waits behind the others for its next."""
        _, _, chat = heappop(self._heads)
        queue = self._queues[chat]
        queue.popleft().turn.set_result(ticket)
        if queue:
            heappush(self._heads, (now, next(self._numbers), chat))
        else:
            del self._queues[chat]

    def turn_away(self, error: Exception | None, chat: Chat = None) -> None:
        """Nobody who waits goes any more, or nobody of one chat: they are told the error, or cancelled."""
        for each in [chat] if chat is not None else list(self._queues):
            for waiting in self._queues.get(each, ()):
                if waiting.turn.done():
                    continue
                if error is None:
                    waiting.turn.cancel()
                else:
                    waiting.turn.set_exception(error)
