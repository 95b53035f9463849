"""The streak's button: winning a lost one back."""

from __future__ import annotations

from handlers.asking import drill_questions, drilling
from handlers.asking.ask import NOTHING_LEFT
from handlers.asking.drill_presses import WinBack
from handlers.asking.streaks import read_streak
from handlers.kit.context import Context
from handlers.kit.feature import Feature
from handlers.kit.refusal import Refusal
from interview import drill as rules
from interview.streak import can_win_back
from storage import drills, learners

TOO_LATE = (
    "There is no streak to win back now: it takes three questions within 48 hours."
    " Today’s question begins the next."
)


async def win_back(context: Context, _: WinBack) -> None:
    """Three extra questions, which win the lost streak back once they are rated in time."""
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        streak = await read_streak(tx, learner, learner.today(context.now))
        drill = await drills.find_caused_by(tx, learner.id, context.update.update_id)
        if drill is None and not can_win_back(streak):
            raise Refusal(TOO_LATE)
        left = None if drill is not None else await drilling.running(tx, context, rules.WINNING_BACK)
        if left is not None and left.restores != streak.restorable[0]:
            await drills.mark_summed_up(tx, left.id, context.now)  # for a streak before this one
            left = None
        if drill is None and left is None:
            missed = streak.restorable[0]
            lacking = await drilling.still_to_win_back(tx, learner.id, missed)
            chosen = await drill_questions.some_of_all(tx, context, learner, lacking)
            drill = await drilling.begin(tx, context, rules.WINNING_BACK, chosen, restores=missed)
    found = left or drill
    if found is None:
        raise Refusal(NOTHING_LEFT)
    await drilling.put(context, drilling.Opened(found.id, left=left is not None))


FEATURE = Feature(name="streak", presses={WinBack: win_back})
