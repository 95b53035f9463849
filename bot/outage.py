"""Since when no updates can be fetched, and why."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from telegram.error import Conflict

from bot.polling import Update

Fetch = Callable[[int, int], Awaitable[list[Update]]]

AWAY = "waiting for Telegram"
ANOTHER = "waiting for another copy of this bot, or a webhook, to be gone"


class Outage:
    """Goes on from `began` to `over`; seconds are those of the loop's clock, which only moves on."""

    def __init__(self) -> None:
        self._since: float | None = None
        self.why = AWAY

    def began(self, why: str = AWAY) -> None:
        """It is (still) so, for this reason by now."""
        self.why = why
        if self._since is None:
            self._since = asyncio.get_running_loop().time()

    def over(self) -> None:
        """All is well; harmless where it always was."""
        self._since = None

    @property
    def seconds(self) -> float | None:
        """How long it has lasted; None where there is none."""
        return None if self._since is None else asyncio.get_running_loop().time() - self._since


def watched(fetch: Fetch, outage: Outage, check: Callable[[], None]) -> Fetch:
    """The same fetch, which tells the outage how it went. `check` may raise before anything is asked for, which would
    confirm what came before, and before anything is handed over."""

    async def fetch_watched(offset: int, timeout: int) -> list[Update]:
        check()
        try:
            updates = await fetch(offset, timeout)
        except Exception as error:
            outage.began(ANOTHER if isinstance(error, Conflict) else AWAY)
            raise
        outage.over()
        check()
        return updates

    return fetch_watched
