"""The drills' table: a row of questions, asked one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from sqlite3 import Row

from storage.database import Transaction
from storage.moments import from_ms, to_ms

WEAK_SPOTS = "weak"
"""Stands in a drill's topic where it goes over several weak spots."""


@dataclass(frozen=True, slots=True)
class Drill:
    """One drill of one learner, on a topic or on `WEAK_SPOTS`; `question_ids` in the order asked.

    An `endless` one gets more questions as it goes on; `restores` is the missed study day whose streak it wins back.
    """

    id: int
    learner_id: int
    topic: str
    facet: str | None
    question_ids: tuple[str, ...]
    started_at: datetime
    summed_up_at: datetime | None
    endless: bool = False
    restores: date | None = None


async def get(tx: Transaction, drill_id: int) -> Drill:
    """The drill, which must exist; LookupError otherwise."""
    row = await tx.one("SELECT * FROM drills WHERE id = ?", (drill_id,))
    if row is None:
        raise LookupError(f"no drill {drill_id}")
    return _drill(row)


async def find_caused_by(tx: Transaction, learner_id: int, update_id: int) -> Drill | None:
    """The drill that this update started when it first ran."""
    row = await tx.one(
        "SELECT * FROM drills WHERE learner_id = ? AND caused_by = ? ORDER BY id DESC LIMIT 1",
        (learner_id, update_id),
    )
    return _drill(row) if row else None


async def add(
    tx: Transaction,
    learner_id: int,
    topic: str,
    facet: str | None,
    question_ids: tuple[str, ...],
    *,
    now: datetime,
    caused_by: int,
) -> Drill:
    """Start a drill."""
    drill_id = await tx.insert(
        "INSERT INTO drills (learner_id, topic, facet, question_ids, started_at, caused_by) VALUES (?, ?, ?, ?, ?, ?)",
        (learner_id, topic, facet, " ".join(question_ids), to_ms(now), caused_by),
    )
    return await get(tx, drill_id)


async def mark_summed_up(tx: Transaction, drill_id: int, now: datetime) -> None:
    """Note that the drill's summary is out."""
    await tx.execute("UPDATE drills SET summed_up_at = ? WHERE id = ?", (to_ms(now), drill_id))


def _drill(row: Row) -> Drill:
    return Drill(
        id=row["id"],
        learner_id=row["learner_id"],
        topic=row["topic"],
        facet=row["facet"],
        question_ids=tuple(row["question_ids"].split()),
        started_at=from_ms(row["started_at"]),
        summed_up_at=None if row["summed_up_at"] is None else from_ms(row["summed_up_at"]),
        endless=bool(row["endless"]),
        restores=None if row["restores"] is None else date.fromisoformat(row["restores"]),
    )
