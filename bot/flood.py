"""Who sends too much at once: what is beyond a person's measure is passed over, before any work is done for it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from enum import Enum, auto
from typing import Any

Update = dict[str, Any]

A_MINUTE = 120
"""Updates a person may send in the long run; half of that at once."""

REFILL_SECONDS = 30.0
"""From empty to full, and so how long the silence lasts."""

KINDS = ("message", "edited_message", "callback_query", "inline_query", "poll_answer")
"""What people do by themselves. The rest, like being blocked, is always taken."""

REASON = "too much at once"
"""Stands in the inbox with everything that was passed over."""

SWEEP_EVERY = 1_000

log = logging.getLogger(__name__)


class Verdict(Enum):
    """What is to be done with an update."""

    TAKE = auto()
    EXCUSE = auto()
    PASS_OVER = auto()


class Flood:
    """A measure for each person, which empties with every update and refills with time.

    Once it is empty, everything is passed over until it is full again: the first time with a sentence.
    """

    def __init__(self, now: Callable[[], datetime], a_minute: int = A_MINUTE) -> None:
        self._now = now
        self._each = 60.0 / a_minute
        self._full_at: dict[int, float] = {}
        self._silent_until: dict[int, float] = {}
        self._judged = 0
        self.passed_over = 0

    def judge(self, update: Update) -> Verdict:
        """What to do with an update that has not been seen before; counts it."""
        kind = next((kind for kind in KINDS if isinstance(update.get(kind), dict)), None)
        person = _person(update[kind]) if kind is not None else None
        if kind is None or person is None:
            return Verdict.TAKE
        at = self._moment(update[kind])
        self._sweep(at)
        if self._silent_until.get(person, at) > at:
            self.passed_over += 1
            return Verdict.PASS_OVER
        full_at = max(self._full_at.get(person, at), at) + self._each
        if full_at - at <= REFILL_SECONDS:
            self._full_at[person] = full_at
            return Verdict.TAKE
        self._silent_until[person] = at + REFILL_SECONDS
        self.passed_over += 1
        log.warning("Person %d sends too much at once and is passed over for half a minute.", person)
        return Verdict.EXCUSE

    @property
    def remembered(self) -> int:
        """How many people it keeps account of."""
        return len(self._full_at.keys() | self._silent_until.keys())

    def _moment(self, what: Update) -> float:
        """When it was sent: what was written while the bot was away did not come all at once."""
        now, sent = self._now().timestamp(), what.get("edit_date") or what.get("date")
        return min(float(sent), now) if isinstance(sent, int) else now

    def _sweep(self, at: float) -> None:
        self._judged += 1
        if self._judged % SWEEP_EVERY == 0:
            self._full_at = {person: full for person, full in self._full_at.items() if full > at}
            self._silent_until = {person: until for person, until in self._silent_until.items() if until > at}


def _person(what: Update) -> int | None:
    who = what.get("from") or what.get("user")
    return who["id"] if isinstance(who, dict) and isinstance(who.get("id"), int) else None
