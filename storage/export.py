"""Everything stored about a learner, row by row."""

from __future__ import annotations

from interview.archive.document import Rows
from storage.database import Transaction

_OWN = {
    "learners": "WHERE id = ?",
    "kept_days": "WHERE learner_id = ? ORDER BY study_day",
    "drills": "WHERE learner_id = ? ORDER BY id",
    "askings": "WHERE learner_id = ? ORDER BY id",
    "replies": "WHERE asking_id IN (SELECT id FROM askings WHERE learner_id = ?) ORDER BY asking_id, message_id",
    "cards": "WHERE learner_id = ? ORDER BY question_id",
    "set_aside": "WHERE learner_id = ? ORDER BY set_aside_at, question_id",
    "bookmarks": "WHERE learner_id = ? ORDER BY bookmarked_at, question_id",
    "follow_ups": "WHERE asking_id IN (SELECT id FROM askings WHERE learner_id = ?) ORDER BY asking_id, number",
    "follow_up_replies": "WHERE asking_id IN (SELECT id FROM askings WHERE learner_id = ?)"
    " ORDER BY asking_id, number, message_id",
    "reports": "WHERE learner_id = ? ORDER BY id",
    "reviews": "WHERE learner_id = ? ORDER BY id",
    "players": "WHERE person_id = ? ORDER BY group_id",
    "quiz_votes": "WHERE person_id = ? ORDER BY quiz_id, place",
}


async def rows_of(tx: Transaction, learner_id: int) -> Rows:
    """The rows of every table that hold something of this learner's, whole, the oldest first."""
    return {
        table: [dict(row) for row in await tx.all(f"SELECT * FROM {table} {own}", (learner_id,))]  # noqa: S608
        for table, own in _OWN.items()
    }
