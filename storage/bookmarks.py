"""The bookmarks' table: questions that a learner wants to find again."""

from __future__ import annotations

from datetime import datetime

from storage.database import Transaction
from storage.moments import to_ms


async def put(tx: Transaction, learner_id: int, question_id: str, now: datetime) -> None:
    """Note the bookmark; one that is there stays as it is."""
    await tx.execute(
        "INSERT OR IGNORE INTO bookmarks (learner_id, question_id, bookmarked_at) VALUES (?, ?, ?)",
        (learner_id, question_id, to_ms(now)),
    )


async def remove(tx: Transaction, learner_id: int, question_id: str) -> None:
    """Drop the bookmark, if there is one."""
    await tx.execute(
        "DELETE FROM bookmarks WHERE learner_id = ? AND question_id = ?", (learner_id, question_id)
    )


async def has(tx: Transaction, learner_id: int, question_id: str) -> bool:
    """Whether the learner has bookmarked the question."""
    row = await tx.one(
        "SELECT 1 FROM bookmarks WHERE learner_id = ? AND question_id = ?", (learner_id, question_id)
    )
    return row is not None


async def of_learner(tx: Transaction, learner_id: int) -> list[str]:
    """The ids of the learner's bookmarked questions, the newest bookmark first."""
    rows = await tx.all(
        "SELECT question_id FROM bookmarks WHERE learner_id = ? ORDER BY bookmarked_at DESC, question_id",
        (learner_id,),
    )
    return [row["question_id"] for row in rows]
