"""A question that came twice, as the answer to its sending was lost: votes in the first poll count too."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from telegram import Poll

from handlers.kit.context import Dependencies
from handlers.quiz import asking_round, running
from handlers.quiz.counting import record
from interview.quiz import Round
from storage import quiz_rounds, quizzes, votes
from storage.database import Transaction


async def adopt(on: Dependencies, poll: Poll, now: datetime) -> None:
    """A poll that nobody has told us of is closed: find the question that it asks, and count its votes there.

    How fast they were nobody knows, so they took half of the time at least. Where the question has not come a second
    time yet it need not any more.
    """
    async with on.db.transaction() as tx:
        asked = await _asked_by(tx, on, poll)
        if asked is not None and asked.poll_id is not None:
            await _take(tx, asked, poll.id, now)
    if asked is None:
        return
    if asked.poll_id is None:
        async with (
            on.alone(("quiz", asked.quiz_id)),
            on.db.transaction() as tx,
        ):  # it may be coming again just now
            await _take(tx, asked, poll.id, now)
    await running.advance(on, asked.quiz_id)


async def _asked_by(tx: Transaction, on: Dependencies, poll: Poll) -> Round | None:
    """The question of a quiz that is not over which looks like that; of several one whose players have voted here."""
    options = [option.text for option in poll.options]
    voters = {early.person_id for early in await votes.early_of(tx, poll.id)}
    found: list[tuple[int, Round]] = []
    for asked in await quiz_rounds.of_running(tx):
        question = on.bank.find(asked.question_id)
        form = question.quiz if question is not None else None
        quiz = await quizzes.get(tx, asked.quiz_id)
        if form is not None and (poll.question, options) == asking_round.shown(quiz, asked, form):
            players = {entrant.person_id for entrant in await quizzes.entrants(tx, quiz.id)}
            found.append((len(players & voters), asked))
    return max(found, key=lambda one: one[0])[1] if found and voters else None


async def _take(tx: Transaction, asked: Round, poll_id: str, now: datetime) -> None:
    quiz = await quizzes.get(tx, asked.quiz_id)
    known = await quiz_rounds.find(tx, asked.quiz_id, asked.place)
    if quiz.next_at is None or known is None:
        return
    if known.poll_id in (None, poll_id):
        opened_at = known.opened_at or now - known.lasts
        known = replace(known, poll_id=poll_id, opened_at=opened_at, closes_at=now, stopped_at=now)
        await quiz_rounds.put(tx, replace(known, closed_at=now))
    await quizzes.put(tx, replace(quiz, next_at=now))
    for early in await votes.take_early(tx, poll_id):
        if known.stopped_at is None or early.is_belated or early.voted_at <= known.stopped_at:
            await record(tx, quiz, replace(known, closed_at=None), replace(early, is_belated=True))
