"""Telegram's limits, and how often somebody ran into them; a chat can be held back on top of that."""

from __future__ import annotations

from typing import Any

from playground.limits import Limits, flood
from playground.refusals import Refused


class CountingLimits(Limits):
    """`refused` counts the calls that were told to wait."""

    refused = 0
    _held: tuple[int, str, int] | None = None
    _times = 0

    def hold(self, chat: int, method: str, times: int, seconds: int) -> None:
        """The next calls of that method to a chat are told to wait so long."""
        self._held, self._times = (chat, method.lower(), seconds), times

    def admit(self, method: str, args: dict[str, Any]) -> None:
        """As Telegram does it, counted."""
        try:
            if self._times and self._held and self._held[:2] == (args.get("chat_id"), method.lower()):
                self._times -= 1
                raise flood(self._held[2])
            super().admit(method, args)
        except Refused:
            self.refused += 1
            raise
