"""The library's bot, with a way past its objects for what is said most."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from telegram.ext import ExtBot

JSON = dict[str, Any]

LastLook = Callable[[], Awaitable[None]]
"""Is called when it is one's turn to speak, which may be long after one wanted to, and raises what keeps it unsaid."""


class Voice(ExtBot[LastLook]):
    """What it says goes the library's way: rate limiter, transport, errors."""

    async def say(self, method: str, *, last_look: LastLook | None = None, **parameters: Any) -> Any:
        """Call a method of the Bot API with JSON values, None left out; its result as JSON.

        The library would make an object of each button, and a hundred attributes of each message that comes back.
        """
        return await self._post(method, self._merge_api_rl_kwargs(parameters, last_look))
