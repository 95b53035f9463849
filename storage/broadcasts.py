"""What operators tell all learners at once: the drafts, who is to have them, and who has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from storage.database import Transaction
from storage.moments import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One broadcast; `text` is Telegram HTML. `panel_message_id` is the message with its buttons.

    A draft is neither confirmed nor ended; one that is ended was sent to all, stopped, or thrown away.
    """

    id: int
    operator_id: int
    text: str
    panel_message_id: int | None
    confirmed_at: datetime | None
    next_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a broadcast has come, in learners; `unreached` had blocked the bot."""

    recipients: int
    reached: int
    unreached: int


async def add(tx: Transaction, operator_id: int, message_id: int, text: str, now: datetime) -> Broadcast:
    """Keep a draft; the same message again is the same draft."""
    await tx.execute(
        "INSERT INTO broadcasts (operator_id, message_id, text, drafted_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (operator_id, message_id, text, to_ms(now)),
    )
    row = await tx.one(
        "SELECT * FROM broadcasts WHERE operator_id = ? AND message_id = ?", (operator_id, message_id)
    )
    assert row is not None, "it was written or was there"
    return _broadcast(row)


async def find(tx: Transaction, broadcast_id: int) -> Broadcast | None:
    """The broadcast, whoever wrote it."""
    row = await tx.one("SELECT * FROM broadcasts WHERE id = ?", (broadcast_id,))
    return _broadcast(row) if row else None


async def took(tx: Transaction, operator_id: int, message_id: int) -> bool:
    """Whether this message of this operator's became a draft."""
    row = await tx.one(
        "SELECT 1 FROM broadcasts WHERE operator_id = ? AND message_id = ?", (operator_id, message_id)
    )
    return row is not None


async def reachable(tx: Transaction) -> int:
    """How many learners a broadcast confirmed now would go to."""
    row = await tx.one("SELECT count(*) AS n FROM learners WHERE unreachable_at IS NULL")
    return int(row["n"]) if row else 0


async def confirm(tx: Transaction, broadcast_id: int, now: datetime) -> None:
    """Write down who is to have it: everybody who can be reached now. The heartbeat sends from now on."""
    await tx.execute(
        "INSERT INTO broadcast_recipients (broadcast_id, learner_id)"
        " SELECT ?, id FROM learners WHERE unreachable_at IS NULL",
        (broadcast_id,),
    )
    await tx.execute(
        "UPDATE broadcasts SET confirmed_at = ?, next_at = ? WHERE id = ?",
        (to_ms(now), to_ms(now), broadcast_id),
    )


async def mark_panel(tx: Transaction, broadcast_id: int, message_id: int) -> None:
    """Note the message with its buttons."""
    await tx.execute("UPDATE broadcasts SET panel_message_id = ? WHERE id = ?", (message_id, broadcast_id))


async def due(tx: Transaction, now: datetime) -> Broadcast | None:
    """The broadcast whose next few may be sent now, the longest due first."""
    row = await tx.one("SELECT * FROM broadcasts WHERE next_at <= ? ORDER BY next_at LIMIT 1", (to_ms(now),))
    return _broadcast(row) if row else None


async def next_at(tx: Transaction) -> datetime | None:
    """When the next few of any broadcast may be sent."""
    row = await tx.one("SELECT min(next_at) AS at FROM broadcasts WHERE next_at IS NOT NULL")
    return from_ms(row["at"]) if row and row["at"] is not None else None


async def rest(tx: Transaction, broadcast_id: int, until: datetime) -> None:
    """Send nothing more of it before then; one that has ended stays ended."""
    await tx.execute(
        "UPDATE broadcasts SET next_at = ? WHERE id = ? AND ended_at IS NULL", (to_ms(until), broadcast_id)
    )


async def next_recipients(tx: Transaction, broadcast_id: int, limit: int) -> list[int]:
    """Learners who are still to have it, `limit` at most; none at the end, and once it was stopped."""
    rows = await tx.all(
        "SELECT learner_id FROM broadcast_recipients JOIN broadcasts ON broadcasts.id = broadcast_id"
        " WHERE broadcast_id = ? AND done_at IS NULL AND ended_at IS NULL ORDER BY learner_id LIMIT ?",
        (broadcast_id, limit),
    )
    return [int(row["learner_id"]) for row in rows]


async def is_waited_for(tx: Transaction, broadcast_id: int, learner_id: int) -> bool:
    """Whether this learner is still to have it: not once it was stopped, nor when they are forgotten."""
    row = await tx.one(
        "SELECT 1 FROM broadcast_recipients JOIN broadcasts ON broadcasts.id = broadcast_id"
        " WHERE broadcast_id = ? AND learner_id = ? AND done_at IS NULL AND ended_at IS NULL",
        (broadcast_id, learner_id),
    )
    return row is not None


async def mark_done(
    tx: Transaction, broadcast_id: int, learner_id: int, *, reached: bool, now: datetime
) -> None:
    """Note that this learner has had it, or cannot be reached."""
    await tx.execute(
        "UPDATE broadcast_recipients SET done_at = ?, reached = ? WHERE broadcast_id = ? AND learner_id = ?",
        (to_ms(now), int(reached), broadcast_id, learner_id),
    )


async def mark_ended(tx: Transaction, broadcast_id: int, now: datetime) -> None:
    """Send nothing more of it; the first time counts."""
    await tx.execute(
        "UPDATE broadcasts SET ended_at = coalesce(ended_at, ?), next_at = NULL WHERE id = ?",
        (to_ms(now), broadcast_id),
    )


async def progress(tx: Transaction, broadcast_id: int) -> Progress:
    """How far it has come."""
    row = await tx.one(
        "SELECT count(*) AS recipients, count(*) FILTER (WHERE reached = 1) AS reached,"
        " count(*) FILTER (WHERE reached = 0) AS unreached FROM broadcast_recipients WHERE broadcast_id = ?",
        (broadcast_id,),
    )
    assert row is not None, "a count has a row"
    return Progress(row["recipients"], row["reached"], row["unreached"])


def _broadcast(row: Row) -> Broadcast:
    return Broadcast(
        id=row["id"],
        operator_id=row["operator_id"],
        text=row["text"],
        panel_message_id=row["panel_message_id"],
        confirmed_at=_at(row["confirmed_at"]),
        next_at=_at(row["next_at"]),
        ended_at=_at(row["ended_at"]),
    )


def _at(ms: int | None) -> datetime | None:
    return None if ms is None else from_ms(ms)
