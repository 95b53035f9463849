"""Askings that their learners want again later on the same day."""

from __future__ import annotations

from datetime import datetime

from storage.database import Transaction
from storage.moments import from_ms, to_ms


async def put(tx: Transaction, asking_id: int, until: datetime) -> None:
    """The learner wants it again then; nobody brings it before."""
    await tx.execute("UPDATE askings SET snoozed_until = ? WHERE id = ?", (to_ms(until), asking_id))


async def end(tx: Transaction, asking_id: int) -> None:
    """It has been brought, or is no longer wanted."""
    await tx.execute("UPDATE askings SET snoozed_until = NULL WHERE id = ?", (asking_id,))


async def due(tx: Transaction, now: datetime, limit: int) -> list[tuple[int, int]]:
    """Ids of askings to bring again and of their learners, the longest due first."""
    rows = await tx.all(
        "SELECT id, learner_id FROM askings WHERE snoozed_until <= ? ORDER BY snoozed_until, id LIMIT ?",
        (to_ms(now), limit),
    )
    return [(row["id"], row["learner_id"]) for row in rows]


async def next_at(tx: Transaction) -> datetime | None:
    """When the next asking of anybody is to be brought again."""
    row = await tx.one("SELECT min(snoozed_until) AS at FROM askings WHERE snoozed_until IS NOT NULL")
    return from_ms(row["at"]) if row and row["at"] is not None else None
