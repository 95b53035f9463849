"""Whose turn it is to speak: no faster than Telegram allows, people before what the bot owes by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from enum import IntEnum
from math import ceil
from typing import Protocol

from telegram.error import RetryAfter

from bot.pacing.budget import PER_SECOND, Bucket, Ticket, UnderWay, Window
from bot.pacing.line import Chat, Line, Waiting

ON_THEIR_WAY = 2
"""So many more than the rate may be on their way at the same time: with them it is Telegram's thirty."""

A_CHAT_AT_ONCE = 4
"""Then one a second. Telegram tolerates short bursts; the last answer has to fit in as well."""

A_GROUP, GROUP_SECONDS = 20, 61.0
"""Telegram's limit, over a second more than its minute for what is on its way."""

OVERTAKEN_AT_MOST = 9
"""So many people in a row go before something owed that could go too, then it goes."""

SUSPECTS = 3
"""So many chats at once that are told to wait mean that all of it is too much."""

LONGEST_WAIT = 30.0
"""Seconds of silence that are waited out here; who would have to wait longer is told so at once."""

SWEEP_EVERY = 1_000


class Lane(IntEnum):
    """Who goes first: an answer to somebody, or what the bot says by itself, like dailies and broadcasts."""

    PEOPLE = 0
    OWED = 1


class Turns(Protocol):
    """What decides when a call may be made."""

    async def turn(self, chat: Chat, count: int, lane: Lane) -> Ticket: ...

    def over(self, ticket: Ticket) -> None: ...

    def hold(self, chat: Chat, seconds: float) -> None: ...

    def silence(self, lane: Lane) -> None: ...

    def close(self) -> None: ...


class Open:
    """No pace at all: whoever wants to speak speaks, and waits by themselves where Telegram says so."""

    _silent: frozenset[Lane] = frozenset()

    async def turn(self, chat: Chat, count: int, lane: Lane) -> Ticket:
        """Now; never in a lane that was silenced."""
        if lane in self._silent:
            raise asyncio.CancelledError
        return range(0)

    def silence(self, lane: Lane) -> None:
        """Nobody goes in that lane any more: whoever comes is cancelled."""
        self._silent |= {lane}

    def over(self, ticket: Ticket) -> None:
        """Nobody counts."""

    def hold(self, chat: Chat, seconds: float) -> None:
        """Nobody else waits."""

    def close(self) -> None:
        """Nobody waits."""


class Pace:
    """Gives turns. `now` is a clock in seconds that only moves on, `sleep` waits on that same clock."""

    def __init__(
        self,
        per_second: int = PER_SECOND,
        *,
        now: Callable[[], float] | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._now = now or _loop_time
        self._sleep = sleep
        self._all = Window(per_second, 1.0)
        self._under_way = UnderWay(per_second + ON_THEIR_WAY)
        self._apart = 1.0 / per_second
        self._owed_at = 0.0  # what is owed goes evenly, so that there is always room soon for a person
        self._overtaken = 0
        self._chats: dict[Chat, Bucket] = {}
        self._groups: dict[Chat, Window] = {}
        self._held: dict[Chat, float] = {}
        self._all_held_until = 0.0
        self._lanes = (Line(self._ready_at), Line(self._ready_at))
        self._silent: set[Lane] = set()
        self._gone = 0
        self._alarm: asyncio.Task[None] | None = None
        self._alarm_at = 0.0

    async def turn(self, chat: Chat, count: int = 1, lane: Lane = Lane.PEOPLE) -> Ticket:
        """Wait until that many messages may go to the chat; `RetryAfter` where Telegram wants silence for long.

        When they are there, say so with `over`. In a lane that was silenced nobody waits: they are cancelled.
        """
        if lane in self._silent:
            raise asyncio.CancelledError
        now = self._now()
        silence = max(self._all_held_until, self._held.get(chat, 0.0)) - now
        if silence > LONGEST_WAIT:
            raise RetryAfter(ceil(silence))
        waiting = Waiting(chat, count, asyncio.get_running_loop().create_future())
        self._lanes[lane].add(waiting, now)
        self._let_go()
        return await waiting.turn

    def over(self, ticket: Ticket) -> None:
        """The call that had this turn has ended, well or not."""
        self._under_way.end(self._now(), ticket)
        self._let_go()

    def hold(self, chat: Chat, seconds: float) -> None:
        """Telegram wants no message to this chat for so long; from several chats at once, none to anybody."""
        now = self._now()
        self._held[chat] = max(self._held.get(chat, 0.0), now + seconds)
        everybody = chat is None or sum(until > now for until in self._held.values()) >= SUSPECTS
        if everybody:
            self._all_held_until = max(self._all_held_until, now + seconds)
        if seconds > LONGEST_WAIT:
            for line in self._lanes:
                line.turn_away(RetryAfter(ceil(seconds)), None if everybody else chat)

    def silence(self, lane: Lane) -> None:
        """Nobody goes in that lane any more, whoever waits there or comes is cancelled; what is on its way goes on."""
        self._silent.add(lane)
        self._lanes[lane].turn_away(None)

    def close(self) -> None:
        """Whoever waits is cancelled; harmless when done twice."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        for line in self._lanes:
            line.turn_away(None)

    @property
    def waiting(self) -> int:
        """How many calls wait for their turn."""
        return sum(map(len, self._lanes))

    @property
    def remembered(self) -> int:
        """How many chats it keeps account of."""
        return len(self._chats.keys() | self._groups.keys() | self._held.keys())

    def _let_go(self) -> None:
        """Everybody whose turn it is goes; for the next after them an alarm is set."""
        while True:
            now = self._now()
            lane, at = self._next(now)
            if lane is None:
                return
            if at > now:
                self._wake_at(at)
                return
            self._go(lane, now)

    def _next(self, now: float) -> tuple[Lane | None, float]:
        """The lane whose first goes next, and when."""
        people, owed = (self._first_of(lane) for lane in Lane)
        if people is None:
            return (Lane.OWED, owed) if owed is not None else (None, now)
        if owed is None or max(people, now) < max(owed, now):
            return Lane.PEOPLE, people
        if max(owed, now) < max(people, now) or self._overtaken >= OVERTAKEN_AT_MOST:
            return Lane.OWED, owed
        return Lane.PEOPLE, people

    def _first_of(self, lane: Lane) -> float | None:
        first = self._lanes[lane].first()
        if first is None:
            return None
        at, waiting = first
        room_at = max(self._all.ready_at(waiting.count), self._under_way.ready_at(waiting.count))
        at = max(at, room_at, self._all_held_until)
        return max(at, self._owed_at) if lane is Lane.OWED else at

    def _go(self, lane: Lane, now: float) -> None:
        line = self._lanes[lane]
        first = line.first()
        assert first is not None, "somebody was next a moment ago"
        _, waiting = first
        ticket = self._spend(waiting, now)
        if lane is Lane.OWED:
            self._owed_at = now + self._apart * waiting.count
            self._overtaken = 0
        elif self._lanes[Lane.OWED].first() is not None:
            self._overtaken += 1
        line.take_first(now, ticket)

    def _spend(self, waiting: Waiting, now: float) -> Ticket:
        chat, count = waiting.chat, waiting.count
        self._all.take(now, count)
        if chat is not None:
            self._chats.setdefault(chat, Bucket(A_CHAT_AT_ONCE)).take(now, count)
        if _is_group(chat):
            self._groups.setdefault(chat, Window(A_GROUP, GROUP_SECONDS)).take(now, count)
        self._gone += 1
        if self._gone % SWEEP_EVERY == 0:
            self._sweep(now)
        return self._under_way.start(now, count)

    def _ready_at(self, chat: Chat, count: int) -> float:
        bucket, group = self._chats.get(chat), self._groups.get(chat)
        return max(
            self._held.get(chat, 0.0),
            bucket.ready_at(count) if bucket else 0.0,
            group.ready_at(count) if group else 0.0,
        )

    def _sweep(self, now: float) -> None:
        """Forget the chats of which nothing needs to be known any more."""
        self._chats = {chat: bucket for chat, bucket in self._chats.items() if not bucket.idle(now)}
        self._groups = {chat: window for chat, window in self._groups.items() if not window.idle(now)}
        self._held = {chat: until for chat, until in self._held.items() if until > now}

    def _wake_at(self, at: float) -> None:
        if self._alarm is not None:
            if self._alarm_at <= at:
                return
            self._alarm.cancel()
        self._alarm_at = at
        self._alarm = asyncio.create_task(self._ring(at), name="pace")

    async def _ring(self, at: float) -> None:
        await self._sleep(max(0.0, at - self._now()))
        self._alarm = None
        self._let_go()


def _is_group(chat: Chat) -> bool:
    """Groups and channels have ids below zero, public ones may go by name as well."""
    return isinstance(chat, str) or (chat is not None and chat < 0)


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
