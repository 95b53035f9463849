"""Reports, one by one: answered, closed, or left for later."""

from __future__ import annotations

from handlers.admin import views
from handlers.admin.desk import ANSWER
from handlers.admin.presses import AnswerReport, CloseReport, NextReport
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.reaching import reach
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Reply
from interview.learner import AWAIT_FOR
from storage import awaited, reports
from storage.database import Transaction
from storage.reports import Report

LONGEST_ANSWER = 3_500
GONE = "That report is gone: the learner asked to be forgotten. /admin shows the others."
CLOSED = "That report is closed already, or gone. /admin shows those that are open."


async def next_report(context: Context, press: NextReport) -> None:
    """The oldest open report behind that one, from the beginning again after the last."""
    async with context.on.db.transaction() as tx:
        await awaited.drop(tx, context.learner_id, ANSWER)
        reply = await _next(tx, context, press.report_id)
    await chat.respond(context, reply)


async def close_report(context: Context, press: CloseReport) -> None:
    """Close it and show the next."""
    async with context.on.db.transaction() as tx:
        await reports.mark_closed(tx, press.report_id, context.now)
        reply = await _next(tx, context, press.report_id)
    await chat.respond(context, reply)


async def ask_for_answer(context: Context, press: AnswerReport) -> None:
    """Wait for what the operator types."""
    async with context.on.db.transaction() as tx:
        made = await _get(tx, press.report_id)
        if made.closed_at is not None:
            raise Refusal(CLOSED)
        await awaited.put(tx, context.learner_id, ANSWER, context.now + AWAIT_FOR, about=made.id)
    question = context.on.bank.find(made.question_id)
    await chat.respond(context, views.asked_for_answer(made, question, context.now))


async def take_answer(context: Context) -> None:
    """Send what was typed to the one who reported; the report is closed. Run again it sends what was not sent."""
    on, message = context.on, context.message
    if len(context.text) > LONGEST_ANSWER:
        raise Refusal(f"That is too long to send on. Type it in {LONGEST_ANSWER:,} characters at most.")
    async with on.db.transaction() as tx:
        made = await reports.find(tx, await awaited.about(tx, context.learner_id))
        if made is not None and (made.closed_at is None or made.answer_message_id == message.message_id):
            text = message.text_html
            await reports.put_answer(tx, made.id, context.learner_id, text, message.message_id, context.now)
            made = await _get(tx, made.id)
        else:
            await awaited.drop(tx, context.learner_id, ANSWER)
            made = None
    if made is None:
        raise Refusal(CLOSED)

    reached = True
    if made.answered_at is None:
        answer = views.answer(made, on.bank.find(made.question_id))
        reached = await reach(on, made.learner_id, answer, context.now) is not None
    if reached:
        async with on.db.transaction() as tx:
            await reports.mark_answered(tx, made.id, context.now)
    await chat.send(on, context.learner_id, views.answered(made, reached=reached))
    async with on.db.transaction() as tx:
        # only now: what runs again before this is still taken for the answer
        await awaited.drop(tx, context.learner_id, ANSWER)


async def _next(tx: Transaction, context: Context, after_id: int) -> Reply:
    made = await reports.next_open(tx, after_id)
    if made is None:
        return views.no_reports()
    question = context.on.bank.find(made.question_id)
    return views.report(made, question, await reports.count_open(tx), context.now)


async def _get(tx: Transaction, report_id: int) -> Report:
    made = await reports.find(tx, report_id)
    if made is None:
        raise Refusal(GONE)
    return made
