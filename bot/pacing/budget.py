"""What may be said how fast: a bucket for each chat, windows for each group and for all together."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice

PER_SECOND = 28
"""Telegram's limit is about 30; two are left for what is on its way."""


@dataclass(slots=True)
class Bucket:
    """So many messages at once, and one more every second. Moments are seconds on any clock that only moves on."""

    most: int
    full_at: float = 0.0

    def ready_at(self, count: int) -> float:
        """When that many may go; more than the bucket holds go when it is full."""
        return self.full_at + min(count, self.most) - self.most

    def take(self, now: float, count: int) -> None:
        """That many have gone."""
        self.full_at = max(self.full_at, now) + count

    def idle(self, now: float) -> bool:
        """Whether a new one would be the same."""
        return self.full_at <= now


@dataclass(slots=True)
class Window:
    """At most so many messages within any stretch of so many seconds."""

    most: int
    seconds: float
    taken: deque[float] = field(default_factory=deque)

    def ready_at(self, count: int) -> float:
        """When that many may go; more than fit go when nothing else is left in it."""
        over = min(len(self.taken) + count - self.most, len(self.taken))
        return self.taken[over - 1] + self.seconds if over > 0 else 0.0

    def take(self, now: float, count: int) -> None:
        """That many have gone."""
        self.forget(now)
        self.taken.extend([now] * count)

    def idle(self, now: float) -> bool:
        """Whether a new one would be the same."""
        self.forget(now)
        return not self.taken

    def forget(self, now: float) -> None:
        """Drop what no longer counts."""
        while self.taken and self.taken[0] + self.seconds <= now:
            self.taken.popleft()


Ticket = range
"""What a call holds from its start to its end."""


STEADY_CALLS, STEADY_SECONDS = 56, 0.25
"""So many calls in a row whose ways, there and back, were alike but for so much: then so is the next."""


@dataclass(slots=True)
class UnderWay:
    """At most so many messages on their way or arrived within the last second.

    Telegram counts a message when it gets there, which is some time between the call's start and its end. So each
    counts until a second after its end, and then there are never more within any second of Telegram's, however long
    the way. One whose answer takes very long is taken for lost, and holds nobody up.

    Where the way is long but steady, all messages are late by the same: what the shortest of the last ways took is no
    doubt about when a message got there, and is not waited for. Should the way grow shorter all at once Telegram may
    have to tell us to wait; one call that is unlike the others ends this.
    """

    most: int
    seconds: float = 1.0
    longest: float = 2.0
    _on_their_way: dict[int, float] = field(
        default_factory=dict
    )  # until when each counts, in the order of starts
    _arrived: deque[float] = field(default_factory=deque)
    _ways: deque[float] = field(default_factory=lambda: deque(maxlen=STEADY_CALLS))
    _started: int = 0

    def ready_at(self, count: int) -> float:
        """When that many may go, as far as is known now; more than fit go when nothing else is left."""
        there = len(self._on_their_way) + len(self._arrived)
        over = min(there + count - self.most, there)
        if over <= 0:
            return 0.0
        return next(islice(merge(self._on_their_way.values(), self._arrived), over - 1, None))

    def start(self, now: float, count: int) -> Ticket:
        """That many go."""
        self._forget(now)
        ticket = range(self._started, self._started + count)
        self._started += count
        self._on_their_way.update(dict.fromkeys(ticket, now + self.longest + self.seconds))
        return ticket

    def end(self, now: float, ticket: Ticket) -> None:
        """They are there, or will not get there any more."""
        counted = [self._on_their_way.pop(number, None) for number in ticket]
        if counted and counted[0] is not None:
            self._ways.append(now + self.longest + self.seconds - counted[0])
        until = now - self._surely() + self.seconds
        if self._arrived:
            until = max(until, self._arrived[-1])
        self._arrived.extend([until] * len(ticket))
        self._forget(now)

    def _surely(self) -> float:
        """Seconds that any way takes for certain."""
        if len(self._ways) < STEADY_CALLS or max(self._ways) - min(self._ways) > STEADY_SECONDS:
            return 0.0
        return min(self._ways)

    def _forget(self, now: float) -> None:
        while self._arrived and self._arrived[0] <= now:
            self._arrived.popleft()
        for number in [number for number, until in islice(self._on_their_way.items(), 8) if until <= now]:
            del self._on_their_way[number]
