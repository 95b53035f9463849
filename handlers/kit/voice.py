"""The library's bot, with a way past its objects for what is said most."""

from __future__ import annotations

from typing import Any

from telegram.ext import ExtBot

JSON = dict[str, Any]


class Voice(ExtBot[int]):
    """What it says goes the library's way: rate limiter, transport, errors."""

    async def say(self, method: str, **parameters: Any) -> Any:
        """Call a method of the Bot API with JSON values, None left out; its result as JSON.

        The library would make an object of each button, and a hundred attributes of each message that comes back.
        """
        return await self._post(method, parameters)
