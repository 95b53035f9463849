"""What is due besides the dailies: which questions these are, and how many to offer once the dailies are done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from handlers.kit.context import Dependencies
from interview import selection
from interview.asking import Asking, Purpose, Step
from interview.card import Card
from interview.learner import Learner
from interview.learning import Learning
from storage import asked_days, askings, cards, set_aside
from storage.database import Transaction

REVIEW = "review"
"""What an asking says of itself that is put because it is due."""

AFTER_DAILY = 3
"""So many are offered a day, one after the other; /review has the rest."""

_DONE = (Step.RATED, Step.SKIPPED)


async def read_due(tx: Transaction, on: Dependencies, learner: Learner, today: date) -> tuple[str, ...]:
    """The questions due by today and not seen today, lowest predicted recall first."""
    return await order_due(tx, on, learner, today, await cards.due(tx, learner.id, today))


async def order_due(
    tx: Transaction, on: Dependencies, learner: Learner, today: date, due: Mapping[str, Card]
) -> tuple[str, ...]:
    """The same where the cards that are due have been read."""
    if not due:
        return ()
    learning = Learning(
        cards=due,
        last_seen=dict.fromkeys(await asked_days.put_since(tx, learner.id, today), today),
        set_aside=await set_aside.of_learner(tx, learner.id),
        last_topic=await read_last_topic(tx, on, learner),
    )
    found = (on.bank.find(question_id) for question_id in due)
    questions = (question for question in found if question is not None)
    return tuple(
        each for each in selection.due(questions, learning, today) if not learning.seen_today(each, today)
    )


async def read_last_topic(tx: Transaction, on: Dependencies, learner: Learner) -> str | None:
    """The topic of the question that was put last."""
    last = await askings.last_question(tx, learner.id)
    question = on.bank.find(last) if last is not None else None
    return question.topic if question is not None else None


async def count_offered(
    tx: Transaction, on: Dependencies, learner: Learner, asking: Asking, today: date
) -> int:
    """How many are due, where one is to be offered below this asking: else 0."""
    if asking.study_day != today or not _opens_reviews(asking) or asking.step not in _DONE:
        return 0
    of_today = await asked_days.of_day(tx, learner.id, today)
    dailies = sum(each.slot is not None and each.step in _DONE for each in of_today)
    reviews = sum(_is_review(each) for each in of_today)
    if dailies < learner.daily_count or reviews >= AFTER_DAILY:
        return 0
    return len(await read_due(tx, on, learner, today))


def _opens_reviews(asking: Asking) -> bool:
    return asking.slot is not None or _is_review(asking)


def _is_review(asking: Asking) -> bool:
    return asking.purpose is Purpose.PRACTICE and asking.because == REVIEW
