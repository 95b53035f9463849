"""Reviewing what is due, or what is due next, one question after the other."""

from __future__ import annotations

from collections import Counter
from datetime import date

from handlers.asking import drilling
from handlers.asking.drill_presses import DrillMistakes, ReviewAhead
from handlers.asking.next_question import read_learning
from handlers.asking.presses import BringToday
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, Buttons, Reply
from interview import drill as rules
from interview import selection
from interview.learner import Learner
from interview.learning import Learning
from interview.words import dated, plural
from storage import drills, learners, reviews
from storage.database import Transaction
from storage.drills import Drill

AHEAD_AT_MOST = 5


async def review_due(context: Context) -> None:
    """What is due now; a review of today that was left in the middle goes on. Where nothing is due: what is next."""
    on = context.on
    async with on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        left = await _left(tx, context, learner)
        drill, due = (left, 0) if left is not None else await _start(tx, context, learner)
        nothing = await _nothing_due(tx, context, learner) if drill is None else None
    if nothing is not None:
        await chat.answer(context)
        await chat.send(on, context.learner_id, nothing)
    elif left is not None:
        await drilling.resume(context, left.id)
    elif drill is not None:
        size = len(drill.question_ids)
        await drilling.go_on(context, drill.id, f"{size} of the {due} that are due." if due > size else "")


async def review_ahead(context: Context) -> None:
    """The next few to fall due, today already."""
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        today = learner.today(context.now)
        learning = await read_learning(tx, context.on, learner, today)
        coming = [each for _, each in _coming(context, learning) if not learning.seen_today(each, today)]
        opened = await drilling.open_in(tx, context, rules.AHEAD, coming[:AHEAD_AT_MOST])
    if opened is None:
        raise Refusal("There is nothing to review yet. /today brings today’s question.")
    await drilling.put(context, opened)


async def _left(tx: Transaction, context: Context, learner: Learner) -> Drill | None:
    """Today's review, if something of it is left; an older one is over, as what is due has changed since."""
    if await drills.find_caused_by(tx, learner.id, context.update.update_id) is not None:
        return None
    left = await drilling.running(tx, context, rules.DUE)
    if left is None:
        return None
    is_todays = learner.today(left.started_at) == learner.today(context.now)
    if is_todays and await drilling.put_next(tx, context, left) is not None:
        return left
    await drills.mark_summed_up(tx, left.id, context.now)
    return None


async def _start(tx: Transaction, context: Context, learner: Learner) -> tuple[Drill | None, int]:
    """A drill on what is due and was not put today, which is asked already; no more than the backlog holds.

    With how many are due in all.
    """
    today = learner.today(context.now)
    learning = await read_learning(tx, context.on, learner, today)
    due = selection.due(context.on.bank.live, learning, today)
    waiting = [question_id for question_id in due if not learning.seen_today(question_id, today)]
    chosen = waiting or due
    return await drilling.begin(tx, context, rules.DUE, chosen[: selection.BACKLOG]), len(chosen)


async def _nothing_due(tx: Transaction, context: Context, learner: Learner) -> Reply:
    today = learner.today(context.now)
    learning = await read_learning(tx, context.on, learner, today)
    coming = Counter(day for day, _ in _coming(context, learning))
    mistakes = len(await reviews.mistakes(tx, learner.id))
    if not coming:
        begin = Button("Today’s question", BringToday())
        text = "<b>Nothing to review yet.</b>\nEvery question you rate comes back here in its time."
        return Reply(text, ((begin,),))
    day, count = min(coming.items())
    buttons: Buttons = ((Button("Review what comes next", ReviewAhead()),), *mistakes_button(mistakes))
    return Reply(f"<b>Nothing is due now.</b>\nNext: {plural(count, 'question')} {_on(day, today)}.", buttons)


def mistakes_button(count: int) -> Buttons:
    """The way to drill what was missed, where there is something."""
    return ((Button(f"My mistakes ({count})", DrillMistakes()),),) if count else ()


def _coming(context: Context, learning: Learning) -> list[tuple[date, str]]:
    """When each of the learner's questions falls due, the next first."""
    live = (question.id for question in context.on.bank.live if question.id not in learning.set_aside)
    return sorted((learning.cards[each].due, each) for each in live if each in learning.cards)


def _on(day: date, today: date) -> str:
    days = (day - today).days
    if days <= 1:
        return "tomorrow"
    return f"on {day:%A}" if days < 7 else f"on {dated(day, today)}"
