"""What learners wrote to an asking, a row a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from interview.asking import ReplyKind
from storage.database import Transaction
from storage.moments import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Typed:
    """One message of an answer; `file_id` is Telegram's where it is no text, and `text` then its caption."""

    message_id: int
    text: str
    received_at: datetime
    kind: ReplyKind = ReplyKind.TEXT
    file_id: str | None = None


async def put(
    tx: Transaction,
    asking_id: int,
    message_id: int,
    text: str,
    now: datetime,
    *,
    kind: ReplyKind = ReplyKind.TEXT,
    file_id: str | None = None,
) -> None:
    """Keep one message of an answer; the same message again replaces its text and nothing else."""
    await tx.execute(
        "INSERT INTO replies (asking_id, message_id, text, received_at, kind, file_id) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (asking_id, message_id) DO UPDATE SET text = excluded.text",
        (asking_id, message_id, text, to_ms(now), kind, file_id),
    )


async def of_asking(tx: Transaction, asking_id: int) -> list[Typed]:
    """All messages of an answer, in the order written."""
    rows = await tx.all(
        "SELECT * FROM replies WHERE asking_id = ? ORDER BY message_id",
        (asking_id,),
    )
    return [_typed(row) for row in rows]


def _typed(row: Row) -> Typed:
    return Typed(
        row["message_id"], row["text"], from_ms(row["received_at"]), ReplyKind(row["kind"]), row["file_id"]
    )


async def asking_of_message(tx: Transaction, learner_id: int, message_id: int) -> int | None:
    """The asking that this message of the learner's answered."""
    row = await tx.one(
        "SELECT asking_id FROM replies JOIN askings ON askings.id = asking_id"
        " WHERE learner_id = ? AND replies.message_id = ?",
        (learner_id, message_id),
    )
    return None if row is None else int(row["asking_id"])


async def clear(tx: Transaction, asking_id: int) -> None:
    """Take an answer back: what was written was not meant for this asking."""
    await tx.execute("DELETE FROM replies WHERE asking_id = ?", (asking_id,))
