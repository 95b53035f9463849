"""Votes: written down and counted as they come, before anything is said."""

from __future__ import annotations

from interview import quiz_score
from interview.quiz import Quiz, Round
from interview.quiz_score import Vote
from storage import players, quizzes, votes
from storage.database import Transaction
from storage.votes import EarlyVote


async def record(tx: Transaction, quiz: Quiz, asked: Round, given: EarlyVote) -> bool:
    """Count a vote; whoever votes plays. False where it comes too late, is not the person's first, or is for
    an option that there is not."""
    if asked.closed_at is not None or asked.opened_at is None:
        return False
    if not 0 <= given.chosen < len(asked.options):
        return False
    took = quiz_score.took(asked.opened_at, given.voted_at, asked.lasts, belated=given.is_belated)
    is_right = given.chosen in asked.right
    vote = Vote(
        place=asked.place,
        person_id=given.person_id,
        name=given.name,
        chosen=given.chosen,
        took=took,
        points=quiz_score.points(is_right, took, asked.lasts),
        is_right=is_right,
    )
    await quizzes.join(tx, quiz.id, given.person_id, given.name, given.voted_at)
    if quiz.group_id is not None:
        await players.meet(tx, quiz.group_id, given.person_id, given.name)
    return await votes.add(tx, asked, vote, given.voted_at, given.poll_id)
