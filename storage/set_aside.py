"""The questions that each learner does not want to see again."""

from __future__ import annotations

from datetime import datetime

from storage.database import Transaction
from storage.moments import to_ms


async def put(tx: Transaction, learner_id: int, question_id: str, now: datetime) -> None:
    """Set a question aside; the first time counts."""
    await tx.execute(
        "INSERT INTO set_aside (learner_id, question_id, set_aside_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (learner_id, question_id, to_ms(now)),
    )


async def remove(tx: Transaction, learner_id: int, question_id: str) -> None:
    """Let a question come again."""
    await tx.execute(
        "DELETE FROM set_aside WHERE learner_id = ? AND question_id = ?", (learner_id, question_id)
    )


async def remove_since(tx: Transaction, learner_id: int, question_id: str, since: datetime) -> None:
    """Let a question come again that was set aside at that moment or later."""
    await tx.execute(
        "DELETE FROM set_aside WHERE learner_id = ? AND question_id = ? AND set_aside_at >= ?",
        (learner_id, question_id, to_ms(since)),
    )


async def has(tx: Transaction, learner_id: int, question_id: str) -> bool:
    """Whether the learner has set this question aside."""
    row = await tx.one(
        "SELECT 1 FROM set_aside WHERE learner_id = ? AND question_id = ?", (learner_id, question_id)
    )
    return row is not None


async def of_learner(tx: Transaction, learner_id: int) -> frozenset[str]:
    """The ids of all questions that the learner has set aside."""
    rows = await tx.all("SELECT question_id FROM set_aside WHERE learner_id = ?", (learner_id,))
    return frozenset(row["question_id"] for row in rows)
