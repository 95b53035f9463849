"""The rounds' table: each question of a quiz as it was put, and who wants it skipped."""

from __future__ import annotations

import json
from datetime import datetime
from sqlite3 import Row

from interview.quiz import Round
from storage.database import Transaction
from storage.moments import from_ms, to_ms


async def find(tx: Transaction, quiz_id: int, place: int) -> Round | None:
    """The round, if the quiz has come so far."""
    row = await tx.one("SELECT * FROM quiz_rounds WHERE quiz_id = ? AND place = ?", (quiz_id, place))
    return _round(row) if row else None


async def find_by_poll(tx: Transaction, poll_id: str) -> Round | None:
    """The round that this poll asks."""
    row = await tx.one("SELECT * FROM quiz_rounds WHERE poll_id = ?", (poll_id,))
    return _round(row) if row else None


async def of_running(tx: Transaction) -> list[Round]:
    """The rounds so far of all quizzes that are not over, the newest first."""
    rows = await tx.all(
        "SELECT quiz_rounds.* FROM quizzes JOIN quiz_rounds ON quiz_rounds.quiz_id = quizzes.id"
        " WHERE quizzes.next_at IS NOT NULL ORDER BY quizzes.id DESC, place DESC"
    )
    return [_round(row) for row in rows]


async def of_quiz(tx: Transaction, quiz_id: int) -> list[Round]:
    """All rounds so far, in their order."""
    rows = await tx.all("SELECT * FROM quiz_rounds WHERE quiz_id = ? ORDER BY place", (quiz_id,))
    return [_round(row) for row in rows]


async def put(tx: Transaction, asked: Round) -> None:
    """Write the round as given, new or not."""
    values = {
        "quiz_id": asked.quiz_id,
        "place": asked.place,
        "question_id": asked.question_id,
        "options": json.dumps(asked.options, ensure_ascii=False),
        "option_order": " ".join(map(str, asked.order)),
        "right_options": " ".join(map(str, asked.right)),
        "seconds": asked.seconds,
        "before_message_id": asked.before_message_id,
        "poll_id": asked.poll_id,
        "poll_message_id": asked.poll_message_id,
        "opened_at": _ms(asked.opened_at),
        "closes_at": _ms(asked.closes_at),
        "stopped_at": _ms(asked.stopped_at),
        "closed_at": _ms(asked.closed_at),
        "skipped": int(asked.skipped),
        "told_message_id": asked.told_message_id,
        "told_at": _ms(asked.told_at),
    }
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    changed = ", ".join(f"{name} = excluded.{name}" for name in values)
    await tx.execute(
        f"INSERT INTO quiz_rounds ({names}) VALUES ({marks}) ON CONFLICT DO UPDATE SET {changed}",  # noqa: S608 - names from above
        tuple(values.values()),
    )


async def want_skipped(tx: Transaction, quiz_id: int, place: int, person_id: int) -> int:
    """Note that somebody wants the question skipped; how many do by now."""
    await tx.execute(
        "INSERT INTO quiz_skips (quiz_id, place, person_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (quiz_id, place, person_id),
    )
    row = await tx.one(
        "SELECT count(*) AS n FROM quiz_skips WHERE quiz_id = ? AND place = ?", (quiz_id, place)
    )
    return int(row["n"]) if row else 0


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else to_ms(moment)


def _at(ms: int | None) -> datetime | None:
    return None if ms is None else from_ms(ms)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split()))


def _round(row: Row) -> Round:
    return Round(
        quiz_id=row["quiz_id"],
        place=row["place"],
        question_id=row["question_id"],
        options=tuple(json.loads(row["options"])),
        order=_numbers(row["option_order"]),
        right=_numbers(row["right_options"]),
        seconds=row["seconds"],
        before_message_id=row["before_message_id"],
        poll_id=row["poll_id"],
        poll_message_id=row["poll_message_id"],
        opened_at=_at(row["opened_at"]),
        closes_at=_at(row["closes_at"]),
        stopped_at=_at(row["stopped_at"]),
        closed_at=_at(row["closed_at"]),
        skipped=bool(row["skipped"]),
        told_message_id=row["told_message_id"],
        told_at=_at(row["told_at"]),
    )
