"""The inbox's table: every update Telegram sent, from its arrival until it is done."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.moments import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update as it arrived: `chat_id` is the queue it waits in, `payload` the update as JSON. A belated one had
    been waiting at Telegram while we were away, nobody knows how long."""

    update_id: int
    chat_id: int
    payload: str
    failures: int = 0
    is_belated: bool = False


async def add_many(tx: Transaction, arrivals: Sequence[Arrival], now: datetime) -> list[Arrival]:
    """Write down what is new; the new ones in the order given, each once."""
    ids = json.dumps([arrival.update_id for arrival in arrivals])
    known = await tx.all(
        "SELECT update_id FROM inbox WHERE update_id IN (SELECT value FROM json_each(?))", (ids,)
    )
    seen = {row["update_id"] for row in known}
    new = {arrival.update_id: arrival for arrival in reversed(arrivals) if arrival.update_id not in seen}
    fresh = [arrival for arrival in arrivals if new.get(arrival.update_id) is arrival]
    await tx.many(
        "INSERT INTO inbox (update_id, chat_id, payload, received_at, is_belated) VALUES (?, ?, ?, ?, ?)",
        [
            (arrival.update_id, arrival.chat_id, arrival.payload, to_ms(now), int(arrival.is_belated))
            for arrival in fresh
        ],
    )
    return fresh


async def unfinished(tx: Transaction) -> list[Arrival]:
    """What was neither done nor set aside, in the order it came."""
    rows = await tx.all(
        "SELECT update_id, chat_id, payload, failures FROM inbox"
        " WHERE done_at IS NULL AND set_aside_at IS NULL ORDER BY received_at, update_id"
    )
    return [Arrival(row["update_id"], row["chat_id"], row["payload"], row["failures"]) for row in rows]


async def newest(tx: Transaction) -> tuple[int, datetime] | None:
    """The id of the update that came last, and when it came."""
    row = await tx.one(
        "SELECT update_id, received_at FROM inbox ORDER BY received_at DESC, update_id DESC LIMIT 1"
    )
    return None if row is None else (row["update_id"], from_ms(row["received_at"]))


async def arrival_of(tx: Transaction, update_id: int) -> tuple[datetime, bool] | None:
    """When an update arrived here, and whether it was belated."""
    row = await tx.one("SELECT received_at, is_belated FROM inbox WHERE update_id = ?", (update_id,))
    return None if row is None else (from_ms(row["received_at"]), bool(row["is_belated"]))


def queue_of_poll(poll_id: str) -> int:
    """The queue in which what happens to a poll waits; 0 for an id as Telegram has none."""
    if not (poll_id.isascii() and poll_id.isdigit()):
        return 0
    return int(poll_id) % 2**63  # what SQLite holds


async def is_waiting(tx: Transaction, queue: int, *, besides: int | None = None) -> bool:
    """Whether anything in a queue is not done yet, `besides` one update."""
    row = await tx.one(
        "SELECT 1 FROM inbox WHERE chat_id = ? AND done_at IS NULL AND set_aside_at IS NULL AND update_id IS NOT ?",
        (queue, besides),
    )
    return row is not None


async def mark_done(
    tx: Transaction, updates: Sequence[int] | Mapping[int, str | None], now: datetime
) -> None:
    """These need not run again; what people wrote is not kept here a second time.

    Those that were passed over come with the reason.
    """
    reasons = updates if isinstance(updates, Mapping) else dict.fromkeys(updates)
    await tx.many(
        "UPDATE inbox SET done_at = ?, payload = '', error = coalesce(?, error) WHERE update_id = ?",
        [(to_ms(now), reason, update_id) for update_id, reason in reasons.items()],
    )


async def mark_failed(tx: Transaction, update_id: int, error: str) -> int:
    """Count a failure; `error` is a class's name. How often this update has failed by now."""
    row = await tx.one(
        "UPDATE inbox SET failures = failures + 1, error = ? WHERE update_id = ? RETURNING failures",
        (error, update_id),
    )
    if row is None:
        raise LookupError(f"no update {update_id}")
    failures: int = row["failures"]
    return failures


async def set_aside(tx: Transaction, update_id: int, now: datetime) -> None:
    """Give an update up, so that it never runs again, and keep it for the operator."""
    await tx.execute("UPDATE inbox SET set_aside_at = ? WHERE update_id = ?", (to_ms(now), update_id))


async def prune(tx: Transaction, before: datetime, limit: int = 5_000) -> int:
    """Forget up to `limit` updates, finished or set aside, that came before a moment; how many went.

    The one that came last stays: the next start continues behind it.
    """
    return await tx.execute(
        "DELETE FROM inbox WHERE update_id IN (SELECT update_id FROM inbox WHERE received_at < ?"
        " AND (done_at IS NOT NULL OR set_aside_at IS NOT NULL)"
        " AND update_id <> (SELECT update_id FROM inbox ORDER BY received_at DESC, update_id DESC LIMIT 1)"
        " ORDER BY received_at LIMIT ?)",
        (to_ms(before), limit),
    )


async def blank(tx: Transaction, person_id: int) -> int:
    """Wipe what was set aside in a person's private chat or names them anywhere; how many updates that were.

    What is done holds no words any more, and what is unfinished is either the wish to be forgotten itself or
    came after it. Whose chat any of it came from is wiped as well; the ids stay, so that nothing runs again.
    """
    await tx.execute("UPDATE inbox SET chat_id = 0 WHERE chat_id = ? AND set_aside_at IS NULL", (person_id,))
    return await tx.execute(
        "UPDATE inbox SET payload = '', chat_id = 0"
        " WHERE set_aside_at IS NOT NULL AND payload <> '' AND (chat_id = :person"
        " OR EXISTS (SELECT 1 FROM json_tree(inbox.payload) AS part"
        " WHERE part.key = 'id' AND part.value = :person))",
        {"person": person_id},
    )
