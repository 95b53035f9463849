"""What boards, figures and reports are read from: votes of quizzes that are over."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from interview.board import Score
from interview.quiz_figures import Chosen, Record
from storage.database import Transaction
from storage.moments import from_ms, to_ms

_EVER = -(2**62)


@dataclass(frozen=True, slots=True)
class Session:
    """A quiz that is over, as it is listed."""

    quiz_id: int
    title: str
    topic: str | None
    facet: str | None
    questions: int
    ended_at: datetime


async def scores(tx: Transaction, group_id: int, since: datetime | None) -> list[Score]:
    """What everybody gathered in quizzes that ended since then, hidden or not; forgotten people are `someone`."""
    return [
        Score(row["person_id"], row["name"], row["points"], row["votes"], row["right"], bool(row["hidden"]))
        for row in await _sums(tx, group_id, since, None)
    ]


async def records(
    tx: Transaction, group_id: int, since: datetime | None, until: datetime | None
) -> list[Record]:
    """How everybody voted in quizzes that ended from then until, but not at, then."""
    return [
        Record(row["person_id"], row["name"], row["votes"], row["right"], bool(row["hidden"]))
        for row in await _sums(tx, group_id, since, until)
    ]


async def chosen(
    tx: Transaction, group_id: int, since: datetime | None, until: datetime | None = None
) -> list[Chosen]:
    """Which option of which question was chosen how often in quizzes that ended in that time."""
    # votes are counted before anything is joined to them: a large group has hundreds of thousands
    rows = await tx.all(
        "SELECT quiz_rounds.question_id, quiz_rounds.options, counted.chosen, counted.is_right, counted.votes"
        " FROM (SELECT quiz_votes.quiz_id, quiz_votes.place, chosen, is_right, count(*) AS votes"
        " FROM quizzes JOIN quiz_votes ON quiz_votes.quiz_id = quizzes.id WHERE quizzes.group_id = ?"
        " AND quizzes.stage = 'over' AND quizzes.ended_at >= ? AND quizzes.ended_at < ?"
        " GROUP BY quiz_votes.quiz_id, quiz_votes.place, chosen, is_right) AS counted"
        " JOIN quiz_rounds ON quiz_rounds.quiz_id = counted.quiz_id AND quiz_rounds.place = counted.place"
        " ORDER BY counted.quiz_id, counted.place, counted.chosen",
        (group_id, *_between(since, until)),
    )
    return [
        Chosen(
            row["question_id"],
            _option(json.loads(row["options"]), row["chosen"]),
            bool(row["is_right"]),
            row["votes"],
        )
        for row in rows
    ]


async def played_at(tx: Transaction, group_id: int, since: datetime | None, quorum: int) -> list[datetime]:
    """When quizzes began in which so many people voted, the newest first."""
    rows = await tx.all(
        "SELECT quizzes.started_at FROM quizzes WHERE quizzes.started_at IS NOT NULL"
        " AND quizzes.group_id = ? AND quizzes.stage = 'over' AND quizzes.ended_at >= ? AND quizzes.ended_at < ? AND"
        " (SELECT count(*) FROM"
        " (SELECT DISTINCT person_id FROM quiz_votes WHERE quiz_id = quizzes.id LIMIT ?)) = ?"
        " ORDER BY quizzes.started_at DESC",
        (group_id, *_between(since, None), quorum, quorum),
    )
    return [from_ms(row["started_at"]) for row in rows]


async def sessions_of(tx: Transaction, person_id: int, limit: int) -> list[Session]:
    """The newest quizzes that somebody started and that are over, the newest first."""
    rows = await tx.all(
        "SELECT quizzes.id, groups.title, quizzes.topic, quizzes.facet, quizzes.ended_at,"
        " (SELECT count(*) FROM quiz_rounds WHERE quiz_id = quizzes.id) AS questions"
        " FROM quizzes LEFT JOIN groups ON groups.id = quizzes.group_id"
        " WHERE quizzes.starter_id = ? AND quizzes.stage = 'over'"
        " AND EXISTS (SELECT 1 FROM quiz_votes WHERE quiz_id = quizzes.id)"
        " ORDER BY quizzes.ended_at DESC, quizzes.id DESC LIMIT ?",
        (person_id, limit),
    )
    return [
        Session(
            row["id"],
            row["title"] or "",
            row["topic"],
            row["facet"],
            row["questions"],
            from_ms(row["ended_at"]),
        )
        for row in rows
    ]


async def newest_in(tx: Transaction, group_id: int, starter_id: int | None) -> int | None:
    """The newest quiz of a group that is over and was played: of that starter, or of anybody."""
    row = await tx.one(
        "SELECT id FROM quizzes WHERE group_id = ? AND stage = 'over' AND (? IS NULL OR starter_id = ?)"
        " AND EXISTS (SELECT 1 FROM quiz_votes WHERE quiz_id = quizzes.id)"
        " ORDER BY ended_at DESC, id DESC LIMIT 1",
        (group_id, starter_id, starter_id),
    )
    return row["id"] if row else None


async def _sums(tx: Transaction, group_id: int, since: datetime | None, until: datetime | None) -> list[Row]:
    return await tx.all(
        "SELECT summed.*, coalesce(players.hidden, 0) AS hidden, coalesce(players.alias, players.name,"
        " (SELECT name FROM quiz_players WHERE quiz_players.person_id = summed.person_id"
        " AND quiz_players.quiz_id = summed.quiz_id), 'someone') AS name"
        " FROM (SELECT quizzes.group_id, quiz_votes.person_id, max(quizzes.id) AS quiz_id, sum(points) AS points,"
        " count(*) AS votes, sum(is_right) AS right"
        " FROM quizzes JOIN quiz_votes ON quiz_votes.quiz_id = quizzes.id WHERE quizzes.group_id = ?"
        " AND quizzes.stage = 'over' AND quizzes.ended_at >= ? AND quizzes.ended_at < ?"
        " GROUP BY quiz_votes.person_id) AS summed"
        " LEFT JOIN players ON players.group_id = summed.group_id AND players.person_id = summed.person_id"
        " ORDER BY summed.person_id",
        (group_id, *_between(since, until)),
    )


def _between(since: datetime | None, until: datetime | None) -> tuple[int, int]:
    return (_EVER if since is None else to_ms(since), -_EVER if until is None else to_ms(until))


def _option(options: list[str], place: int) -> str:
    return options[place] if 0 <= place < len(options) else ""
