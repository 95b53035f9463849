"""The box's time: it flows with the real clock, or is walked forwards, minute by minute, never jumped."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Protocol

from playground.bell import Bell
from playground.following import Followers
from playground.refusals import PersonRefused

MINUTE = timedelta(minutes=1)
PATIENCE = 2.0  # seconds of real time the walk waits for a bot that does not come back
LONGEST_WALK = timedelta(days=3660)
WEEK = timedelta(days=7)


class Follower(Protocol):
    """A bot in this process that lives by the clock."""

    async def beat(self, now: datetime) -> None:
        """Finishes what came in, then does everything due at this moment, to its end."""

    async def next_due(self) -> datetime | None:
        """When there is something to do next; None: nothing is planned."""


class Kept(Protocol):
    """The box, as the clock sees it."""

    told: int  # how many messages have come, changed or gone

    def run_timers(self, now: datetime) -> None: ...

    def next_due(self) -> datetime | None: ...

    def walked(self, now: datetime) -> None:
        """Time has been walked to this moment."""

    async def taken(self, seconds: float) -> None:
        """Gives a connected bot that much real time to take what is pending."""


class Clock:
    """Moments of the box, aware and in UTC. `real` is the clock underneath; a frozen one leaves only walking."""

    def __init__(self, real: Callable[[], datetime]) -> None:
        self._real = real
        self._offset = timedelta()
        self._held: datetime | None = None  # the step of a walk; time does not flow meanwhile
        self._held_at = real()  # when that step began, on the clock underneath
        self._closed = False
        self._walk = asyncio.Lock()
        self._moved = Bell()
        self._followers: list[Follower] = []
        self._boxes: list[Kept] = []
        self.distant = Followers()

    def now(self) -> datetime:
        return self._held or self._real().astimezone(UTC) + self._offset

    def flowing(self) -> datetime:
        """As `now`, but real time flows on while a walk's step is being done. May fall back to `now` after it."""
        held = self._held
        return self.now() if held is None else held + (self._real() - self._held_at)

    def keep(self, box: Kept) -> None:
        """From now on the box's timers run as the clock is walked."""
        if box not in self._boxes:
            self._boxes.append(box)

    def follow(self, follower: Follower) -> None:
        self._followers.append(follower)

    async def advance(self, seconds: float) -> datetime:
        """Walks that far from where time stands when earlier walks are done; returns where it arrived."""
        async with self._walking() as now:
            return await self._walk_from(now, now + timedelta(seconds=seconds))

    async def walk_to(self, moment: datetime) -> datetime:
        """Walks to the moment; returns it once everybody has done what was due on the way.

        Steps are whole minutes, the next one always among them, and the moment itself; minutes at which nobody
        has anything due are passed over. Raises `PersonRefused` for a moment that is past.
        """
        async with self._walking() as now:
            return await self._walk_from(now, moment)

    async def walk_to_news(self, within: timedelta = WEEK) -> tuple[datetime, bool]:
        """Walks from one thing due to the next until people have something to see: a message came, changed or went.

        Where it arrived, and whether there was something. With nothing in sight within that time it stops at the
        last thing that was due, and where nothing was due at all it stays.
        """
        async with self._walking() as now:
            await self._taken()
            await self._step(now)  # what came in is answered first: that is no news
            end, before = now + within, self._told()
            while self._told() == before:
                await self._taken()
                step = await self._next_step(now, end)
                if step == end:
                    break
                await self._step(step)
                now = step
            for box in self._boxes:
                box.walked(now)
            return now, self._told() != before

    def _told(self) -> int:
        return sum(box.told for box in self._boxes)

    async def later_than(self, moment: datetime, seconds: float) -> datetime:
        """Now, as soon as it is later than the moment: at a walk's next step, else in a second of real time at
        most; with a frozen clock underneath, after that many seconds though nothing has moved."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        if self._held is None or self._held <= moment:
            await self._moved.wait(min(1.0, seconds))
        while self.now() <= moment and not self._closed and (left := end - loop.time()) > 0:
            await self._moved.wait(min(1.0, left))
        return self.now()

    def close(self) -> None:
        """Lets go of everybody who waits."""
        self._closed = True
        self._moved.ring()

    async def _walk_from(self, now: datetime, moment: datetime) -> datetime:
        if moment < now:
            raise PersonRefused(f"Time only walks forwards: it is {now.isoformat()} already.")
        if moment - now > LONGEST_WALK:
            raise PersonRefused("That is more than ten years ahead; walk there in smaller steps.")
        await self._taken()
        step = min(_minute_after(now), moment)
        while True:
            await self._step(step)
            if step == moment:
                break
            await self._taken()
            step = await self._next_step(step, moment)
        for box in self._boxes:
            box.walked(moment)
        return moment

    @asynccontextmanager
    async def _walking(self) -> AsyncIterator[datetime]:
        """One walk at a time; time stands still but for its steps."""
        async with self._walk:
            self._held, self._held_at = self.now(), self._real()
            try:
                yield self._held
            finally:
                self._offset = self._held - self._real().astimezone(UTC)
                self._held = None

    async def _step(self, moment: datetime) -> None:
        self._held, self._held_at = moment, self._real()
        for box in self._boxes:
            box.run_timers(moment)
        for follower in self._followers:
            await follower.beat(moment)
        self._moved.ring()
        await self.distant.done(moment, PATIENCE)

    async def _next_step(self, now: datetime, end: datetime) -> datetime:
        """The next minute at which somebody has something due, or the end of the walk."""
        due = [box.next_due() for box in self._boxes]
        due += [await follower.next_due() for follower in self._followers]
        due.append(self.distant.next_due(now))
        first = min((moment for moment in due if moment is not None), default=end)
        return end if first >= end else min(end, max(_minute_at_or_after(first), _minute_after(now)))

    async def _taken(self) -> None:
        for box in self._boxes:
            await box.taken(PATIENCE)


def _minute_after(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0) + MINUTE


def _minute_at_or_after(moment: datetime) -> datetime:
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + MINUTE
