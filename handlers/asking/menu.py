"""The menu behind ⋯: why this question, never again, and the way to report a problem with it."""

from __future__ import annotations

from handlers.asking import menu_views, state
from handlers.asking.menu_views import ADD_WORDS
from handlers.asking.next_question import read_learning
from handlers.asking.presses import AskingPress, OpenMenu, SetAside, TellWhy
from handlers.asking.state import State
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.reply import Reply
from handlers.quiz.mistakes import BECAUSE
from interview.asking import Step
from interview.card import Card
from interview.learning import Learning
from interview.snooze import Snooze, offered
from storage import askings, awaited, reviews, set_aside
from storage.database import Transaction


async def open_menu(context: Context, press: OpenMenu) -> None:
    """Show the menu in place of the question's buttons, or the question as it stands."""
    async with context.on.db.transaction() as tx:
        known = await read(tx, context, press)
        await awaited.drop(tx, context.learner_id, ADD_WORDS)

    shown = as_it_stands(context, known)
    await chat.respond(
        context, menu_views.menu(shown, known, snoozes=_snoozes(context, known)) if press.opened else shown
    )


async def tell_why(context: Context, press: TellWhy) -> None:
    """Say why this question was put, in figures."""
    on = context.on
    async with on.db.transaction() as tx:
        known = await read(tx, context, press)
        learning = await read_learning(tx, on, known.learner, known.today)
        card = await _card_when_asked(tx, known, learning)
        asking = known.asking
        in_quizzes = await reviews.count_because(
            tx, asking.learner_id, asking.question_id, BECAUSE, asking.study_day
        )

    recall = learning.topic_recall.get(known.question.topic)
    why = menu_views.why(known, card, recall, learning, in_quizzes=in_quizzes)
    await chat.respond(
        context, menu_views.menu(as_it_stands(context, known), known, why, _snoozes(context, known))
    )


async def show(context: Context, known: State, note: str) -> None:
    """The open menu, with a line of what has just been done."""
    shown = as_it_stands(context, known)
    await chat.respond(context, menu_views.menu(shown, known, note, _snoozes(context, known)))


async def set_question_aside(context: Context, press: SetAside) -> State:
    """Never put this question to this learner again, or let it come again; an unanswered one is skipped with it."""
    async with context.on.db.transaction() as tx:
        known = await read(tx, context, press)
        if press.aside:
            await set_aside.put(tx, context.learner_id, known.asking.question_id, context.now)
            if known.asking.step is Step.ASKED:
                await askings.mark_skipped(tx, press.asking_id, context.now)
        else:
            await set_aside.remove(tx, context.learner_id, known.asking.question_id)
        known = await read(tx, context, press)

    await chat.respond(context, as_it_stands(context, known))
    return known


async def read(tx: Transaction, context: Context, press: AskingPress) -> State:
    """What the press is about; a Refusal where that is not this learner's, or gone."""
    return await state.read(tx, context.on, context.learner_id, press.asking_id, context.now)


def as_it_stands(context: Context, known: State) -> Reply:
    """What the message whose button was pressed shows without the menu."""
    in_place = known.asking.message_id == context.message.message_id
    return known.reply(in_place=in_place, moving_on=known.asking.drill_id is not None)


def _snoozes(context: Context, known: State) -> tuple[Snooze, ...]:
    return offered(known.asking, known.today, context.now, known.learner.zone)


async def _card_when_asked(tx: Transaction, known: State, learning: Learning) -> Card | None:
    """The card as it was when the question was put: a rating since then, of this asking, is looked behind."""
    if known.asking.rating is not None:
        return await reviews.card_before(tx, known.asking.id)
    return learning.cards.get(known.asking.question_id)
