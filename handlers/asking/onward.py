"""Reads what can be offered after a rating."""

from __future__ import annotations

from handlers.asking.onward_views import Onward
from handlers.kit.context import Dependencies
from interview import selection
from interview.asking import Asking
from interview.card import Card
from interview.follow_up import next_follow_up
from interview.learning import LEECH
from interview.question import Quality, Question
from interview.rating import Rating
from storage import asked_days, follow_ups, set_aside
from storage.database import Transaction


async def read_onward(
    tx: Transaction, on: Dependencies, asking: Asking, question: Question, card: Card | None, *, aside: bool
) -> Onward:
    """What to offer for this asking; nothing before it is rated."""
    if asking.rating is None:
        return Onward()
    lapses = card.lapses if card is not None and asking.rating is Rating.AGAIN and not aside else 0
    if lapses < LEECH:
        return Onward(await _follow_up(tx, asking, asking.rating, question))
    easier = await find_easier(tx, on, asking, question)
    return Onward(await _follow_up(tx, asking, asking.rating, question), lapses, easier is not None)


async def find_easier(
    tx: Transaction, on: Dependencies, asking: Asking, question: Question
) -> Question | None:
    """An easier question on the same for this learner."""
    aside = await set_aside.of_learner(tx, asking.learner_id)
    seen = await asked_days.last_seen(tx, asking.learner_id)
    return selection.easier(on.bank.live, question, aside, seen)


async def _follow_up(
    tx: Transaction, asking: Asking, rating: Rating, question: Question
) -> tuple[int, Quality] | None:
    if not question.follow_ups:
        return None
    now_asked = {asked.number for asked in await follow_ups.of_asking(tx, asking.id)}
    ever_asked = await follow_ups.numbers_of_question(tx, asking.learner_id, asking.question_id)
    number = next_follow_up(question.follow_ups, rating, now_asked, ever_asked)
    return None if number is None else (number, question.follow_ups[number].quality)
