"""Which question a learner is asked next: what has to be read for that, and no more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from handlers.asking import views
from handlers.asking.after_daily import order_due, read_last_topic
from handlers.asking.recall import read_topics
from handlers.kit.context import Dependencies
from interview import roles, selection
from interview.learner import Learner
from interview.learning import Learning
from interview.selection import Because, Choice, Reason
from storage import asked_days, cards, set_aside
from storage.database import Transaction


async def choose(
    tx: Transaction, on: Dependencies, learner: Learner, today: date, *, slot: int | None = None
) -> Choice | None:
    """The next question for this learner, with the reason; None where the bank has none to give.

    For a daily, in its `slot` of the day, what was not answered the day before does not come again at once, and the
    last of several is something new where none before it was.
    """
    unanswered = (
        await asked_days.unanswered_dailies(tx, learner.id, today) if slot is not None else frozenset()
    )
    new_first = slot is not None and await _wants_new(tx, learner, today, slot)
    # what is due goes first whatever else is known, and to know all of it is ten times the work
    due_cards = await cards.due(tx, learner.id, today)
    due = [each for each in await order_due(tx, on, learner, today, due_cards) if each not in unanswered]
    if due and not new_first and (question := on.bank.find(due[0])) is not None:
        return Choice(question.id, Because(Reason.DUE, question.topic))
    learning = await read_learning(tx, on, learner, today, unanswered=unanswered, due=due_cards)
    return selection.choose(on.bank.pool, learning, today, on.chance, new_first=new_first)


async def _wants_new(tx: Transaction, learner: Learner, today: date, slot: int) -> bool:
    """Whether it is the last of several questions of the day, and none of those before it was new."""
    if slot == 0 or slot + 1 < learner.daily_count:
        return False
    dailies = [each for each in await asked_days.of_day(tx, learner.id, today) if each.slot is not None]
    return not any(each.because in views.NEW for each in dailies if each.slot != slot)


async def read_learning(
    tx: Transaction,
    on: Dependencies,
    learner: Learner,
    today: date,
    *,
    unanswered: Collection[str] = frozenset(),
    due: Collection[str] | None = None,
) -> Learning:
    """All that choosing needs to know of a learner; `unanswered` and `due` where they have been read."""
    return Learning(
        cards=await cards.of_learner(tx, learner.id),
        last_seen=await asked_days.last_seen(tx, learner.id),
        level=learner.level,
        mix=dict.fromkeys(learner.topics, 1.0) if learner.topics else roles.mix(learner.role),
        topic_recall=await read_topics(tx, on, learner.id, today),
        set_aside=await set_aside.of_learner(tx, learner.id),
        unanswered=unanswered,
        last_topic=await read_last_topic(tx, on, learner),
        due=due,
    )
