"""Follow-ups that were asked after an answer, and what learners wrote to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row
from typing import Any

from storage.database import Transaction
from storage.moments import from_ms, to_ms
from storage.replies import Typed


@dataclass(frozen=True, slots=True)
class AskedFollowUp:
    """One follow-up put after one asking. `number` counts the question's follow-ups from 0.

    `shown_at` is when its answer was first there; the message ids are those of the follow-up and of its answer below a
    typed one.
    """

    asking_id: int
    number: int
    asked_at: datetime
    message_id: int | None
    shown_at: datetime | None
    feedback_message_id: int | None


async def add(tx: Transaction, asking_id: int, number: int, now: datetime) -> None:
    """Ask it; what was asked before stays as it is."""
    await tx.execute(
        "INSERT INTO follow_ups (asking_id, number, asked_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (asking_id, number, to_ms(now)),
    )


async def find(tx: Transaction, asking_id: int, number: int) -> AskedFollowUp | None:
    """The follow-up, if it was asked after this asking."""
    row = await tx.one("SELECT * FROM follow_ups WHERE asking_id = ? AND number = ?", (asking_id, number))
    return _asked(row) if row else None


async def of_asking(tx: Transaction, asking_id: int) -> list[AskedFollowUp]:
    """All that were asked after this asking, in the order asked."""
    rows = await tx.all(
        "SELECT * FROM follow_ups WHERE asking_id = ? ORDER BY asked_at, number", (asking_id,)
    )
    return [_asked(row) for row in rows]


async def numbers_of_question(tx: Transaction, learner_id: int, question_id: str) -> frozenset[int]:
    """Which of a question's follow-ups this learner was ever asked."""
    rows = await tx.all(
        "SELECT DISTINCT number FROM follow_ups JOIN askings ON askings.id = asking_id"
        " WHERE learner_id = ? AND question_id = ?",
        (learner_id, question_id),
    )
    return frozenset(row["number"] for row in rows)


async def find_by_message(tx: Transaction, learner_id: int, message_id: int) -> AskedFollowUp | None:
    """The follow-up that a message shows, or to which this message of the learner's was an answer."""
    return await find_by_reply(tx, learner_id, message_id) or await _one(
        tx,
        ":message IN (follow_ups.message_id, follow_ups.feedback_message_id)",
        learner=learner_id,
        message=message_id,
    )


async def find_by_reply(tx: Transaction, learner_id: int, message_id: int) -> AskedFollowUp | None:
    """The follow-up to which this message of the learner's was an answer."""
    return await _one(
        tx,
        "(follow_ups.asking_id, follow_ups.number) IN"
        " (SELECT asking_id, number FROM follow_up_replies WHERE message_id = :message)",
        learner=learner_id,
        message=message_id,
    )


async def newest_open(
    tx: Transaction, learner_id: int, since: datetime, answered_since: datetime
) -> AskedFollowUp | None:
    """The newest one asked since a moment whose answer was not shown yet, or that was answered since another."""
    return await _one(
        tx,
        "follow_ups.asked_at >= :since AND follow_ups.message_id IS NOT NULL"
        " AND (follow_ups.shown_at IS NULL OR EXISTS (SELECT 1 FROM follow_up_replies AS reply"
        " WHERE reply.asking_id = follow_ups.asking_id AND reply.number = follow_ups.number"
        " AND received_at >= :answered_since)) ORDER BY follow_ups.message_id DESC LIMIT 1",
        learner=learner_id,
        since=to_ms(since),
        answered_since=to_ms(answered_since),
    )


async def mark_sent(tx: Transaction, asking_id: int, number: int, message_id: int) -> None:
    """Note the message that shows the follow-up."""
    await _set(tx, asking_id, number, message_id=message_id)


async def mark_shown(tx: Transaction, asking_id: int, number: int, now: datetime) -> None:
    """Note that its answer is there; the first time counts."""
    await tx.execute(
        "UPDATE follow_ups SET shown_at = coalesce(shown_at, ?) WHERE asking_id = ? AND number = ?",
        (to_ms(now), asking_id, number),
    )


async def mark_feedback(tx: Transaction, asking_id: int, number: int, message_id: int) -> None:
    """Note the message that shows its answer below a typed one."""
    await _set(tx, asking_id, number, feedback_message_id=message_id)


async def put_reply(
    tx: Transaction, asking_id: int, number: int, message_id: int, text: str, now: datetime
) -> None:
    """Keep one message of what the learner wrote to it; the same message again replaces its text and nothing else."""
    await tx.execute(
        "INSERT INTO follow_up_replies (asking_id, number, message_id, text, received_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (asking_id, number, message_id) DO UPDATE SET text = excluded.text",
        (asking_id, number, message_id, text, to_ms(now)),
    )


async def replies_to(tx: Transaction, asking_id: int, number: int) -> list[Typed]:
    """What the learner wrote to it, in the order written."""
    rows = await tx.all(
        "SELECT * FROM follow_up_replies WHERE asking_id = ? AND number = ? ORDER BY message_id",
        (asking_id, number),
    )
    return [Typed(row["message_id"], row["text"], from_ms(row["received_at"])) for row in rows]


async def _set(tx: Transaction, asking_id: int, number: int, **values: int) -> None:
    columns = ", ".join(f"{name} = ?" for name in values)  # names come from this module alone
    await tx.execute(
        f"UPDATE follow_ups SET {columns} WHERE asking_id = ? AND number = ?",  # noqa: S608
        (*values.values(), asking_id, number),
    )


async def _one(tx: Transaction, where: str, **values: Any) -> AskedFollowUp | None:
    joined = "follow_ups JOIN askings ON askings.id = follow_ups.asking_id"
    sql = f"SELECT follow_ups.* FROM {joined} WHERE learner_id = :learner AND {where}"  # noqa: S608 - from this module
    row = await tx.one(sql, values)
    return _asked(row) if row else None


def _asked(row: Row) -> AskedFollowUp:
    return AskedFollowUp(
        asking_id=row["asking_id"],
        number=row["number"],
        asked_at=from_ms(row["asked_at"]),
        message_id=row["message_id"],
        shown_at=None if row["shown_at"] is None else from_ms(row["shown_at"]),
        feedback_message_id=row["feedback_message_id"],
    )
