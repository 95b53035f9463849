"""Between python-telegram-bot and Telegram: every call waits for its turn, and is made again where that is right."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from random import Random
from typing import Any

from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.brief import Answer, brief_answer
from bot.pacing.again import Failure, count, failure, is_repeatable
from bot.pacing.line import Chat
from bot.pacing.pace import LONGEST_WAIT, Lane, Turns
from bot.patience import rest_after
from handlers.kit.voice import LastLook

RESTS = (0.5, 1.0, 2.0)
"""Seconds before a call that was not done is made again; then whoever owes it takes over."""

WAITS = 5
"""How often a call waits because Telegram says so."""

JITTER = 0.25
"""A rest is longer by up to this share of itself, so that not all come back in the same moment."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Tally:
    """What happened on the way: calls that came through, were told to wait, were made again, and messages sent
    whose acknowledgement was lost: of each of those a second copy is possible."""

    done: int = 0
    told_to_wait: int = 0
    again: int = 0
    unsure: int = 0

    def __str__(self) -> str:
        return (
            f"{self.done} calls came through, {self.told_to_wait} were told to wait, {self.again} were made again;"
            f" {self.unsure} messages may have come twice."
        )


class Limiter(BaseRateLimiter[LastLook]):
    """Everything said through a bot that has this limiter stands in one lane."""

    def __init__(
        self,
        pace: Turns,
        lane: Lane,
        tally: Tally,
        *,
        chance: Random,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._pace = pace
        self._lane = lane
        self._tally = tally
        self._chance = chance
        self._sleep = sleep

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Whoever waits for a turn is cancelled."""
        self._pace.close()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: LastLook | None,
    ) -> Answer:
        """Make the call when its turn has come, and once more where the table in `again` says so.

        The rate limit's argument is a last look before that: what it raises ends the call unmade.
        """
        chat, messages = _chat_of(data), count(endpoint, data)
        failed = waited = 0
        while True:
            ticket = await self._pace.turn(chat, messages, self._lane) if messages else range(0)
            try:
                if rate_limit_args is not None:
                    await rate_limit_args()
                answer = await callback(*args, **kwargs)
            except TelegramError as error:
                trouble = error
            else:
                self._tally.done += 1
                return brief_answer(endpoint, answer)
            finally:
                self._pace.over(ticket)
            if isinstance(trouble, RetryAfter):
                waited += 1
                if messages:
                    self._pace.hold(chat, rest_after(trouble, 0))
                rest = self._told_to_wait(trouble, endpoint, waited)
            else:
                failed += 1
                rest = self._rest(trouble, endpoint, failed)
            self._tally.again += 1
            await self._sleep(rest)

    def _told_to_wait(self, error: RetryAfter, method: str, waited: int) -> float:
        """Seconds to wait; raises the error where that is too long, or too often, to wait here."""
        asked = rest_after(error, 0)
        self._tally.told_to_wait += 1
        log.warning("Telegram asks to wait %.0f s before the next %s.", asked, method)
        if asked > LONGEST_WAIT or waited > WAITS:
            raise error
        return self._longer(asked)

    def _rest(self, error: TelegramError, method: str, failed: int) -> float:
        """Seconds to rest before the call is made again; raises the error where it must not be made again here."""
        what = failure(error)
        if what is Failure.UNSURE and not is_repeatable(method):
            self._tally.unsure += 1
            log.warning(
                "The answer to a %s was lost (%s): a second copy is possible.", method, type(error).__name__
            )
            raise error
        tries = {Failure.NOT_DONE: len(RESTS), Failure.UNSURE: 1}.get(what, 0)
        if failed > tries:
            raise error
        return self._longer(RESTS[failed - 1])

    def _longer(self, seconds: float) -> float:
        return seconds * (1 + JITTER * self._chance.random())


def _chat_of(data: dict[str, Any]) -> Chat:
    """The chat a call goes to, whether its id is a number or digits."""
    chat = data.get("chat_id")
    if isinstance(chat, str) and chat.removeprefix("-").isdigit():
        return int(chat)
    return chat if isinstance(chat, int | str) else None
