"""The votes' tables: one vote a person and question, the first; and those that came before their poll was known."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Row

from interview.quiz import Round
from interview.quiz_score import Vote
from storage.database import Transaction
from storage.moments import from_ms, to_ms
from storage.quizzes import SHOWN_NAME

_MILLISECOND = timedelta(milliseconds=1)
EARLY_ONES_LAST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class EarlyVote:
    """A vote in a poll that nobody has told us of yet: it overtook the answer to its sending."""

    poll_id: str
    person_id: int
    name: str
    chosen: int
    voted_at: datetime
    is_belated: bool


@dataclass(frozen=True, slots=True)
class Missed:
    """A wrong vote: what was chosen and what was right, as shown."""

    chosen: str
    right: str
    voted_at: datetime


async def add(tx: Transaction, asked: Round, vote: Vote, voted_at: datetime, poll_id: str) -> bool:
    """Note a vote given in that poll; False where the person has voted on that question before, which stands."""
    return (
        await tx.execute(
            "INSERT INTO quiz_votes (quiz_id, place, person_id, question_id, chosen, voted_at, took, points, is_right,"
            " poll_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (
                asked.quiz_id,
                asked.place,
                vote.person_id,
                asked.question_id,
                vote.chosen,
                to_ms(voted_at),
                vote.took // _MILLISECOND,
                vote.points,
                int(vote.is_right),
                poll_id,
            ),
        )
        > 0
    )


async def of_quiz(tx: Transaction, quiz_id: int) -> list[Vote]:
    """All votes of a quiz, question by question, in the order they came, under the names that their group reads."""
    rows = await tx.all(
        f"SELECT quiz_votes.*, {SHOWN_NAME} AS name FROM quizzes"  # noqa: S608 - from another module
        " JOIN quiz_votes ON quiz_votes.quiz_id = quizzes.id"
        " JOIN quiz_players ON quiz_players.quiz_id = quizzes.id AND quiz_players.person_id = quiz_votes.person_id"
        " LEFT JOIN players ON players.group_id = quizzes.group_id AND players.person_id = quiz_votes.person_id"
        " WHERE quizzes.id = ? ORDER BY place, voted_at, quiz_votes.person_id",
        (quiz_id,),
    )
    return [_vote(row) for row in rows]


async def count_by_place(tx: Transaction, quiz_id: int) -> Mapping[int, int]:
    """How many votes each question of a quiz has; those without any are not in it."""
    rows = await tx.all(
        "SELECT place, count(*) AS n FROM quiz_votes WHERE quiz_id = ? GROUP BY place", (quiz_id,)
    )
    return {row["place"]: row["n"] for row in rows}


async def count_in_poll(tx: Transaction, asked: Round) -> int:
    """How many votes a question has that were given in the poll which is known to be its own."""
    row = await tx.one(
        "SELECT count(*) AS n FROM quiz_votes WHERE quiz_id = ? AND place = ? AND poll_id = ?",
        (asked.quiz_id, asked.place, asked.poll_id),
    )
    return int(row["n"]) if row is not None else 0


async def missed(tx: Transaction, quiz_id: int, person_id: int) -> tuple[str, ...]:
    """The questions that somebody got wrong in a quiz, in the order asked."""
    rows = await tx.all(
        "SELECT question_id FROM quiz_votes WHERE quiz_id = ? AND person_id = ? AND is_right = 0 ORDER BY place",
        (quiz_id, person_id),
    )
    return tuple(dict.fromkeys(row["question_id"] for row in rows))


async def newest_missed(tx: Transaction, person_id: int, question_id: str) -> Missed | None:
    """What somebody chose when they last met a question in a quiz; None where they were right, or never met it."""
    row = await tx.one(
        "SELECT quiz_votes.chosen, quiz_votes.is_right, quiz_votes.voted_at, options, right_options"
        " FROM quiz_votes JOIN quiz_rounds USING (quiz_id, place)"
        " WHERE quiz_votes.person_id = ? AND quiz_votes.question_id = ? ORDER BY quiz_votes.voted_at DESC LIMIT 1",
        (person_id, question_id),
    )
    if row is None or row["is_right"]:
        return None
    options = json.loads(row["options"])
    right = [options[int(place)] for place in row["right_options"].split()]
    chosen = options[row["chosen"]] if row["chosen"] < len(options) else ""
    return Missed(chosen, " · ".join(right), from_ms(row["voted_at"]))


async def has_voted(tx: Transaction, quiz_id: int, person_id: int) -> bool:
    """Whether somebody voted at all in a quiz."""
    row = await tx.one(
        "SELECT 1 FROM quiz_votes WHERE quiz_id = ? AND person_id = ? LIMIT 1", (quiz_id, person_id)
    )
    return row is not None


async def add_early(tx: Transaction, vote: EarlyVote) -> None:
    """Keep a vote until its poll is known; what is a day old by now will never be."""
    await tx.execute("DELETE FROM early_votes WHERE voted_at < ?", (to_ms(vote.voted_at - EARLY_ONES_LAST),))
    await tx.execute(
        "INSERT INTO early_votes (poll_id, person_id, name, chosen, voted_at, is_belated)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (vote.poll_id, vote.person_id, vote.name, vote.chosen, to_ms(vote.voted_at), int(vote.is_belated)),
    )


async def early_of(tx: Transaction, poll_id: str) -> list[EarlyVote]:
    """The votes kept for a poll."""
    rows = await tx.all(
        "SELECT * FROM early_votes WHERE poll_id = ? ORDER BY voted_at, person_id", (poll_id,)
    )
    return [
        EarlyVote(
            row["poll_id"],
            row["person_id"],
            row["name"],
            row["chosen"],
            from_ms(row["voted_at"]),
            bool(row["is_belated"]),
        )
        for row in rows
    ]


async def newest_unclaimed(tx: Transaction, quiz_id: int, chat_id: int, since: datetime) -> datetime | None:
    """When somebody whom the quiz or its chat knows last voted, from then on, in a poll that is not known."""
    row = await tx.one(
        "SELECT max(voted_at) AS at FROM early_votes WHERE voted_at >= ? AND person_id IN"
        " (SELECT person_id FROM quiz_players WHERE quiz_id = ?"
        " UNION SELECT person_id FROM players WHERE group_id = ?)",
        (to_ms(since), quiz_id, chat_id),
    )
    return None if row is None or row["at"] is None else from_ms(row["at"])


async def take_early(tx: Transaction, poll_id: str) -> list[EarlyVote]:
    """The votes kept for a poll, which are kept no longer."""
    taken = await early_of(tx, poll_id)
    await tx.execute("DELETE FROM early_votes WHERE poll_id = ?", (poll_id,))
    return taken


def _vote(row: Row) -> Vote:
    return Vote(
        place=row["place"],
        person_id=row["person_id"],
        name=row["name"],
        chosen=row["chosen"],
        took=row["took"] * _MILLISECOND,
        points=row["points"],
        is_right=bool(row["is_right"]),
    )
