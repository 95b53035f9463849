"""/start: two lines on what this is, four short choices, and the first question; or where a link leads."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from handlers.asking import links
from handlers.asking.presses import BringToday
from handlers.choosing import views
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.reply import Button, Reply
from interview import zones
from interview.learner import AWAIT_FOR, DAILY_TIME, Learner, SetupStep
from interview.question import Level
from interview.roles import Role
from storage import learners

NOWHERE = "That link leads nowhere I know, so here is the beginning."


async def start(context: Context, payload: str = "") -> None:
    """Welcome a newcomer; to everybody else it is a way back in, and resets nothing.

    `payload` comes with a link: a learner goes where it leads at once, a newcomer after the first conversation.
    """
    on = context.on
    target = links.target_of(on.bank, on.taxonomy, payload) if payload else None
    async with on.db.transaction() as tx:
        learner = await learners.find(tx, context.learner_id)
        if learner is None:
            learner = newcomer(context)
            await learners.put(tx, learner)
        if target is not None and learner.setup_step is not None:
            await links.keep(tx, context, target)
        from_quiz = await links.greeting(tx, context, target)
    if target is not None and learner.setup_step is None:
        await links.follow(context, target)
        return

    reply = views.setup(learner, on.taxonomy.topics, context.now)
    if learner.setup_step is None:
        reply = Reply(reply.text, ((Button("Today’s question", BringToday()),),))
    if payload and target is None:
        reply = replace(reply, text=f"{NOWHERE}\n\n{reply.text}")
    if from_quiz is not None:
        reply = replace(reply, text=f"{reply.text}\n\n{from_quiz}")
    message_id = await chat.send(on, context.learner_id, reply)
    if learner.setup_step is not None:
        async with on.db.transaction() as tx:
            learner = await learners.get(tx, context.learner_id)
            await learners.put(tx, replace(learner, setup_message_id=message_id))


def newcomer(context: Context) -> Learner:
    """Someone new, with what is usual: a zone guessed from the language, 09:00, everything, middle."""
    learner = Learner(
        id=context.learner_id,
        language=context.language,
        zone=ZoneInfo(zones.guess(context.language) or "UTC"),
        zone_chosen=False,
        daily_time=DAILY_TIME,
        role=Role.EVERYTHING,
        topics=(),
        level=Level.MIDDLE,
        joined_at=context.now,
        setup_step=SetupStep.ZONE,
        setup_message_id=None,
        awaiting=SetupStep.ZONE,
        awaiting_until=context.now + AWAIT_FOR,
        last_daily_on=None,
        next_daily_at=None,
        unreachable_at=None,
    )
    return learner.active(context.now)


FEATURE = Feature(name="start", commands=(Called("start", "begin, or come back", start),))
