"""The askings' table: each question put to each learner, and how far it has come. `asked_days` tells of its days."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from sqlite3 import Row
from typing import Any

from interview.asking import Asking, Purpose
from interview.rating import Rating
from interview.verdict import PointState, PointVerdict
from storage.database import Transaction
from storage.moments import from_ms, to_ms


async def add(
    tx: Transaction,
    learner_id: int,
    question_id: str,
    purpose: Purpose,
    *,
    because: str,
    study_day: date,
    now: datetime,
    slot: int | None = None,
    drill_id: int | None = None,
    place: int | None = None,
    caused_by: int | None = None,
    claimed_until: datetime | None = None,
    late: bool = False,
    note: str = "",
) -> Asking | None:
    """Put a question to a learner; None where this slot of the study day, or place of the drill, is taken.

    The caller sends it. What is `claimed_until` a moment is for the heartbeat to send from then on, should the caller
    have come to nothing, and counts as perhaps there already.
    """
    row = await tx.one(
        "INSERT INTO askings (learner_id, question_id, purpose, because, study_day, slot, drill_id, place, asked_at,"
        " caused_by, send_after, sent_at, late, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING RETURNING *",
        (
            learner_id,
            question_id,
            purpose,
            because,
            study_day.isoformat(),
            slot,
            drill_id,
            place,
            to_ms(now),
            caused_by,
            None if claimed_until is None else to_ms(claimed_until),
            None if claimed_until is None else to_ms(now),
            int(late),
            note,
        ),
    )
    return asking_of(row) if row else None


async def find(tx: Transaction, asking_id: int, learner_id: int) -> Asking | None:
    """The asking, if it exists and is this learner's."""
    return await _one(tx, "id = ? AND learner_id = ?", asking_id, learner_id)


async def get(tx: Transaction, asking_id: int, learner_id: int) -> Asking:
    """The asking, which must exist and be this learner's; LookupError otherwise."""
    asking = await find(tx, asking_id, learner_id)
    if asking is None:
        raise LookupError(f"no asking {asking_id} of learner {learner_id}")
    return asking


async def find_caused_by(tx: Transaction, learner_id: int, update_id: int) -> Asking | None:
    """The asking that this update led to when it first ran."""
    return await _one(tx, "learner_id = ? AND caused_by = ? ORDER BY id DESC LIMIT 1", learner_id, update_id)


async def find_by_message(tx: Transaction, learner_id: int, message_id: int) -> Asking | None:
    """The asking that a message of the bot's shows, as question or as feedback."""
    by_question = await _one(tx, "learner_id = ? AND message_id = ?", learner_id, message_id)
    return by_question or await _one(tx, "learner_id = ? AND feedback_message_id = ?", learner_id, message_id)


async def newest_open(tx: Transaction, learner_id: int, study_day: date, since: datetime) -> Asking | None:
    """The newest asking, put on a study day or since a moment, that was sent and is neither rated nor skipped.

    Where there is none, one that may be there, as its sending was begun and never acknowledged.
    """
    return await _one(
        tx,
        "learner_id = ? AND (study_day = ? OR asked_at >= ?) AND (message_id IS NOT NULL OR sent_at IS NOT NULL)"
        " AND rating IS NULL AND skipped_at IS NULL ORDER BY message_id IS NULL, asked_at DESC, id DESC LIMIT 1",
        learner_id,
        study_day.isoformat(),
        to_ms(since),
    )


async def last_question(tx: Transaction, learner_id: int) -> str | None:
    """The question that was put last."""
    row = await tx.one(
        "SELECT question_id FROM askings WHERE learner_id = ? ORDER BY asked_at DESC, id DESC LIMIT 1",
        (learner_id,),
    )
    return None if row is None else str(row["question_id"])


async def was_put_since(tx: Transaction, asking: Asking, since: datetime) -> bool:
    """Whether another asking of the same question was sent to the learner since then."""
    row = await tx.one(
        "SELECT 1 FROM askings WHERE learner_id = ? AND question_id = ? AND asked_at >= ? AND message_id IS NOT NULL"
        " AND id <> ? LIMIT 1",
        (asking.learner_id, asking.question_id, to_ms(since), asking.id),
    )
    return row is not None


async def last_sent_before(tx: Transaction, learner_id: int, message_id: int) -> Asking | None:
    """The asking whose question stands nearest above a message of the chat."""
    return await _one(
        tx, "learner_id = ? AND message_id < ? ORDER BY message_id DESC LIMIT 1", learner_id, message_id
    )


async def of_drill(tx: Transaction, learner_id: int, drill_id: int) -> list[Asking]:
    """What a drill has asked so far, in order."""
    rows = await tx.all(
        "SELECT * FROM askings WHERE learner_id = ? AND drill_id = ? ORDER BY place", (learner_id, drill_id)
    )
    return [asking_of(row) for row in rows]


async def mark_sent(tx: Transaction, asking_id: int, message_id: int, now: datetime) -> None:
    """Note the message that shows the question; answers are timed from the first one that is known."""
    await tx.execute(
        "UPDATE askings SET sent_at = CASE WHEN message_id IS NULL OR sent_at IS NULL THEN :now ELSE sent_at END,"
        " message_id = :message, send_after = NULL WHERE id = :id",
        {"now": to_ms(now), "message": message_id, "id": asking_id},
    )


async def mark_unsendable(tx: Transaction, asking_id: int) -> None:
    """Note that the learner cannot be reached: the heartbeat leaves the asking alone."""
    await _set(tx, asking_id, send_after=None)


async def mark_shown(tx: Transaction, asking_id: int, now: datetime) -> None:
    """Note that the points and the reference were shown; the first time counts."""
    await tx.execute(
        "UPDATE askings SET shown_at = coalesce(shown_at, ?), skipped_at = NULL WHERE id = ?",
        (to_ms(now), asking_id),
    )


async def mark_feedback(tx: Transaction, asking_id: int, message_id: int) -> None:
    """Note the message that shows the points."""
    await _set(tx, asking_id, feedback_message_id=message_id)


async def mark_pictured(tx: Transaction, asking_id: int, message_id: int) -> None:
    """Note the message with the formulas of the reference."""
    await _set(tx, asking_id, picture_message_id=message_id)


async def mark_unanswered(tx: Transaction, asking_id: int) -> None:
    """Back to merely asked: what was taken for an answer was none."""
    await _set(
        tx,
        asking_id,
        shown_at=None,
        feedback_message_id=None,
        picture_message_id=None,
        judged=None,
        judged_rating=None,
        ticked=None,
    )


async def mark_skipped(tx: Transaction, asking_id: int, now: datetime) -> None:
    """Note that the learner does not want this one now."""
    await _set(tx, asking_id, skipped_at=to_ms(now))


async def mark_unskipped(tx: Transaction, asking_id: int) -> None:
    """The learner wants it after all."""
    await _set(tx, asking_id, skipped_at=None)


async def replace_question(tx: Transaction, asking_id: int, question_id: str, because: str) -> None:
    """Ask something else instead: the question has left the bank."""
    await _set(tx, asking_id, question_id=question_id, because=because, sent_at=None)


async def put_note(tx: Transaction, asking_id: int, note: str) -> None:
    """Change the announcement that stands above the question."""
    await _set(tx, asking_id, note=note)


async def put_hints(tx: Transaction, asking_id: int, hints: int) -> None:
    """Note how many hints were shown."""
    await _set(tx, asking_id, hints=hints)


async def put_judged(
    tx: Transaction, asking_id: int, verdicts: Sequence[PointVerdict], rating: Rating | None
) -> None:
    """Note what the judge made of the answer."""
    judged = json.dumps([[verdict.state, verdict.quote] for verdict in verdicts], ensure_ascii=False)
    await _set(tx, asking_id, judged=judged, judged_rating=None if rating is None else int(rating))


async def put_unjudged(tx: Transaction, asking_id: int) -> None:
    """There is nothing (any more) that a judge could read."""
    await _set(tx, asking_id, judged=None, judged_rating=None)


async def put_ticks(tx: Transaction, asking_id: int, ticked: frozenset[int]) -> None:
    """Note which key points, counted from 0, the learner ticked."""
    await _set(tx, asking_id, ticked=sum(1 << number for number in ticked))


async def mark_rated(
    tx: Transaction, asking_id: int, rating: Rating, *, now: datetime, study_day: date
) -> None:
    """Rate the asking."""
    await _set(tx, asking_id, rating=int(rating), rated_at=to_ms(now), rated_on=study_day.isoformat())


async def mark_unrated(tx: Transaction, asking_id: int) -> None:
    """Take the rating back."""
    await _set(tx, asking_id, rating=None, rated_at=None, rated_on=None)


async def _set(tx: Transaction, asking_id: int, **values: int | str | None) -> None:
    columns = ", ".join(f"{name} = ?" for name in values)  # names come from this module alone
    await tx.execute(f"UPDATE askings SET {columns} WHERE id = ?", (*values.values(), asking_id))  # noqa: S608


async def _one(tx: Transaction, where: str, *values: Any) -> Asking | None:
    row = await tx.one(f"SELECT * FROM askings WHERE {where}", values)  # noqa: S608 - conditions come from this module
    return asking_of(row) if row else None


def asking_of(row: Row) -> Asking:
    """The asking that a whole row of this table holds."""
    return Asking(
        id=row["id"],
        learner_id=row["learner_id"],
        question_id=row["question_id"],
        purpose=Purpose(row["purpose"]),
        because=row["because"],
        study_day=date.fromisoformat(row["study_day"]),
        slot=row["slot"],
        drill_id=row["drill_id"],
        place=row["place"],
        asked_at=from_ms(row["asked_at"]),
        late=bool(row["late"]),
        note=row["note"],
        message_id=row["message_id"],
        feedback_message_id=row["feedback_message_id"],
        picture_message_id=row["picture_message_id"],
        shown_at=None if row["shown_at"] is None else from_ms(row["shown_at"]),
        hints=row["hints"],
        judged=None if row["judged"] is None else _verdicts(row["judged"]),
        judged_rating=None if row["judged_rating"] is None else Rating(row["judged_rating"]),
        ticked=None if row["ticked"] is None else _bits(row["ticked"]),
        rating=None if row["rating"] is None else Rating(row["rating"]),
        rated_at=None if row["rated_at"] is None else from_ms(row["rated_at"]),
        rated_on=None if row["rated_on"] is None else date.fromisoformat(row["rated_on"]),
        skipped_at=None if row["skipped_at"] is None else from_ms(row["skipped_at"]),
        sent_at=None if row["sent_at"] is None else from_ms(row["sent_at"]),
        snoozed_until=None if row["snoozed_until"] is None else from_ms(row["snoozed_until"]),
    )


def _verdicts(judged: str) -> tuple[PointVerdict, ...]:
    return tuple(PointVerdict(PointState(state), quote) for state, quote in json.loads(judged))


def _bits(ticked: int) -> frozenset[int]:
    return frozenset(number for number in range(ticked.bit_length()) if ticked >> number & 1)
