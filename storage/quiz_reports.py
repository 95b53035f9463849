"""A quiz that is over, read whole for its report."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, datetime

from interview.quiz_report import Played, Put, Voted
from storage.database import Transaction
from storage.moments import from_ms


async def find(tx: Transaction, quiz_id: int) -> Played | None:
    """The quiz with its questions and votes; None where there is none, or it is not over."""
    quiz = await tx.one(
        "SELECT quizzes.*, groups.title FROM quizzes LEFT JOIN groups ON groups.id = quizzes.group_id"
        " WHERE quizzes.id = ? AND quizzes.stage = 'over'",
        (quiz_id,),
    )
    if quiz is None:
        return None
    return Played(
        quiz_id=quiz["id"],
        chat_id=quiz["chat_id"],
        starter_id=quiz["starter_id"],
        group=quiz["title"] or "",
        topic=quiz["topic"],
        facet=quiz["facet"],
        daily_on=None if quiz["daily_on"] is None else date.fromisoformat(quiz["daily_on"]),
        started_at=_at(quiz["started_at"]),
        ended_at=from_ms(quiz["ended_at"]),
        ended_because=quiz["ended_because"] or "played",
        rounds=await _rounds(tx, quiz_id),
    )


async def _rounds(tx: Transaction, quiz_id: int) -> tuple[Put, ...]:
    votes = await _votes(tx, quiz_id)
    rows = await tx.all("SELECT * FROM quiz_rounds WHERE quiz_id = ? ORDER BY place", (quiz_id,))
    return tuple(
        Put(
            question_id=row["question_id"],
            options=tuple(json.loads(row["options"])),
            right=tuple(map(int, row["right_options"].split())),
            seconds=row["seconds"],
            opened_at=_at(row["opened_at"]),
            closed_at=_at(row["closed_at"]),
            skipped=bool(row["skipped"]),
            votes=tuple(votes[row["place"]]),
        )
        for row in rows
    )


async def _votes(tx: Transaction, quiz_id: int) -> dict[int, list[Voted]]:
    rows = await tx.all(
        "SELECT quiz_votes.*, CASE WHEN players.hidden THEN 'someone'"
        " ELSE coalesce(players.alias, players.name, quiz_players.name, 'someone') END AS name"
        " FROM quiz_votes JOIN quizzes ON quizzes.id = quiz_votes.quiz_id"
        " LEFT JOIN players ON players.group_id = quizzes.group_id AND players.person_id = quiz_votes.person_id"
        " LEFT JOIN quiz_players ON quiz_players.quiz_id = quiz_votes.quiz_id"
        " AND quiz_players.person_id = quiz_votes.person_id"
        " WHERE quiz_votes.quiz_id = ? ORDER BY quiz_votes.place, quiz_votes.voted_at, quiz_votes.person_id",
        (quiz_id,),
    )
    votes: dict[int, list[Voted]] = defaultdict(list)
    for row in rows:
        votes[row["place"]].append(
            Voted(
                row["person_id"],
                row["name"],
                row["chosen"],
                row["took"],
                row["points"],
                bool(row["is_right"]),
            )
        )
    return votes


def _at(ms: int | None) -> datetime | None:
    return None if ms is None else from_ms(ms)
