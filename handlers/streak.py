"""The streak's buttons: winning a lost one back, and the next goal."""

from __future__ import annotations

from dataclasses import replace

from handlers.asking import drill_questions, drilling, state
from handlers.asking.ask import NOTHING_LEFT
from handlers.asking.drill_presses import AimFor, WinBack
from handlers.asking.show import redraw
from handlers.asking.streaks import read_streak
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Feature
from handlers.kit.refusal import Refusal
from interview import drill as rules
from interview.streak import GOALS, can_win_back
from storage import askings, drills, learners

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


async def aim_for(context: Context, press: AimFor) -> None:
    """The next goal, once one is reached."""
    if press.days not in GOALS:
        raise Refusal("A goal is 7, 14 or 30 days in a row. /settings shows the choice.")
    on = context.on
    async with on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        await learners.put(tx, replace(learner, streak_goal=press.days))
        shown = await askings.find_by_message(tx, learner.id, context.message.message_id)
        known = await state.read(tx, on, learner.id, shown.id, context.now) if shown is not None else None
    toast = f"Your next goal: {press.days} days in a row."
    if known is not None:
        await redraw(context, known, toast=toast, moving_on=known.asking.drill_id is not None)
    await chat.answer(context, toast)


FEATURE = Feature(name="streak", presses={WinBack: win_back, AimFor: aim_for})
