"""The learners' table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from sqlite3 import Row

from interview.learner import Learner, SetupStep
from interview.lost_zones import zone_of
from interview.question import Level
from interview.roles import Role
from storage.database import Transaction
from storage.moments import from_ms, to_ms


async def find(tx: Transaction, learner_id: int) -> Learner | None:
    """The learner, or None for a stranger."""
    row = await tx.one("SELECT * FROM learners WHERE id = ?", (learner_id,))
    return _learner(row) if row else None


async def get(tx: Transaction, learner_id: int) -> Learner:
    """The learner, who must exist; LookupError otherwise."""
    learner = await find(tx, learner_id)
    if learner is None:
        raise LookupError(f"no learner {learner_id}")
    return learner


async def put(tx: Transaction, learner: Learner) -> None:
    """Write the learner as given, new or not."""
    values = _values(learner)
    await tx.execute(_put(tuple(values)), tuple(values.values()))


async def put_plan(tx: Transaction, learner: Learner) -> None:
    """Write what changes when somebody is asked: the days that count, and what comes when. All else stays as it is."""
    await tx.execute(
        "UPDATE learners SET last_daily_on = ?, last_active_on = ?, paused_until = ?, next_daily_at = ?,"
        " next_reminder_at = ? WHERE id = ?",
        (
            _iso(learner.last_daily_on),
            _iso(learner.last_active_on),
            _iso(learner.paused_until),
            _ms(learner.next_daily_at),
            _ms(learner.next_reminder_at),
            learner.id,
        ),
    )


async def await_nothing(tx: Transaction, learner_id: int) -> None:
    """Note that something newer was said than what was asked to be typed."""
    await tx.execute("UPDATE learners SET awaiting = NULL, awaiting_until = NULL WHERE id = ?", (learner_id,))


async def due_for_daily(tx: Transaction, now: datetime, limit: int) -> Sequence[Learner]:
    """Learners whose daily is due, the longest due first."""
    rows = await tx.all(
        "SELECT * FROM learners WHERE next_daily_at <= ? ORDER BY next_daily_at LIMIT ?", (to_ms(now), limit)
    )
    return [_learner(row) for row in rows]


async def ids_due_for_daily(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Whose daily is due, whatever else their rows hold."""
    rows = await tx.all(
        "SELECT id FROM learners WHERE next_daily_at <= ? ORDER BY next_daily_at LIMIT ?", (to_ms(now), limit)
    )
    return [row["id"] for row in rows]


async def postpone_daily(tx: Transaction, learner_id: int, until: datetime) -> None:
    """Try the learner's daily again later."""
    await tx.execute("UPDATE learners SET next_daily_at = ? WHERE id = ?", (to_ms(until), learner_id))


async def next_daily_at(tx: Transaction) -> datetime | None:
    """When the next daily of anybody is due."""
    row = await tx.one("SELECT min(next_daily_at) AS at FROM learners WHERE next_daily_at IS NOT NULL")
    return from_ms(row["at"]) if row and row["at"] is not None else None


async def ids_due_for_reminder(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Whom to look at for a reminder, the longest due first."""
    rows = await tx.all(
        "SELECT id FROM learners WHERE next_reminder_at <= ? ORDER BY next_reminder_at LIMIT ?",
        (to_ms(now), limit),
    )
    return [row["id"] for row in rows]


async def postpone_reminder(tx: Transaction, learner_id: int, until: datetime) -> None:
    """Look at the learner again later."""
    await tx.execute("UPDATE learners SET next_reminder_at = ? WHERE id = ?", (to_ms(until), learner_id))


async def next_reminder_at(tx: Transaction) -> datetime | None:
    """When the next reminder of anybody is to be looked at."""
    row = await tx.one("SELECT min(next_reminder_at) AS at FROM learners WHERE next_reminder_at IS NOT NULL")
    return from_ms(row["at"]) if row and row["at"] is not None else None


async def remove(tx: Transaction, learner_id: int) -> None:
    """Delete the learner with everything that hangs on them."""
    await tx.execute("DELETE FROM learners WHERE id = ?", (learner_id,))


@lru_cache(maxsize=1)
def _put(columns: tuple[str, ...]) -> str:
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    changed = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in ("id", "joined_at"))
    return f"INSERT INTO learners ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {changed}"  # noqa: S608 - names from below


def _values(learner: Learner) -> dict[str, str | int | None]:
    """The row, by column."""
    return {
        "id": learner.id,
        "language": learner.language,
        "zone": learner.zone.key,
        "zone_chosen": int(learner.zone_chosen),
        "daily_time": f"{learner.daily_time:%H:%M}",
        "role": learner.role,
        "topics": " ".join(learner.topics),
        "level": learner.level,
        "daily_count": learner.daily_count,
        "rest_days": "".join(map(str, sorted(learner.rest_days))),
        "paused_until": _iso(learner.paused_until),
        "joined_at": to_ms(learner.joined_at),
        "setup_step": learner.setup_step,
        "setup_message_id": learner.setup_message_id,
        "awaiting": learner.awaiting,
        "awaiting_until": _ms(learner.awaiting_until),
        "last_daily_on": _iso(learner.last_daily_on),
        "next_daily_at": _ms(learner.next_daily_at),
        "unreachable_at": _ms(learner.unreachable_at),
        "last_active_on": _iso(learner.last_active_on),
        "reminders": int(learner.reminders),
        "reminder_time": f"{learner.reminder_time:%H:%M}",
        "last_reminder_on": _iso(learner.last_reminder_on),
        "next_reminder_at": _ms(learner.next_reminder_at),
        "streak_goal": learner.streak_goal,
        "retention": learner.retention,
        "interview_on": _iso(learner.interview_on),
    }


def _learner(row: Row) -> Learner:
    return Learner(
        id=row["id"],
        language=row["language"],
        zone=zone_of(row["zone"]),
        zone_chosen=bool(row["zone_chosen"]),
        daily_time=time.fromisoformat(row["daily_time"]),
        role=Role(row["role"]),
        topics=tuple(row["topics"].split()),
        level=Level(row["level"]),
        daily_count=row["daily_count"],
        rest_days=frozenset(map(int, row["rest_days"])),
        paused_until=_day(row["paused_until"]),
        joined_at=from_ms(row["joined_at"]),
        setup_step=SetupStep(row["setup_step"]) if row["setup_step"] else None,
        setup_message_id=row["setup_message_id"],
        awaiting=row["awaiting"],
        awaiting_until=_at(row["awaiting_until"]),
        last_daily_on=_day(row["last_daily_on"]),
        next_daily_at=_at(row["next_daily_at"]),
        unreachable_at=_at(row["unreachable_at"]),
        last_active_on=_day(row["last_active_on"]),
        reminders=bool(row["reminders"]),
        reminder_time=time.fromisoformat(row["reminder_time"]),
        last_reminder_on=_day(row["last_reminder_on"]),
        next_reminder_at=_at(row["next_reminder_at"]),
        streak_goal=row["streak_goal"],
        retention=row["retention"],
        interview_on=_day(row["interview_on"]),
    )


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else to_ms(moment)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(iso: str | None) -> date | None:
    return None if iso is None else date.fromisoformat(iso)


def _at(ms: int | None) -> datetime | None:
    return None if ms is None else from_ms(ms)
