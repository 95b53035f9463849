"""The askings by their study days: what each day was given, and on which days something was rated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from interview.asking import Asking
from storage.askings import asking_of
from storage.database import Transaction


async def find_daily(tx: Transaction, learner_id: int, study_day: date, slot: int = 0) -> Asking | None:
    """The daily of a study day."""
    row = await tx.one(
        "SELECT * FROM askings WHERE learner_id = ? AND study_day = ? AND slot = ?",
        (learner_id, study_day.isoformat(), slot),
    )
    return asking_of(row) if row else None


async def last_daily(tx: Transaction, learner_id: int) -> Asking | None:
    """The newest daily, the first of its day."""
    row = await tx.one(
        "SELECT * FROM askings WHERE learner_id = ? AND slot = 0 ORDER BY asked_at DESC, id DESC LIMIT 1",
        (learner_id,),
    )
    return asking_of(row) if row else None


async def unanswered_dailies(tx: Transaction, learner_id: int, before: date) -> frozenset[str]:
    """The questions that were dailies on the newest day of such before that one, and were not rated."""
    rows = await tx.all(
        "SELECT question_id FROM askings WHERE learner_id = :learner AND slot IS NOT NULL AND rating IS NULL"
        " AND study_day = (SELECT max(study_day) FROM askings"
        " WHERE learner_id = :learner AND slot IS NOT NULL AND study_day < :before)",
        {"learner": learner_id, "before": before.isoformat()},
    )
    return frozenset(row["question_id"] for row in rows)


async def of_day(tx: Transaction, learner_id: int, study_day: date) -> list[Asking]:
    """All that was put on a study day, in order."""
    rows = await tx.all(
        "SELECT * FROM askings WHERE learner_id = ? AND study_day = ? ORDER BY id",
        (learner_id, study_day.isoformat()),
    )
    return [asking_of(row) for row in rows]


async def put_since(tx: Transaction, learner_id: int, study_day: date) -> frozenset[str]:
    """The questions put on that study day or a later one."""
    rows = await tx.all(
        "SELECT DISTINCT question_id FROM askings WHERE learner_id = ? AND study_day >= ?",
        (learner_id, study_day.isoformat()),
    )
    return frozenset(row["question_id"] for row in rows)


async def last_seen(tx: Transaction, learner_id: int) -> Mapping[str, date]:
    """The newest study day on which each question was put to the learner."""
    rows = await tx.all(
        # in the order of an index: the newest comes last, and nothing is sorted or grouped
        "SELECT question_id, study_day FROM askings WHERE learner_id = ? ORDER BY study_day",
        (learner_id,),
    )
    newest: dict[str, str] = dict(map(tuple, rows))
    return {question_id: date.fromisoformat(day) for question_id, day in newest.items()}


async def rated_days(tx: Transaction, learner_id: int) -> frozenset[date]:
    """The study days on which something was rated, what was undone left out."""
    rows = await tx.all(
        "SELECT DISTINCT rated_on FROM askings WHERE learner_id = ? AND rated_on IS NOT NULL", (learner_id,)
    )
    return frozenset(date.fromisoformat(row["rated_on"]) for row in rows)


async def first_rated_on(tx: Transaction, learner_id: int, study_day: date) -> int | None:
    """The id of the asking that was the first to be rated on a study day, of those whose ratings stand."""
    row = await tx.one(
        "SELECT id FROM askings WHERE learner_id = ? AND rated_on = ? ORDER BY rated_at, id LIMIT 1",
        (learner_id, study_day.isoformat()),
    )
    return None if row is None else int(row["id"])
