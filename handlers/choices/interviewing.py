"""The day of the interview: no question is put off beyond it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handlers.choices.going_on import Change, cannot_read, choose, choose_typed
from handlers.choosing import aims
from handlers.choosing.presses import PickInterview, Where
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from interview.countdown import drawn_in
from interview.dates import read_date
from interview.learner import Learner, SetupStep
from storage import cards, learners
from storage.database import Transaction


async def pick_interview(context: Context, press: PickInterview) -> None:
    """This is the day, or there is none."""
    try:
        day = date.fromordinal(press.day) if press.day else None
    except (ValueError, OverflowError):
        raise Refusal(aims.UNKNOWN_DAY) from None
    await choose(context, Where.SETTINGS, SetupStep.INTERVIEW, _on(context, day), also=_draw_in)


async def take_interview(context: Context) -> None:
    """A typed day, or none."""
    if context.text.strip().casefold() in aims.NONE:
        day = None
    else:
        async with context.on.db.transaction() as tx:
            today = (await learners.get(tx, context.learner_id)).today(context.now)
        day = read_date(context.text, today)
        if day is None:
            raise await cannot_read(context, aims.UNKNOWN_DAY)
    await choose_typed(context, SetupStep.INTERVIEW, _on(context, day), also=_draw_in)


def _on(context: Context, day: date | None) -> Change:
    def change(learner: Learner) -> Learner:
        if day is not None and not aims.may_be_on(day, learner.today(context.now)):
            raise Refusal(aims.UNKNOWN_DAY)
        return replace(learner, interview_on=day)

    return change


async def _draw_in(tx: Transaction, context: Context, learner: Learner) -> None:
    """Bring forward what is due only after the interview; a second time finds nothing left to bring."""
    if learner.interview_on is None:
        return
    known = await cards.of_learner(tx, learner.id)
    due = {question_id: card.due for question_id, card in known.items()}
    for question_id, day in drawn_in(due, learner.today(context.now), learner.interview_on).items():
        await cards.put(tx, learner.id, question_id, replace(known[question_id], due=day))
