"""How Telegram is reached, and the bots that speak to it: each in a lane, all at one pace."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random

from telegram.request import BaseRequest

from bot.pacing.limiter import Limiter, Tally
from bot.pacing.pace import Lane, Turns
from handlers.kit.voice import Voice


@dataclass(frozen=True, slots=True)
class Telegram:
    """How Telegram is reached: two transports, as a long poll must not hold up what is being said."""

    token: str
    base_url: str
    request: BaseRequest
    updates_request: BaseRequest


def speaker(
    telegram: Telegram,
    pace: Turns,
    lane: Lane,
    *,
    tally: Tally,
    chance: Random,
    sleep: Callable[[float], Awaitable[object]],
) -> Voice:
    """A bot whose calls stand in that lane, and are made again where that is right."""
    return Voice(
        telegram.token,
        base_url=f"{telegram.base_url}/bot",
        base_file_url=f"{telegram.base_url}/file/bot",
        request=telegram.request,
        get_updates_request=telegram.updates_request,
        rate_limiter=Limiter(pace, lane, tally, chance=chance, sleep=sleep),
    )
