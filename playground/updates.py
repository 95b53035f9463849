"""Updates on their way to the bot: kept until confirmed, for one poller at a time."""

import asyncio
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from playground.bell import Bell
from playground.refusals import OTHER_POLLER, Refused

KEPT = timedelta(hours=24)
KEPT_QUERY = timedelta(seconds=150)
KEPT_INLINE = timedelta(seconds=30)
KEPT_FOR = {"callback_query": KEPT_QUERY, "inline_query": KEPT_INLINE}
NOT_BY_DEFAULT = ("chat_member", "message_reaction", "message_reaction_count")
LONGEST_POLL = 50
MOST = 100
RECENT = 5.0  # seconds of real time after which a poller that has not come back counts as gone


@dataclass(eq=False)
class Pending:
    """An update the bot has not confirmed. `again`, `delay`: when a webhook gets it again, how long that was."""

    update_id: int
    kind: str
    since: datetime
    body: dict[str, Any]
    again: datetime | None = None
    delay: timedelta = timedelta()

    @property
    def expires(self) -> datetime:
        """When Telegram would not keep it any longer."""
        return self.since + KEPT_FOR.get(self.kind, KEPT)

    @property
    def chat(self) -> object:
        """Whose it is: a webhook gets the updates of one chat one after the other."""
        body = self.body
        place = (
            body.get("chat") or body.get("message", {}).get("chat") or body.get("from") or body.get("user")
        )
        return place["id"] if place else self.kind

    def as_json(self) -> dict[str, Any]:
        return {"update_id": self.update_id, self.kind: self.body}


class Updates:
    """The queue of one bot. `first_id` should never repeat between runs: bots tell updates apart by it."""

    def __init__(self, now: Callable[[], datetime], first_id: int) -> None:
        self._now = now
        self._next_id = first_id
        self._pending: dict[int, Pending] = {}
        self._poll: asyncio.Future[None] | None = None
        self._last_poll: float | None = None
        self._emptied = Bell()
        self._came = Bell()
        self.changed = Bell()  # something came in, or is to be brought again
        self.allowed: list[str] = []

    def __len__(self) -> int:
        return len(self._pending)

    def add(self, kind: str, body: dict[str, Any]) -> None:
        """Queues an update, unless the bot has said that it does not want the kind."""
        if (self.allowed and kind not in self.allowed) or (not self.allowed and kind in NOT_BY_DEFAULT):
            return
        self._pending[self._next_id] = Pending(self._next_id, kind, self._now(), body)
        self._next_id += 1
        self._wake()
        self.changed.ring()

    async def fetch(self, offset: int, limit: int, timeout: int) -> list[dict[str, Any]]:
        """What getUpdates answers; waits up to `timeout` seconds of real time for something to come."""
        self._end_poll(Refused(409, OTHER_POLLER))
        self._mark_poll()
        self._confirm(offset)
        self.expire(self._now())
        if not self._pending and timeout > 0:
            poll = self._poll = asyncio.get_running_loop().create_future()
            try:
                await asyncio.wait_for(poll, min(timeout, LONGEST_POLL))
            except TimeoutError:
                pass
            finally:
                if self._poll is poll:
                    self._poll = None
                self._mark_poll()
        return [pending.as_json() for pending in islice(self._pending.values(), limit or MOST)]

    @property
    def pending(self) -> Collection[Pending]:
        """What the bot has not confirmed, oldest first."""
        return self._pending.values()

    def confirm_one(self, pending: Pending) -> None:
        """The bot has taken this one, whatever came before it."""
        self._drop([pending.update_id] if pending.update_id in self._pending else [])

    def dismiss(self, refusal: Refused) -> None:
        """Ends a waiting getUpdates with a refusal."""
        self._end_poll(refusal)

    def forget(self) -> None:
        """Drops everything pending."""
        self._drop(list(self._pending))

    def expire(self, now: datetime) -> None:
        """Drops what has had its time."""
        self._drop([p.update_id for p in self._pending.values() if p.expires <= now])

    def next_expiry(self) -> datetime | None:
        """When the next pending update is dropped."""
        return min((p.expires for p in self._pending.values()), default=None)

    @property
    def polled(self) -> bool:
        """Whether a bot is connected: it waits for updates now, or did within the last few real seconds."""
        if self._poll is not None:
            return True
        return self._last_poll is not None and asyncio.get_running_loop().time() - self._last_poll < RECENT

    async def confirmed(self, seconds: float = 2.0) -> bool:
        """Whether the bot has confirmed everything within that many seconds of real time."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while self._pending:
            left = end - loop.time()
            if left <= 0 or not await self._emptied.wait(left):
                return not self._pending
        return True

    async def connected(self, seconds: float) -> bool:
        """Whether a bot asks for updates within that many seconds of real time, or just has."""
        return self.polled or await self._came.wait(seconds)

    def lost(self) -> None:
        """The bot did not come back in time: until it polls again it counts as gone."""
        self._last_poll = None

    def close(self) -> None:
        """Lets a waiting poller go with nothing."""
        self._wake()

    def _confirm(self, offset: int) -> None:
        ids = list(self._pending)
        self._drop(ids[:offset] if offset < 0 else ids[: bisect_left(ids, offset)])

    def _drop(self, gone: Iterable[int]) -> None:
        for update_id in gone:
            del self._pending[update_id]
        if not self._pending:
            self._emptied.ring()

    def _mark_poll(self) -> None:
        self._last_poll = asyncio.get_running_loop().time()
        self._came.ring()

    def _wake(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def _end_poll(self, refusal: Refused) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(refusal)
