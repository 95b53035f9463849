"""The votes' tables: one vote a person and question, the first; and those that came before their poll was known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Row

from interview.quiz import Round
from interview.quiz_score import Vote
from storage.database import Transaction
from storage.moments import from_ms, to_ms

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


async def add(tx: Transaction, asked: Round, vote: Vote, voted_at: datetime) -> bool:
    """Note a vote; False where the person has voted on that question before, which stands."""
    return (
        await tx.execute(
            "INSERT INTO quiz_votes (quiz_id, place, person_id, question_id, chosen, voted_at, took, points, is_right)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
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
            ),
        )
        > 0
    )


async def of_quiz(tx: Transaction, quiz_id: int) -> list[Vote]:
    """All votes of a quiz, question by question, in the order they came."""
    rows = await tx.all(
        "SELECT quiz_votes.*, name FROM quiz_votes JOIN quiz_players USING (quiz_id, person_id)"
        " WHERE quiz_id = ? ORDER BY place, voted_at, person_id",
        (quiz_id,),
    )
    return [_vote(row) for row in rows]


async def count_by_place(tx: Transaction, quiz_id: int) -> Mapping[int, int]:
    """How many votes each question of a quiz has; those without any are not in it."""
    rows = await tx.all(
        "SELECT place, count(*) AS n FROM quiz_votes WHERE quiz_id = ? GROUP BY place", (quiz_id,)
    )
    return {row["place"]: row["n"] for row in rows}


async def missed(tx: Transaction, quiz_id: int, person_id: int) -> tuple[str, ...]:
    """The questions that somebody got wrong in a quiz, in the order asked."""
    rows = await tx.all(
        "SELECT question_id FROM quiz_votes WHERE quiz_id = ? AND person_id = ? AND is_right = 0 ORDER BY place",
        (quiz_id, person_id),
    )
    return tuple(dict.fromkeys(row["question_id"] for row in rows))


async def add_early(tx: Transaction, vote: EarlyVote) -> None:
    """Keep a vote until its poll is known; what is a day old by now will never be."""
    await tx.execute("DELETE FROM early_votes WHERE voted_at < ?", (to_ms(vote.voted_at - EARLY_ONES_LAST),))
    await tx.execute(
        "INSERT INTO early_votes (poll_id, person_id, name, chosen, voted_at, is_belated)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (vote.poll_id, vote.person_id, vote.name, vote.chosen, to_ms(vote.voted_at), int(vote.is_belated)),
    )


async def take_early(tx: Transaction, poll_id: str) -> list[EarlyVote]:
    """The votes kept for a poll, which are kept no longer."""
    rows = await tx.all(
        "SELECT * FROM early_votes WHERE poll_id = ? ORDER BY voted_at, person_id", (poll_id,)
    )
    await tx.execute("DELETE FROM early_votes WHERE poll_id = ?", (poll_id,))
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
