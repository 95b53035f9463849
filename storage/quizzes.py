"""The quizzes' table, and who plays in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from sqlite3 import Row

from interview.quiz import Ended, Quiz, Stage
from storage.database import Transaction
from storage.moments import from_ms, to_ms

SHOWN_NAME = "CASE WHEN players.hidden THEN 'someone' ELSE coalesce(players.alias, quiz_players.name) END"
"""What a group reads for one of its players: their alias, else their name; `someone` for who does not want to be seen.
"""

_ENTRANTS = (
    f"SELECT quiz_players.*, {SHOWN_NAME} AS shown FROM quizzes"  # noqa: S608 - from above
    " JOIN quiz_players ON quiz_players.quiz_id = quizzes.id"
    " LEFT JOIN players ON players.group_id = quizzes.group_id AND players.person_id = quiz_players.person_id"
    " WHERE quizzes.id = ?"
)


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody who plays in one quiz, under the name that the group reads; `taken_at` is when what they missed joined
    their cards."""

    quiz_id: int
    person_id: int
    name: str
    joined_at: datetime
    taken_at: datetime | None = None


async def find(tx: Transaction, quiz_id: int) -> Quiz | None:
    """The quiz, if there is one of that id."""
    return await _one(tx, "id = ?", quiz_id)


async def get(tx: Transaction, quiz_id: int) -> Quiz:
    """The quiz, which must exist; LookupError otherwise."""
    quiz = await find(tx, quiz_id)
    if quiz is None:
        raise LookupError(f"no quiz {quiz_id}")
    return quiz


async def find_caused_by(tx: Transaction, chat_id: int, update_id: int) -> Quiz | None:
    """The quiz that this update began when it first ran."""
    return await _one(tx, "chat_id = ? AND caused_by = ? ORDER BY id DESC LIMIT 1", chat_id, update_id)


async def running_in(tx: Transaction, chat_id: int, thread_id: int) -> Quiz | None:
    """The quiz of that thread that is not over."""
    return await _one(tx, "chat_id = ? AND thread_id = ? AND stage <> 'over'", chat_id, thread_id)


async def unfinished_in(tx: Transaction, chat_id: int) -> list[Quiz]:
    """The quizzes of all threads of a chat that are not over."""
    rows = await tx.all("SELECT * FROM quizzes WHERE chat_id = ? AND stage <> 'over' ORDER BY id", (chat_id,))
    return [_quiz(row) for row in rows]


async def newest_in(tx: Transaction, chat_id: int) -> Quiz | None:
    """The quiz that began last there."""
    return await _one(tx, "chat_id = ? ORDER BY id DESC LIMIT 1", chat_id)


async def due(tx: Transaction, now: datetime, limit: int) -> list[int]:
    """Ids of quizzes in which time has something to do, the longest due first."""
    rows = await tx.all(
        "SELECT id FROM quizzes WHERE next_at <= ? ORDER BY next_at LIMIT ?", (to_ms(now), limit)
    )
    return [row["id"] for row in rows]


async def next_at(tx: Transaction) -> datetime | None:
    """When time has something to do in any quiz."""
    row = await tx.one("SELECT min(next_at) AS at FROM quizzes WHERE next_at IS NOT NULL")
    return from_ms(row["at"]) if row and row["at"] is not None else None


async def add(
    tx: Transaction,
    *,
    group_id: int | None,
    chat_id: int,
    thread_id: int,
    starter_id: int,
    topic: str | None,
    facet: str | None,
    size: int,
    seconds: int,
    now: datetime,
    caused_by: int | None = None,
    daily_on: date | None = None,
    fill_up: bool = False,
) -> Quiz | None:
    """Begin a quiz with its start card; None where one runs in that thread, or the date had its daily one."""
    row = await tx.one(
        "INSERT INTO quizzes (group_id, chat_id, thread_id, starter_id, topic, facet, size, seconds, next_at,"
        " created_at, caused_by, daily_on, fill_up) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING RETURNING id",
        (
            group_id,
            chat_id,
            thread_id,
            starter_id,
            topic,
            facet,
            size,
            seconds,
            to_ms(now),
            to_ms(now),
            caused_by,
            None if daily_on is None else daily_on.isoformat(),
            int(fill_up),
        ),
    )
    return None if row is None else await get(tx, row["id"])


async def put(tx: Transaction, quiz: Quiz) -> None:
    """Write how far the quiz has come."""
    await tx.execute(
        "UPDATE quizzes SET topic = ?, facet = ?, size = ?, question_ids = ?, seconds = ?, stage = ?,"
        " ended_because = ?, card_message_id = ?, card_drawn_at = ?, card_stale = ?, starts_at = ?,"
        " results_message_id = ?, place = ?, next_at = ?, started_at = ?, ended_at = ?, topics_open = ?, fill_up = ?"
        " WHERE id = ?",
        (
            quiz.topic,
            quiz.facet,
            quiz.size,
            " ".join(quiz.question_ids),
            quiz.seconds,
            quiz.stage,
            quiz.ended_because,
            quiz.card_message_id,
            _ms(quiz.card_drawn_at),
            int(quiz.card_stale),
            _ms(quiz.starts_at),
            quiz.results_message_id,
            quiz.place,
            _ms(quiz.next_at),
            _ms(quiz.started_at),
            _ms(quiz.ended_at),
            int(quiz.topics_open),
            int(quiz.fill_up),
            quiz.id,
        ),
    )


async def join(tx: Transaction, quiz_id: int, person_id: int, name: str, now: datetime) -> bool:
    """Note that somebody plays; False where they did already."""
    return (
        await tx.execute(
            "INSERT INTO quiz_players (quiz_id, person_id, name, joined_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (quiz_id, person_id, name, to_ms(now)),
        )
        > 0
    )


async def entrants(tx: Transaction, quiz_id: int) -> list[Entrant]:
    """Who plays, in the order they came."""
    rows = await tx.all(f"{_ENTRANTS} ORDER BY joined_at, quiz_players.person_id", (quiz_id,))
    return [_entrant(row) for row in rows]


async def count_entrants(tx: Transaction, quiz_id: int) -> int:
    """How many play."""
    row = await tx.one("SELECT count(*) AS n FROM quiz_players WHERE quiz_id = ?", (quiz_id,))
    return int(row["n"]) if row else 0


async def find_entrant(tx: Transaction, quiz_id: int, person_id: int) -> Entrant | None:
    """The person, if they play in it."""
    row = await tx.one(f"{_ENTRANTS} AND quiz_players.person_id = ?", (quiz_id, person_id))
    return _entrant(row) if row else None


async def mark_taken(tx: Transaction, quiz_id: int, person_id: int, now: datetime) -> None:
    """What the person missed has joined their cards."""
    await tx.execute(
        "UPDATE quiz_players SET taken_at = ? WHERE quiz_id = ? AND person_id = ?",
        (to_ms(now), quiz_id, person_id),
    )


async def asked_at(tx: Transaction, chat_id: int) -> Mapping[str, datetime]:
    """When each question was last asked in a chat, by question id."""
    rows = await tx.all(
        "SELECT question_id, max(coalesce(opened_at, created_at)) AS at FROM quiz_rounds"
        " JOIN quizzes ON quizzes.id = quiz_rounds.quiz_id WHERE chat_id = ? GROUP BY question_id",
        (chat_id,),
    )
    return {row["question_id"]: from_ms(row["at"]) for row in rows}


async def _one(tx: Transaction, where: str, *parameters: object) -> Quiz | None:
    row = await tx.one(f"SELECT * FROM quizzes WHERE {where}", parameters)  # noqa: S608 - from above
    return _quiz(row) if row else None


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else to_ms(moment)


def _at(ms: int | None) -> datetime | None:
    return None if ms is None else from_ms(ms)


def _entrant(row: Row) -> Entrant:
    return Entrant(
        row["quiz_id"], row["person_id"], row["shown"], from_ms(row["joined_at"]), _at(row["taken_at"])
    )


def _quiz(row: Row) -> Quiz:
    return Quiz(
        id=row["id"],
        group_id=row["group_id"],
        chat_id=row["chat_id"],
        thread_id=row["thread_id"],
        starter_id=row["starter_id"],
        topic=row["topic"],
        facet=row["facet"],
        size=row["size"],
        question_ids=tuple(row["question_ids"].split()),
        seconds=row["seconds"],
        daily_on=None if row["daily_on"] is None else date.fromisoformat(row["daily_on"]),
        stage=Stage(row["stage"]),
        ended_because=Ended(row["ended_because"]) if row["ended_because"] else None,
        card_message_id=row["card_message_id"],
        card_drawn_at=_at(row["card_drawn_at"]),
        card_stale=bool(row["card_stale"]),
        starts_at=_at(row["starts_at"]),
        results_message_id=row["results_message_id"],
        place=row["place"],
        next_at=_at(row["next_at"]),
        created_at=from_ms(row["created_at"]),
        started_at=_at(row["started_at"]),
        ended_at=_at(row["ended_at"]),
        caused_by=row["caused_by"],
        topics_open=bool(row["topics_open"]),
        fill_up=bool(row["fill_up"]),
    )
