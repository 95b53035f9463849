"""Bots in other processes that live by the box's clock: who they are, and how far each has come."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from playground.bell import Bell

GONE = 5.0  # seconds of real time without a question after which a follower counts as gone


@dataclass
class _Distant:
    asked: float  # when it asked last, by the loop's clock
    done: datetime  # it has done its heartbeat for this moment
    due: datetime | None  # nothing before this moment; None: it may have something at every minute
    asking: bool = True


class Followers:
    """All of them; each says again and again that it has done a moment, and asks for the next."""

    def __init__(self) -> None:
        self._by_name: dict[str, _Distant] = {}
        self._came = Bell()

    def came(self, name: str, after: datetime, due: datetime | None) -> None:
        """It is back: its heartbeat for `after` is done."""
        self._by_name[name] = _Distant(asyncio.get_running_loop().time(), after, due)
        self._came.ring()

    async def gathered(self, count: int, seconds: float) -> bool:
        """Whether that many are there within the seconds of real time."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while len(self._by_name) < count:
            left = end - loop.time()
            if left <= 0 or not await self._came.wait(left):
                return False
        return True

    def left(self, name: str) -> None:
        """It has its answer and is working on it, or has hung up."""
        if name in self._by_name:
            self._by_name[name].asking = False
            self._by_name[name].asked = asyncio.get_running_loop().time()

    async def done(self, moment: datetime, seconds: float) -> None:
        """Waits until everyone present has done the moment; who takes longer than the seconds is forgotten."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while self._behind(moment):
            left = end - loop.time()
            if left <= 0 or not await self._came.wait(left):
                for name in self._behind(moment):
                    del self._by_name[name]

    def next_due(self, now: datetime) -> datetime | None:
        """The earliest moment anyone present named; now, where somebody named none."""
        dues = [each.due or now for each in self._by_name.values()]
        return min(dues, default=None)

    def _behind(self, moment: datetime) -> list[str]:
        now = asyncio.get_running_loop().time()
        for name in [n for n, each in self._by_name.items() if not each.asking and now - each.asked > GONE]:
            del self._by_name[name]
        return [name for name, each in self._by_name.items() if each.done < moment]
