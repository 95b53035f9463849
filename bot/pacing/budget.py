"""What may be said how fast: a bucket for each chat, windows for each group and for all together."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

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
