"""What somebody missed in a quiz joins their cards: once, and as missed, so that it comes back the next day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handlers.kit.context import Dependencies
from interview import spacing
from interview.asking import Purpose
from interview.quiz import Quiz
from interview.rating import Rating
from storage import askings, cards, learners, quizzes, reviews, set_aside, votes
from storage.database import Transaction
from storage.reviews import Review

BECAUSE = "missed in a quiz"
NO_SUCH_QUIZ = "There is no such quiz here. /quiz plays one alone."
NOT_IN_IT = "You did not play in that quiz, so there is nothing to review. /quiz plays one alone."
NO_VOTE = "You joined that quiz but did not vote, so there is nothing to review. /quiz plays one alone."
ALL_RIGHT = "You missed nothing in that quiz. /quiz plays one alone."
NOT_ASKED_ANY_MORE = "What you missed in that quiz is not asked any more, or you set it aside."


async def missed_in(tx: Transaction, on: Dependencies, quiz_id: int, person_id: int) -> Sequence[str]:
    """The questions somebody got wrong that are still asked; without those they never want to see again."""
    aside = await set_aside.of_learner(tx, person_id)
    found = await votes.missed(tx, quiz_id, person_id)
    return [each for each in found if (one := on.bank.find(each)) and not one.retired and each not in aside]


async def why_nothing(tx: Transaction, on: Dependencies, quiz_id: int, person_id: int) -> str | None:
    """Why there is nothing of a quiz for somebody to review; None where there is something."""
    if await quizzes.find(tx, quiz_id) is None:
        return NO_SUCH_QUIZ
    if await quizzes.find_entrant(tx, quiz_id, person_id) is None:
        return NOT_IN_IT
    if not await votes.has_voted(tx, quiz_id, person_id):
        return NO_VOTE
    if not await votes.missed(tx, quiz_id, person_id):
        return ALL_RIGHT
    return None if await missed_in(tx, on, quiz_id, person_id) else NOT_ASKED_ANY_MORE


async def take(tx: Transaction, on: Dependencies, quiz: Quiz, person_id: int, now: datetime) -> int:
    """Make cards of what the learner missed; how many there are. A second time changes nothing."""
    entrant = await quizzes.find_entrant(tx, quiz.id, person_id)
    learner = await learners.find(tx, person_id)
    wanted = await missed_in(tx, on, quiz.id, person_id)
    if entrant is None or learner is None or entrant.taken_at is not None:
        return len(wanted) if entrant is not None and learner is not None else 0
    today = learner.today(now)
    for question_id in wanted:
        asking = await askings.add(
            tx, learner.id, question_id, Purpose.PRACTICE, because=BECAUSE, study_day=today, now=now
        )
        assert asking is not None, "nothing is in its way"
        before = await cards.find(tx, learner.id, question_id)
        card = spacing.review(
            before,
            Rating.AGAIN,
            today,
            key=f"{learner.id}:{question_id}",
            retention=learner.retention,
            interview_on=learner.interview_on,
        )
        await cards.put(tx, learner.id, question_id, card)
        await askings.mark_rated(tx, asking.id, Rating.AGAIN, now=now, study_day=today)
        await reviews.add(
            tx,
            Review(
                learner_id=learner.id,
                question_id=question_id,
                asking_id=asking.id,
                rating=Rating.AGAIN,
                study_day=today,
                reviewed_at=now,
                card_before=before,
            ),
        )
    await quizzes.mark_taken(tx, quiz.id, person_id, now)
    return len(wanted)
