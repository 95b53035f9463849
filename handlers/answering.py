"""Answering: everything that can be done with a question once it has been put."""

from __future__ import annotations

from handlers.asking import answer, drilling, follow_up, menu, views
from handlers.asking.ask import go_on_with_daily
from handlers.asking.presses import (
    AskAnother,
    AskEasier,
    AskFollowUp,
    NotMyAnswer,
    OpenMenu,
    Rate,
    SetAside,
    ShowAnswer,
    ShowFollowUp,
    ShowHint,
    SkipQuestion,
    TellWhy,
    TickPoint,
    UndoRating,
)
from handlers.asking.rate import ask_another, ask_easier, rate, undo
from handlers.asking.show import redraw, show_answer, show_hint, skip, tick_point
from handlers.asking.state import State
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Feature
from interview.asking import Step
from storage import broadcasts, reports
from storage.follow_ups import AskedFollowUp


async def rate_and_go_on(context: Context, press: Rate) -> None:
    """Rate; in a drill, and while there are dailies left today, the next question comes by itself."""
    known = await rate(context, press)
    await redraw(context, known, moving_on=_goes_on(known))
    await _go_on(context, known)


async def skip_and_go_on(context: Context, press: SkipQuestion) -> None:
    """Skip; in a drill, and while there are dailies left today, the next question comes by itself."""
    known = await skip(context, press)
    await _go_on(context, known)


async def set_aside_and_go_on(context: Context, press: SetAside) -> None:
    """Never again, or again after all; in a drill an unanswered question that goes makes room for the next one."""
    known = await menu.set_question_aside(context, press)
    if press.aside and known.asking.step is Step.SKIPPED and known.asking.drill_id is not None:
        await drilling.go_on(context, known.asking.drill_id)


def _goes_on(known: State) -> bool:
    slot = known.asking.slot
    return known.asking.drill_id is not None or (slot is not None and slot + 1 < known.learner.daily_count)


async def _go_on(context: Context, known: State) -> None:
    if known.asking.drill_id is not None:
        await drilling.go_on(context, known.asking.drill_id)
    elif _goes_on(known):
        await go_on_with_daily(context, known.asking)


async def take_message(context: Context) -> None:
    """A text, recording, picture or file that belongs to an open question or follow-up, or to none."""
    async with context.on.db.transaction() as tx:
        person, message = context.learner_id, context.message.message_id
        if await reports.took(tx, person, message) or await broadcasts.took(tx, person, message):
            return  # runs again, and was answered where it belonged
        asked = await answer.owner(tx, context)
    match asked:
        case None:
            await chat.send(
                context.on, context.learner_id, views.NOTHING_OPEN, to_message=context.message.message_id
            )
        case AskedFollowUp():
            await follow_up.take_reply(context, asked)
        case _:
            await answer.take_answer(context, asked)


async def replies_to_question(context: Context) -> bool:
    """Whether the message is a reply to one that shows a question or follow-up, or to an earlier answer."""
    async with context.on.db.transaction() as tx:
        return await answer.replied_to(tx, context) is not None


async def belongs_to_question(context: Context) -> bool:
    """Whether the message is an answer to any question or follow-up, replied to or open."""
    async with context.on.db.transaction() as tx:
        return await answer.owner(tx, context) is not None


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
        AskEasier: ask_easier,
        AskFollowUp: follow_up.ask_follow_up,
        ShowFollowUp: follow_up.show_follow_up,
        NotMyAnswer: answer.not_my_answer,
        OpenMenu: menu.open_menu,
        TellWhy: menu.tell_why,
        SetAside: set_aside_and_go_on,
    },
    answers=take_message,
    answers_to=replies_to_question,
    owned=belongs_to_question,
    edited=answer.take_edit,
)
