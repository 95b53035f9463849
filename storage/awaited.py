"""What the bot waits to be typed, where that is about a row of another table."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from storage import learners
from storage.database import Transaction


async def put_about(tx: Transaction, learner_id: int, about: int) -> None:
    """Note what the text that is waited for belongs to: the id of a row, or of a message; 0 for none."""
    await tx.execute(
        "INSERT INTO awaited_about (learner_id, about) VALUES (?, ?)"
        " ON CONFLICT (learner_id) DO UPDATE SET about = excluded.about",
        (learner_id, about),
    )


async def put(tx: Transaction, learner_id: int, what: str, until: datetime, *, about: int = 0) -> None:
    """Wait for a text until then; `about` is the id of the row it will belong to."""
    learner = await learners.get(tx, learner_id)
    await learners.put(tx, replace(learner, awaiting=what, awaiting_until=until))
    await put_about(tx, learner_id, about)


async def about(tx: Transaction, learner_id: int) -> int:
    """The row that what is typed belongs to; 0 where there is none."""
    row = await tx.one("SELECT about FROM awaited_about WHERE learner_id = ?", (learner_id,))
    return 0 if row is None else int(row["about"])


async def drop(tx: Transaction, learner_id: int, *whats: str) -> None:
    """Wait no longer for any of these; what else is waited for stays."""
    learner = await learners.get(tx, learner_id)
    if learner.awaiting in whats:
        await learners.put(tx, replace(learner, awaiting=None, awaiting_until=None))
