"""Faults of ours, planted on purpose: what each breaks has to be found out by a run of chaos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import handlers.asking.ask
import handlers.kit.reaching
import storage.askings
import storage.inbox
from handlers.kit.context import Dependencies
from handlers.kit.reply import Reply
from storage.database import Transaction
from storage.inbox import Arrival


def confirm_before_write() -> None:
    """Updates are confirmed to Telegram and handled, and never written down."""

    async def add_many(tx: Transaction, arrivals: Sequence[Arrival], now: datetime) -> list[Arrival]:
        return list(arrivals)

    storage.inbox.add_many = add_many


def note_before_send() -> None:
    """A daily counts as sent before it is."""
    reach = handlers.kit.reaching.reach

    async def noting(
        on: Dependencies, learner_id: int, reply: Reply, now: datetime, **more: Any
    ) -> int | None:
        async with on.db.transaction() as tx:
            await tx.execute("UPDATE askings SET send_after = NULL WHERE learner_id = ?", (learner_id,))
        return await reach(on, learner_id, reply, now, **more)

    handlers.asking.ask.reach = noting  # type: ignore[attr-defined]


def never_note() -> None:
    """What was sent is not written down, and so sent again."""
    mark_sent = storage.askings.mark_sent

    async def forgetting(tx: Transaction, asking_id: int, message_id: int, now: datetime) -> None:
        row = await tx.one("SELECT send_after FROM askings WHERE id = ?", (asking_id,))
        if row is None or row["send_after"] is None or asking_id % 2:
            await mark_sent(tx, asking_id, message_id, now)

    storage.askings.mark_sent = forgetting


BUGS: dict[str, Callable[[], None]] = {
    "confirm-before-write": confirm_before_write,
    "note-before-send": note_before_send,
    "never-note": never_note,
}
