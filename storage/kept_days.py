"""Study days that break no streak though nothing was rated on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from storage.database import Transaction


async def add_jumped(tx: Transaction, learner_id: int, days: Iterable[date]) -> None:
    """Note days that a journey east cut out of a learner's calendar."""
    await tx.many(
        "INSERT OR IGNORE INTO kept_days (learner_id, study_day, because) VALUES (?, ?, 'jumped')",
        [(learner_id, day.isoformat()) for day in days],
    )


async def add_paused(tx: Transaction, learner_id: int, days: Iterable[date]) -> None:
    """Note the days of a pause."""
    await tx.many(
        "INSERT OR IGNORE INTO kept_days (learner_id, study_day, because) VALUES (?, ?, 'paused')",
        [(learner_id, day.isoformat()) for day in days],
    )


async def remove_paused(tx: Transaction, learner_id: int, first: date) -> None:
    """A pause ends early: from this day on its days count again."""
    await tx.execute(
        "DELETE FROM kept_days WHERE learner_id = ? AND because = 'paused' AND study_day >= ?",
        (learner_id, first.isoformat()),
    )


async def of_learner(tx: Transaction, learner_id: int) -> frozenset[date]:
    """All kept days of a learner."""
    rows = await tx.all("SELECT study_day FROM kept_days WHERE learner_id = ?", (learner_id,))
    return frozenset(date.fromisoformat(row["study_day"]) for row in rows)
