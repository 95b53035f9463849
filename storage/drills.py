"""The drills' table: a row of questions, asked one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from sqlite3 import Row

from storage.database import Transaction
from storage.moments import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Drill:
    """One drill of one learner, on a topic or one of the other things in `interview.drill`; `question_ids` in the
    order asked.

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


async def find(tx: Transaction, drill_id: int, learner_id: int) -> Drill | None:
    """The drill, if it exists and is this learner's."""
    row = await tx.one("SELECT * FROM drills WHERE id = ? AND learner_id = ?", (drill_id, learner_id))
    return _drill(row) if row else None


async def find_caused_by(tx: Transaction, learner_id: int, update_id: int) -> Drill | None:
    """The drill that this update started, or ended, when it first ran."""
    row = await tx.one(
        "SELECT * FROM drills WHERE learner_id = ? AND caused_by = ? ORDER BY id DESC LIMIT 1",
        (learner_id, update_id),
    )
    return _drill(row) if row else None


async def asked_last(tx: Transaction, learner_id: int, since: datetime) -> Drill | None:
    """Of the drills begun since then that are not summed up, the one whose question stands lowest in the chat."""
    row = await tx.one(
        "SELECT drills.* FROM drills JOIN askings ON askings.drill_id = drills.id"
        " WHERE drills.learner_id = :learner AND askings.learner_id = :learner AND started_at >= :since"
        " AND summed_up_at IS NULL GROUP BY drills.id"
        " ORDER BY max(coalesce(askings.message_id, 0)) DESC, max(askings.id) DESC LIMIT 1",
        {"learner": learner_id, "since": to_ms(since)},
    )
    return _drill(row) if row else None


async def unfinished(tx: Transaction, learner_id: int, since: datetime) -> list[Drill]:
    """The learner's drills begun since then that are not summed up, the newest first."""
    rows = await tx.all(
        "SELECT * FROM drills WHERE learner_id = ? AND started_at >= ? AND summed_up_at IS NULL"
        " ORDER BY started_at DESC, id DESC",
        (learner_id, to_ms(since)),
    )
    return [_drill(row) for row in rows]


async def add(
    tx: Transaction,
    learner_id: int,
    topic: str,
    facet: str | None,
    question_ids: Sequence[str],
    *,
    now: datetime,
    caused_by: int,
    endless: bool = False,
    restores: date | None = None,
) -> Drill:
    """Start a drill."""
    drill_id = await tx.insert(
        "INSERT INTO drills (learner_id, topic, facet, question_ids, started_at, caused_by, endless, restores)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            learner_id,
            topic,
            facet,
            " ".join(question_ids),
            to_ms(now),
            caused_by,
            int(endless),
            None if restores is None else restores.isoformat(),
        ),
    )
    return await get(tx, drill_id)


async def put_questions(
    tx: Transaction, drill_id: int, question_ids: Sequence[str], *, endless: bool
) -> Drill:
    """The drill is from now on about these questions."""
    await tx.execute(
        "UPDATE drills SET question_ids = ?, endless = ? WHERE id = ?",
        (" ".join(question_ids), int(endless), drill_id),
    )
    return await get(tx, drill_id)


async def mark_ended_by(tx: Transaction, drill_id: int, update_id: int) -> None:
    """Note the update that ends the drill: run again, it ends no other. The one that began it was done long ago."""
    await tx.execute("UPDATE drills SET caused_by = ? WHERE id = ?", (update_id, drill_id))


async def mark_summed_up(tx: Transaction, drill_id: int, now: datetime) -> None:
    """Note that the drill's summary is out, or that there will be none: the drill is over."""
    await tx.execute("UPDATE drills SET summed_up_at = ? WHERE id = ?", (to_ms(now), drill_id))


async def winning_back(tx: Transaction, learner_id: int) -> dict[date, list[date]]:
    """For each missed study day whose streak a drill is to win back: the study days of its ratings that stand."""
    rows = await tx.all(
        "SELECT drills.restores, askings.rated_on FROM drills JOIN askings ON askings.drill_id = drills.id"
        " WHERE drills.learner_id = ? AND drills.restores IS NOT NULL AND askings.rated_on IS NOT NULL"
        " AND askings.learner_id = drills.learner_id ORDER BY askings.rated_on",
        (learner_id,),
    )
    found: dict[date, list[date]] = {}
    for row in rows:
        missed, rated_on = date.fromisoformat(row["restores"]), date.fromisoformat(row["rated_on"])
        found.setdefault(missed, []).append(rated_on)
    return found


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
