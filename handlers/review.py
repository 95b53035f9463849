"""/review: what is due now, and what was missed, one question after the other."""

from __future__ import annotations

from handlers.asking import drilling
from handlers.asking.drill_presses import DrillMistakes, ReviewAhead, ReviewDue
from handlers.asking.due import review_ahead, review_due
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.refusal import Refusal
from interview import drill as rules
from storage import reviews, set_aside

MISTAKES_AT_ONCE = 10


async def review(context: Context, _: ReviewDue | str = "") -> None:
    """What is due now, or what comes next."""
    await review_due(context)


async def review_next(context: Context, _: ReviewAhead) -> None:
    """What comes next, today already."""
    await review_ahead(context)


async def drill_mistakes(context: Context, _: DrillMistakes) -> None:
    """What was missed and not recalled twice since, the last missed first; a drill on it that was left goes on."""
    on = context.on
    async with on.db.transaction() as tx:
        aside = await set_aside.of_learner(tx, context.learner_id)
        live = {question.id for question in on.bank.live} - set(aside)
        pool = [each for each in await reviews.mistakes(tx, context.learner_id) if each in live]
        opened = await drilling.open_in(tx, context, rules.MISTAKES, pool[:MISTAKES_AT_ONCE])
    if opened is None:
        raise Refusal("No mistakes are waiting: what you missed you have recalled twice since.")
    await drilling.put(context, opened)


FEATURE = Feature(
    name="review",
    commands=(Called("review", "what is due now, one after the other", review),),
    presses={ReviewDue: review, ReviewAhead: review_next, DrillMistakes: drill_mistakes},
)
