"""Askings that are still to be sent: who sends which, and when that is tried again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from interview.asking import Asking
from storage.askings import asking_of
from storage.database import Transaction
from storage.moments import from_ms, to_ms


async def claim(tx: Transaction, now: datetime, *, until: datetime, limit: int) -> Sequence[Asking]:
    """Askings for the heartbeat to send, the oldest first; nobody else gets them before `until`.

    From now on they may be there, whether Telegram's word on that arrives or not.
    """
    rows = await tx.all(
        "SELECT * FROM askings WHERE send_after <= ? ORDER BY send_after, id LIMIT ?", (to_ms(now), limit)
    )
    if rows:
        await tx.many(
            "UPDATE askings SET send_after = ?, sent_at = coalesce(sent_at, ?) WHERE id = ?",
            [(to_ms(until), to_ms(now), row["id"]) for row in rows],
        )
    return [asking_of(row) for row in rows]


async def release_claims(tx: Transaction, now: datetime) -> None:
    """After a start: what was claimed but not sent by the process before is to be sent now."""
    await tx.execute("UPDATE askings SET send_after = ? WHERE send_after > ?", (to_ms(now), to_ms(now)))


async def next_send_after(tx: Transaction) -> datetime | None:
    """When the heartbeat next has something to send."""
    row = await tx.one("SELECT min(send_after) AS at FROM askings WHERE send_after IS NOT NULL")
    return from_ms(row["at"]) if row and row["at"] is not None else None
