"""How fast a bot may write: in all, to one chat, to one group; faster than that it is told to wait."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Any

from playground.refusals import Refused

A_SECOND = 30  # messages within any second, over all chats
A_MINUTE_A_GROUP = 20  # messages within any minute, to one group
BURST = 5  # messages to one chat at once; after them one a second
GRAIN = 0.001  # seconds; what is missing less than that is rounding
WRITING = ("send", "edit", "forward", "copy")
NO_MESSAGE = ("sendchataction",)


def weight(method: str, args: dict[str, Any]) -> int:
    """How many messages a call counts for; an edit is one, an album as many as it has pieces."""
    name = method.lower()
    if not name.startswith(WRITING) or name in NO_MESSAGE:
        return 0
    several = args.get("media") if name == "sendmediagroup" else args.get("message_ids")
    return len(several) if isinstance(several, list) else 1


@dataclass
class _Window:
    """At most so many within any stretch of so many seconds."""

    most: int
    seconds: float
    taken: deque[float] = field(default_factory=deque)

    def wait(self, now: float, count: int) -> float:
        """Seconds until that many more fit."""
        while self.taken and self.taken[0] <= now - self.seconds:
            self.taken.popleft()
        over = min(len(self.taken), len(self.taken) + count - self.most)
        return self.taken[over - 1] + self.seconds - now if over > 0 else 0.0

    def take(self, now: float, count: int) -> None:
        self.taken.extend([now] * count)


@dataclass
class _Bucket:
    """So many at once, and one more every second."""

    most: int
    full_at: float = 0.0  # when nothing is missing from it any more

    def wait(self, now: float, count: int) -> float:
        return max(0.0, max(self.full_at, now) + min(count, self.most) - self.most - now)

    def take(self, now: float, count: int) -> None:
        self.full_at = max(self.full_at, now) + count


class Limits:
    """The three limits of one bot, each by the moments `now` gives. A refused call counts for none of them."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._latest = 0.0
        self._overall = _Window(A_SECOND, 1.0)
        self._groups: dict[int, _Window] = {}
        self._chats: dict[Any, _Bucket] = {}

    def admit(self, method: str, args: dict[str, Any]) -> None:
        """Counts a call that writes. Raises `Refused` with 429 and the whole seconds after which it would pass."""
        count = weight(method, args)
        if not count:
            return
        # real time may flow while a walk holds the clock, and the clock then steps back behind it
        now = self._latest = max(self._latest, self._now().timestamp())
        concerned = [self._overall, *self._of(args.get("chat_id"))]
        wait = max(each.wait(now, count) for each in concerned)
        if wait > GRAIN:
            raise flood(ceil(wait - GRAIN))
        for each in concerned:
            each.take(now, count)

    def _of(self, chat_id: Any) -> "list[_Window | _Bucket]":
        """A chat's own limits; groups are those with negative ids. Edits of inline messages name no chat."""
        if chat_id is None:
            return []
        found: list[_Window | _Bucket] = [self._chats.setdefault(chat_id, _Bucket(BURST))]
        if isinstance(chat_id, int) and chat_id < 0:
            found.append(self._groups.setdefault(chat_id, _Window(A_MINUTE_A_GROUP, 60.0)))
        return found


def flood(seconds: int) -> Refused:
    return Refused(429, f"retry after {seconds}", {"retry_after": seconds})
