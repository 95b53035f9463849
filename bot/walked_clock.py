"""Time as a playground walks it: the bot's clock follows the box's, and each step runs the heartbeat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import aiohttp

from bot.raw_json import parse
from bot.turns import Sleep

NOTHING_DUE = datetime(9000, 1, 1, tzinfo=UTC)
STEP_SECONDS = 120.0
FIRST_REST, LONGEST_REST = 0.25, 5.0
STEP_BACK = timedelta(minutes=1)  # less than that is two real clocks that disagree

logger = logging.getLogger(__name__)


class WalkedClock:
    """Runs as fast as real time does, from wherever it was last set."""

    def __init__(self, real: Callable[[], datetime]) -> None:
        self._real = real
        self._offset = timedelta()

    def now(self) -> datetime:
        """The time, in UTC."""
        return self._real() + self._offset

    def set(self, now: datetime) -> None:
        """Let it be `now`."""
        self._offset = now - self._real()


class Follower:
    """Asks the box at `url` for its next step, takes it, and asks again: asking tells the box that the last is done.

    `step` does all that a step brings and returns when it is done; `next_due` says when there will be something to do,
    so that the box may walk past what lies between (None: nothing at all).
    """

    def __init__(
        self,
        url: str,
        clock: WalkedClock,
        *,
        step: Callable[[datetime], Awaitable[None]],
        next_due: Callable[[datetime], Awaitable[datetime | None]],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._url = url
        self._clock = clock
        self._step = step
        self._next_due = next_due
        self._sleep = sleep

    async def join(self) -> None:
        """Set the clock by the box's, waiting for the box to be there: before anything else asks for the time."""
        async with _session() as session:
            await self._patiently(session, {})

    async def run(self) -> None:
        """Follow until cancelled; a box that went away is waited for."""
        async with _session() as session:
            now = await self._patiently(session, {})
            while True:
                await self._step(now)
                due = await self._next_due(now) or NOTHING_DUE
                asked = {"after": now.isoformat(), "next": due.isoformat()}
                before, now = now, await self._patiently(session, asked)
                if before - now > STEP_BACK:
                    logger.warning(
                        "The clock at %s stepped back from %s to %s: another playground, which knows nothing of "
                        "what was before; begin with a new DATABASE_PATH.",
                        self._url,
                        before.isoformat(timespec="minutes"),
                        now.isoformat(timespec="minutes"),
                    )
                if now <= before:
                    # an answer without a step: do not ask as fast as the box can answer
                    await self._sleep(FIRST_REST)

    async def _patiently(self, session: aiohttp.ClientSession, asked: dict[str, str]) -> datetime:
        rest = FIRST_REST
        while True:
            try:
                async with session.get(self._url, params=asked) as response:
                    response.raise_for_status()
                    now = _moment(parse(await response.read()))
            except (aiohttp.ClientError, OSError, ValueError) as error:
                if rest == FIRST_REST:
                    logger.warning(
                        "The clock at %s does not answer (%s); trying on.", self._url, type(error).__name__
                    )
                await self._sleep(rest)
                rest = min(rest * 2, LONGEST_REST)
                asked = {}  # it may be another box by now, with another time
            else:
                self._clock.set(now)
                return now


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=STEP_SECONDS, sock_connect=5))


def _moment(answer: object) -> datetime:
    if not isinstance(answer, dict) or not isinstance(answer.get("now"), str):
        raise ValueError("no time in the answer")
    moment = datetime.fromisoformat(answer["now"])
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(UTC)
