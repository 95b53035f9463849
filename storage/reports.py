"""The reports' table: problems with questions, as learners reported them, and what operators answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from interview.complaint import Complaint
from storage.database import Transaction
from storage.moments import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `words` are the learner's own, `answer` is an operator's, as Telegram HTML.

    `closed_at` is when an operator dealt with it, `answered_at` when their answer reached the learner. The
    message ids are those that words and answer came in.
    """

    id: int
    learner_id: int
    question_id: str
    asking_id: int
    kind: Complaint
    words: str | None
    words_message_id: int | None
    reported_at: datetime
    closed_at: datetime | None
    answer: str | None
    answer_message_id: int | None
    answered_at: datetime | None


async def add(
    tx: Transaction, learner_id: int, question_id: str, asking_id: int, kind: Complaint, now: datetime
) -> Report:
    """Report a problem; what was reported about this asking in the same words before is that report still."""
    await tx.execute(
        "INSERT INTO reports (learner_id, question_id, asking_id, kind, reported_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (asking_id, kind) DO NOTHING",
        (learner_id, question_id, asking_id, kind, to_ms(now)),
    )
    row = await tx.one("SELECT * FROM reports WHERE asking_id = ? AND kind = ?", (asking_id, kind))
    assert row is not None, "it was written or was there"
    return _report(row)


async def find(tx: Transaction, report_id: int) -> Report | None:
    """The report, whoever made it."""
    row = await tx.one("SELECT * FROM reports WHERE id = ?", (report_id,))
    return _report(row) if row else None


async def find_of_learner(tx: Transaction, report_id: int, learner_id: int) -> Report | None:
    """The report, if this learner made it."""
    report = await find(tx, report_id)
    return report if report is not None and report.learner_id == learner_id else None


async def next_open(tx: Transaction, after_id: int) -> Report | None:
    """The oldest open report behind that one; behind the last comes the first again."""
    row = await tx.one(
        "SELECT * FROM reports WHERE closed_at IS NULL ORDER BY id <= ?, id LIMIT 1", (after_id,)
    )
    return _report(row) if row else None


async def count_open(tx: Transaction) -> int:
    """How many reports wait for an operator."""
    row = await tx.one("SELECT count(*) AS n FROM reports WHERE closed_at IS NULL")
    return int(row["n"]) if row else 0


async def put_words(tx: Transaction, report_id: int, words: str, message_id: int) -> None:
    """Keep what the learner added; a later message replaces it."""
    await tx.execute(
        "UPDATE reports SET words = ?, words_message_id = ? WHERE id = ?", (words, message_id, report_id)
    )


async def take_words_off(tx: Transaction, report_id: int) -> None:
    """What the learner typed was not meant for the report."""
    await tx.execute("UPDATE reports SET words = NULL, words_message_id = NULL WHERE id = ?", (report_id,))


async def mark_closed(tx: Transaction, report_id: int, now: datetime) -> None:
    """Note that it was dealt with; the first time counts."""
    await tx.execute(
        "UPDATE reports SET closed_at = coalesce(closed_at, ?) WHERE id = ?", (to_ms(now), report_id)
    )


async def put_answer(
    tx: Transaction, report_id: int, operator_id: int, answer: str, message_id: int, now: datetime
) -> None:
    """Keep an operator's answer, which closes the report."""
    await tx.execute(
        "UPDATE reports SET answer = ?, answered_by = ?, answer_message_id = ? WHERE id = ?",
        (answer, operator_id, message_id, report_id),
    )
    await mark_closed(tx, report_id, now)


async def mark_answered(tx: Transaction, report_id: int, now: datetime) -> None:
    """Note that the answer has reached the learner."""
    await tx.execute("UPDATE reports SET answered_at = ? WHERE id = ?", (to_ms(now), report_id))


async def took(tx: Transaction, person_id: int, message_id: int) -> bool:
    """Whether this message of this person's became a report's words or an answer to one."""
    row = await tx.one(
        "SELECT 1 FROM reports WHERE learner_id = :person AND words_message_id = :message"
        " UNION ALL SELECT 1 FROM reports WHERE answered_by = :person AND answer_message_id = :message",
        {"person": person_id, "message": message_id},
    )
    return row is not None


def _report(row: Row) -> Report:
    return Report(
        id=row["id"],
        learner_id=row["learner_id"],
        question_id=row["question_id"],
        asking_id=row["asking_id"],
        kind=Complaint(row["kind"]),
        words=row["words"],
        words_message_id=row["words_message_id"],
        reported_at=from_ms(row["reported_at"]),
        closed_at=None if row["closed_at"] is None else from_ms(row["closed_at"]),
        answer=row["answer"],
        answer_message_id=row["answer_message_id"],
        answered_at=None if row["answered_at"] is None else from_ms(row["answered_at"]),
    )
