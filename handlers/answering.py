"""Answering: everything that can be done with a question once it has been put."""

from __future__ import annotations

from handlers.asking import answer, drilling, views
from handlers.asking.presses import (
    AskAnother,
    NotMyAnswer,
    Rate,
    ShowAnswer,
    ShowHint,
    SkipQuestion,
    TickPoint,
    UndoRating,
)
from handlers.asking.rate import ask_another, rate, undo
from handlers.asking.show import redraw, show_answer, show_hint, skip, tick_point
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Feature


async def rate_and_go_on(context: Context, press: Rate) -> None:
    """Rate; in a drill the next question comes by itself."""
    known = await rate(context, press)
    drill_id = known.asking.drill_id
    await redraw(context, known, moving_on=drill_id is not None)
    if drill_id is not None:
        await drilling.go_on(context, drill_id)


async def skip_and_go_on(context: Context, press: SkipQuestion) -> None:
    """Skip; in a drill the next question comes by itself."""
    known = await skip(context, press)
    if known.asking.drill_id is not None:
        await drilling.go_on(context, known.asking.drill_id)


async def take_text(context: Context) -> None:
    """A typed text that belongs to an open question, or to none."""
    async with context.on.db.transaction() as tx:
        asking = await answer.owner(tx, context)
    if asking is None:
        await chat.send(
            context.on, context.learner_id, views.NOTHING_OPEN, to_message=context.message.message_id
        )
    else:
        await answer.take_answer(context, asking)


async def replies_to_question(context: Context) -> bool:
    """Whether the text is a reply to a message that shows a question, or to an earlier answer."""
    async with context.on.db.transaction() as tx:
        return await answer.replied_to(tx, context) is not None


FEATURE = Feature(
    name="answering",
    presses={
        ShowAnswer: show_answer,
        ShowHint: show_hint,
        SkipQuestion: skip_and_go_on,
        TickPoint: tick_point,
        Rate: rate_and_go_on,
        UndoRating: undo,
        AskAnother: ask_another,
        NotMyAnswer: answer.not_my_answer,
    },
    answers=take_text,
    answers_to=replies_to_question,
    edited=answer.take_edit,
)
