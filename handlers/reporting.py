"""Reporting: a problem with a question in two taps, and a sentence about it for those who like to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.asking import answer, menu, menu_views, state
from handlers.asking.menu_views import ADD_WORDS
from handlers.asking.presses import OpenReport, ReportProblem
from handlers.asking.state import State
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Feature
from handlers.kit.press import Press
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, Reply
from interview.asking import Step
from interview.learner import AWAIT_FOR
from storage import awaited, replies, reports

NO_REPORT = "That report is no longer here. ⋯ under a question makes a new one."
ADDED = "Thank you, that is added to your report."
MOVED = Reply("Taken as your answer, and off the report.")


@dataclass(frozen=True, slots=True)
class AddWords(Press):
    """I have more to say about this report of mine. On messages from before a sentence was waited for at once."""

    name: ClassVar[str] = "words"
    report_id: int


@dataclass(frozen=True, slots=True)
class WasMyAnswer(Press):
    """What was added to this report of mine was my answer to the question."""

    name: ClassVar[str] = "wasanswer"
    report_id: int


async def ask_what_is_wrong(context: Context, press: OpenReport) -> None:
    """Show what can be wrong."""
    async with context.on.db.transaction() as tx:
        known = await menu.read(tx, context, press)
    await chat.respond(context, menu_views.complaints(menu.as_it_stands(context, known), known))


async def report(context: Context, press: ReportProblem) -> None:
    """Write the report down, once for each thing that is wrong, and wait for a sentence about it."""
    async with context.on.db.transaction() as tx:
        known = await menu.read(tx, context, press)
        made = await reports.add(
            tx, context.learner_id, known.asking.question_id, press.asking_id, press.complaint, context.now
        )
        await awaited.put(tx, context.learner_id, ADD_WORDS, context.now + AWAIT_FOR, about=made.id)
    await chat.respond(context, menu_views.thanks(menu.as_it_stands(context, known), known))


async def invite_words(context: Context, press: AddWords) -> None:
    """Wait for a sentence."""
    on = context.on
    async with on.db.transaction() as tx:
        made = await reports.find_of_learner(tx, press.report_id, context.learner_id)
        if made is None:
            raise Refusal(NO_REPORT)
        known = await state.read(tx, on, context.learner_id, made.asking_id, context.now)
        await awaited.put(tx, context.learner_id, ADD_WORDS, context.now + AWAIT_FOR, about=made.id)
    await chat.respond(context, menu_views.invitation(menu.as_it_stands(context, known), known))


async def take_for_answer(context: Context, press: WasMyAnswer) -> None:
    """What was added to a report was meant for the question: it is taken off the one and kept as the other."""
    on = context.on
    async with on.db.transaction() as tx:
        made = await reports.find_of_learner(tx, press.report_id, context.learner_id)
        if made is None:
            raise Refusal(NO_REPORT)
        known = await state.read(tx, on, context.learner_id, made.asking_id, context.now)
        if known.asking.step is Step.RATED:
            raise Refusal("You have rated that one already. Undo the rating to change the answer.")
        if made.words is not None and made.words_message_id is not None:
            await replies.put(tx, made.asking_id, made.words_message_id, made.words, context.now)
            await reports.take_words_off(tx, made.id)
    await chat.respond(context, MOVED)
    await answer.show_feedback(context, made.asking_id)


async def take_words(context: Context) -> None:
    """Add the sentence to the report. Run again it is the same sentence."""
    on = context.on
    async with on.db.transaction() as tx:
        made = await reports.find_of_learner(
            tx, await awaited.about(tx, context.learner_id), context.learner_id
        )
        if made is None:
            raise Refusal(NO_REPORT)
        await reports.put_words(tx, made.id, context.text, context.message.message_id)
        still_there = on.bank.find(made.question_id) is not None
        known = (
            await state.read(tx, on, context.learner_id, made.asking_id, context.now) if still_there else None
        )

    added = Reply(ADDED, ((Button("It was my answer", WasMyAnswer(made.id)),),) if known else ())
    await chat.send(on, context.learner_id, added, to_message=context.message.message_id)
    if known is not None:
        await _close_menu(context, known)
    async with on.db.transaction() as tx:
        # only now: what runs again before this is still taken for the report's
        await awaited.drop(tx, context.learner_id, ADD_WORDS)


async def _close_menu(context: Context, known: State) -> None:
    """The question's message says how it stands again."""
    asking = known.asking
    message_id = asking.feedback_message_id or asking.message_id
    if message_id is not None:
        shown = known.reply(in_place=message_id == asking.message_id, moving_on=asking.drill_id is not None)
        await chat.edit(context.on, context.learner_id, message_id, shown)


FEATURE = Feature(
    name="reporting",
    presses={
        OpenReport: ask_what_is_wrong,
        ReportProblem: report,
        AddWords: invite_words,
        WasMyAnswer: take_for_answer,
    },
    awaited={ADD_WORDS: take_words},
)
