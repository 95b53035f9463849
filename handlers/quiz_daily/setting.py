"""/quizdaily: set, show, end and resume a group's daily quiz."""

from __future__ import annotations

from dataclasses import replace

from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Reply
from handlers.quiz import starting
from handlers.quiz.admins import is_admin
from handlers.quiz.allowed import what_forbids_it
from handlers.quiz.card_views import no_more
from handlers.quiz.titles import title_of
from handlers.quiz_daily import views
from handlers.quiz_daily.presses import ResumeDaily
from handlers.quiz_daily.reading import Wish, read
from interview.group import Group
from interview.quiz_daily import QuizDaily, afresh
from storage import groups, quiz_dailies
from storage.database import Transaction


async def quizdaily(context: Context, words: str) -> None:
    """Without words show it, with `off` end it, with a time (a topic, a number) set it, for this thread."""
    if not words:
        await _show(context)
        return
    wish = None if words.strip().casefold() in ("off", "stop", "none") else read(words, context.on.taxonomy)
    if not await is_admin(context):
        raise Refusal(views.ONLY_ADMINS)
    if wish is None:
        await _end(context)
        return
    topic, facet = wish.topics
    if not any(starting.askable(context.on, topic, facet)):
        there_are = ", ".join(starting.topics_with_quizzes(context.on))
        raise Refusal(f"I have no polls on that topic. There are some on {there_are}.")
    await _set(context, wish)


async def resume(context: Context, _: ResumeDaily) -> None:
    """Bring it again: anybody may, whoever wants to play."""
    async with context.on.db.transaction() as tx:
        group = await _group(tx, context)
        daily = await quiz_dailies.find(tx, group.id, context.thread_id)
        if daily is None:
            raise Refusal(views.NONE)
        if daily.next_at is None:
            daily = afresh(daily, context.now, group.zone)
            await quiz_dailies.put(tx, daily)
    await _say(context, daily, group)


async def _show(context: Context) -> None:
    async with context.on.db.transaction() as tx:
        group = await _group(tx, context)
        daily = await quiz_dailies.find(tx, group.id, context.thread_id)
    if daily is None:
        await chat.respond(context, Reply(views.NONE))
    else:
        await _say(context, daily, group)


async def _set(context: Context, wish: Wish) -> None:
    async with context.on.db.transaction() as tx:
        group = await _group(tx, context)
        before = await quiz_dailies.find(tx, group.id, context.thread_id)
        daily = afresh(_daily(context, wish, before), context.now, group.zone)
        await quiz_dailies.put(tx, daily)
    await _say(context, daily, group)


def _daily(context: Context, wish: Wish, before: QuizDaily | None) -> QuizDaily:
    """As wished for, in this thread; a day that had its quiz has had it."""
    topic, facet = wish.topics
    return QuizDaily(
        group_id=context.chat_id,
        thread_id=context.thread_id,
        at=wish.at,
        topic=topic,
        facet=facet,
        size=wish.size,
        set_by=context.learner_id,
        last_on=before.last_on if before else None,
    )


async def _end(context: Context) -> None:
    async with context.on.db.transaction() as tx:
        await quiz_dailies.remove(tx, context.chat_id, context.thread_id)
    await chat.respond(context, Reply(views.OFF))


async def _say(context: Context, daily: QuizDaily, group: Group) -> None:
    title = title_of(context.on.taxonomy, daily.topic, daily.facet)
    there_are = starting.how_many(context.on, daily.topic, daily.facet)
    reply = views.state(replace(daily, size=min(daily.size, there_are)), group, title, context.now)
    if there_are < daily.size:
        fewer = no_more(context.on.taxonomy, daily.topic, there_are)
        reply = replace(reply, text=f"{reply.text}\n{fewer}")
    forbidden = await what_forbids_it(context)
    if forbidden is not None:
        reply = replace(reply, text=f"{reply.text}\n{forbidden}")
    await chat.respond(context, reply)


async def _group(tx: Transaction, context: Context) -> Group:
    return await groups.meet(tx, context.chat_id, context.message.chat.title or "", context.now)
