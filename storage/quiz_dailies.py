"""The table of groups' daily quizzes."""

from __future__ import annotations

from datetime import date, datetime, time
from sqlite3 import Row

from interview.quiz_daily import QuizDaily
from storage.database import Transaction
from storage.moments import from_ms, to_ms


async def find(tx: Transaction, group_id: int, thread_id: int) -> QuizDaily | None:
    """The daily quiz of that thread, resting or not."""
    row = await tx.one(
        "SELECT * FROM quiz_dailies WHERE group_id = ? AND thread_id = ?", (group_id, thread_id)
    )
    return _daily(row) if row else None


async def of_group(tx: Transaction, group_id: int) -> list[QuizDaily]:
    """All of a group's, by thread."""
    rows = await tx.all("SELECT * FROM quiz_dailies WHERE group_id = ? ORDER BY thread_id", (group_id,))
    return [_daily(row) for row in rows]


async def put(tx: Transaction, daily: QuizDaily) -> None:
    """Write it as given, new or not."""
    await tx.execute(
        "INSERT INTO quiz_dailies (group_id, thread_id, at, topic, facet, size, set_by, next_at, last_on, unplayed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (group_id, thread_id) DO UPDATE SET at = excluded.at,"
        " topic = excluded.topic, facet = excluded.facet, size = excluded.size, set_by = excluded.set_by,"
        " next_at = excluded.next_at, last_on = excluded.last_on, unplayed = excluded.unplayed",
        (
            daily.group_id,
            daily.thread_id,
            f"{daily.at:%H:%M}",
            daily.topic,
            daily.facet,
            daily.size,
            daily.set_by,
            None if daily.next_at is None else to_ms(daily.next_at),
            None if daily.last_on is None else daily.last_on.isoformat(),
            daily.unplayed,
        ),
    )


async def remove(tx: Transaction, group_id: int, thread_id: int) -> None:
    """There is none any more in that thread."""
    await tx.execute("DELETE FROM quiz_dailies WHERE group_id = ? AND thread_id = ?", (group_id, thread_id))


async def rest_in(tx: Transaction, group_id: int) -> None:
    """None of the group's comes for now; what was chosen is kept."""
    await tx.execute("UPDATE quiz_dailies SET next_at = NULL WHERE group_id = ?", (group_id,))


async def due(tx: Transaction, now: datetime, limit: int) -> list[QuizDaily]:
    """Those due by now, the longest due first."""
    rows = await tx.all(
        "SELECT * FROM quiz_dailies WHERE next_at <= ? ORDER BY next_at, group_id, thread_id LIMIT ?",
        (to_ms(now), limit),
    )
    return [_daily(row) for row in rows]


async def next_at(tx: Transaction) -> datetime | None:
    """When the next one of any group is due."""
    row = await tx.one("SELECT min(next_at) AS at FROM quiz_dailies WHERE next_at IS NOT NULL")
    return from_ms(row["at"]) if row and row["at"] is not None else None


async def had_quiz(tx: Transaction, group_id: int, thread_id: int, day: date) -> bool:
    """Whether that study day's quiz was written down."""
    row = await tx.one(
        "SELECT 1 FROM quizzes WHERE group_id = ? AND thread_id = ? AND daily_on = ?",
        (group_id, thread_id, day.isoformat()),
    )
    return row is not None


async def was_played(tx: Transaction, group_id: int, thread_id: int, day: date) -> bool:
    """Whether anybody voted in that study day's quiz; true as well where it was not left to its end."""
    row = await tx.one(
        "SELECT id, ended_because FROM quizzes WHERE group_id = ? AND thread_id = ? AND daily_on = ?",
        (group_id, thread_id, day.isoformat()),
    )
    if row is None or row["ended_because"] in ("stopped", "removed"):
        return True
    voted = await tx.one("SELECT 1 FROM quiz_votes WHERE quiz_id = ? LIMIT 1", (row["id"],))
    return voted is not None


def _daily(row: Row) -> QuizDaily:
    return QuizDaily(
        group_id=row["group_id"],
        thread_id=row["thread_id"],
        at=time.fromisoformat(row["at"]),
        topic=row["topic"],
        facet=row["facet"],
        size=row["size"],
        set_by=row["set_by"],
        next_at=None if row["next_at"] is None else from_ms(row["next_at"]),
        last_on=None if row["last_on"] is None else date.fromisoformat(row["last_on"]),
        unplayed=row["unplayed"],
    )
