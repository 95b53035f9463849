"""Rating, Undo, Another and an easier one: what happens once the reference was seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handlers.asking import state
from handlers.asking.ask import deliver, put_practice, put_this
from handlers.asking.menu_views import EASIER
from handlers.asking.onward import find_easier
from handlers.asking.presses import AskAnother, AskEasier, AskingPress, Rate, UndoRating
from handlers.asking.show import redraw
from handlers.asking.state import Found, State
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from interview import spacing
from interview.asking import STILL_TODAYS, Asking, Step
from interview.card import Card
from interview.rating import Rating
from storage import askings, cards, reviews, set_aside
from storage.database import Transaction
from storage.reviews import Review


async def rate(context: Context, press: Rate) -> State:
    """Rate once: the card is reviewed, the log appended, the day marked. A second tap changes nothing."""
    on = context.on
    async with on.db.transaction() as tx:
        found = await state.find(tx, on, context.learner_id, press.asking_id, context.now)
        match found.asking.step:
            case Step.SHOWN:
                await _review(tx, context, found, press)
                rated = await askings.get(tx, press.asking_id, context.learner_id)
                found = replace(found, asking=rated)
            case Step.RATED if found.asking.rating is not press.rating:
                assert found.asking.rating is not None
                raise Refusal(
                    f"You rated that one “{found.asking.rating.label}” already. Undo takes it back."
                )
            case Step.ASKED | Step.SKIPPED:
                raise Refusal("Look at the answer first: tap Show answer, or type yours.")
        return await state.read_all_of(tx, on, found)


async def undo(context: Context, press: UndoRating) -> None:
    """Take a rating back within ten minutes: the card is again exactly what it was, and so is the day."""
    on = context.on
    async with on.db.transaction() as tx:
        known = await state.read(tx, on, context.learner_id, press.asking_id, context.now)
        asking = known.asking
        if asking.rating is not None:
            if not asking.can_be_undone(context.now):
                raise Refusal(
                    "Undo works for ten minutes. The question comes back anyway; rate it anew then."
                )
            if not await reviews.is_newest_of_question(tx, asking.learner_id, asking.question_id, asking.id):
                raise Refusal("You have rated this question again since, so this older rating has to stay.")
            await _take_back(tx, context, known)
            known = await state.read(tx, on, context.learner_id, press.asking_id, context.now)

    await redraw(context, known, toast="Taken back: as if you had not rated it.")


async def ask_another(context: Context, press: AskAnother) -> None:
    """One more question, unless one is waiting already."""
    on = context.on
    async with on.db.transaction() as tx:
        await read_unless_one_waits(tx, context, press)
        asking = await put_practice(tx, context)

    await chat.answer(context)
    if asking.message_id is None:
        await deliver(on, asking, context.now)


async def ask_easier(context: Context, press: AskEasier) -> None:
    """An easier question on the same as one that will not stick, unless one is waiting already."""
    on = context.on
    async with on.db.transaction() as tx:
        known = await read_unless_one_waits(tx, context, press)
        easier = await find_easier(tx, on, known.asking, known.question)
        if easier is None:
            raise Refusal("There is no easier one on this: tap Another for a different question.")
        asking = await put_this(tx, context, easier.id, EASIER)

    await chat.answer(context)
    if asking.message_id is None:
        await deliver(on, asking, context.now)


async def read_unless_one_waits(tx: Transaction, context: Context, press: AskingPress) -> State:
    """The asking below which one more is wanted; a Refusal while the one after it waits for an answer."""
    known = await state.read(tx, context.on, context.learner_id, press.asking_id, context.now)
    waiting = await askings.newest_open(tx, known.learner.id, known.today, context.now - STILL_TODAYS)
    put_before = await askings.find_caused_by(tx, known.learner.id, context.update.update_id)
    if put_before is None and waiting and waiting.step is Step.ASKED and waiting.id > known.asking.id:
        raise Refusal("The next question is waiting for you below.")
    return known


async def _review(tx: Transaction, context: Context, found: Found, press: Rate) -> None:
    asking, learner = found.asking, found.learner
    before = await cards.find(tx, learner.id, asking.question_id)
    card = spacing.review(
        before,
        press.rating,
        found.today,
        key=state.key(asking),
        retention=learner.retention,
        interview_on=learner.interview_on,
    )
    await cards.put(tx, learner.id, asking.question_id, card)
    await askings.mark_rated(tx, asking.id, press.rating, now=context.now, study_day=found.today)
    await reviews.add(tx, _line(context, asking, press.rating, found.today, before))


async def _take_back(tx: Transaction, context: Context, known: State) -> None:
    asking = known.asking
    assert asking.rating is not None
    if asking.rated_at is not None:  # what was set aside under this rating goes with it
        await set_aside.remove_since(tx, asking.learner_id, asking.question_id, asking.rated_at)
    before = await reviews.card_before(tx, asking.id)
    if before is None:
        await cards.remove(tx, asking.learner_id, asking.question_id)
    else:
        await cards.put(tx, asking.learner_id, asking.question_id, before)
    await askings.mark_unrated(tx, asking.id)
    await reviews.add_undone(tx, _line(context, asking, asking.rating, known.today, before))


def _line(context: Context, asking: Asking, rating: Rating, today: date, card_before: Card | None) -> Review:
    return Review(
        learner_id=asking.learner_id,
        question_id=asking.question_id,
        asking_id=asking.id,
        rating=rating,
        study_day=today,
        reviewed_at=context.now,
        card_before=card_before,
    )
