"""What several transactions share that end one after the other: one COMMIT, and one way to the disk."""

from __future__ import annotations

import asyncio
from pathlib import Path

from storage.unusable import Stuck, stuck


class SharedCommit:
    """Open until it is `settled`; who takes part waits for that, and says nothing before it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._settled = asyncio.Event()
        self._failure: BaseException | None = None

    def settle(self, failure: BaseException | None = None) -> None:
        """It has reached the disk; or, with a failure, nothing of it has. The first word counts."""
        if not self._settled.is_set():
            self._failure = failure
            self._settled.set()

    async def reached_the_disk(self) -> None:
        """Wait for it; `Stuck` where it failed, whatever the reason: it need not lie with whoever waits here."""
        await self._settled.wait()
        if self._failure is not None:
            raise stuck(self._path, self._failure) or _taken_back(self._path) from self._failure


def _taken_back(path: Path) -> Stuck:
    return Stuck(f"What was written to {path} was taken back with what others wrote: the bot tries it again.")
