"""How a quiz begins: the start card that people join, and the moment at which it starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from math import ceil

from handlers.kit import chat
from handlers.kit.context import Dependencies
from handlers.kit.noting import sure_to_note
from handlers.kit.reply import Reply
from handlers.quiz import card_views, ending
from interview import quiz as rules
from interview.group import Group
from interview.question import Question
from interview.quiz import Ended, Quiz, Stage
from storage import quizzes
from storage.database import Transaction

_COUNTDOWN = (timedelta(seconds=20), timedelta(seconds=10))


def askable(on: Dependencies, topic: str | None, facet: str | None) -> tuple[list[Question], list[Question]]:
    """The questions that a quiz on this is drawn from, and those that fill it up."""
    if topic is None:
        return _all(on), []
    of_topic = [one for one in on.bank.of_topic(topic) if rules.is_askable(one)]
    if facet is None:
        return of_topic, []
    return [one for one in of_topic if one.facet == facet], [one for one in of_topic if one.facet != facet]


def how_many(on: Dependencies, topic: str | None, facet: str | None) -> int:
    """How many questions there are for a quiz on this."""
    return sum(map(len, askable(on, topic, facet)))


def topics_with_quizzes(on: Dependencies) -> list[str]:
    """Slugs of the topics that have enough for a quiz."""
    return [
        topic.slug
        for topic in on.taxonomy.topics
        if len(askable(on, topic.slug, None)[0]) >= min(rules.FEW, len(_all(on)))
    ]


async def begin(tx: Transaction, on: Dependencies, quiz: Quiz, now: datetime) -> Quiz:
    """The quiz starts: its questions are chosen, the first is next."""
    asked_at = await quizzes.asked_at(tx, quiz.chat_id)
    pools = [*askable(on, quiz.topic, quiz.facet), *([_all(on)] if quiz.fill_up else [])]
    ids = rules.choose(pools, quiz.size, asked_at, on.chance)
    begun = replace(
        quiz,
        stage=Stage.RUNNING,
        question_ids=ids,
        place=0,
        starts_at=None,
        started_at=now,
        next_at=now,
        card_stale=quiz.card_message_id is not None or quiz.daily_on is not None,
        topics_open=False,
    )
    await quizzes.put(tx, begun)
    return begun


async def begin_daily(
    on: Dependencies,
    group: Group,
    thread_id: int,
    topic: str | None,
    facet: str | None,
    size: int,
    day: date,
    now: datetime,
) -> int | None:
    """Begin the quiz of that date at once; its id, or None where one runs in that thread or the date had its own.

    `running.advance` sends it, as does the heartbeat.
    """
    async with on.db.transaction() as tx:
        quiz = await quizzes.add(
            tx,
            group_id=group.id,
            chat_id=group.id,
            thread_id=thread_id,
            starter_id=0,
            topic=topic,
            facet=facet,
            size=size,
            seconds=rules.AUTO,
            now=now,
            daily_on=day,
        )
        if quiz is None:
            return None
        return (await begin(tx, on, quiz, now)).id


async def step(on: Dependencies, quiz: Quiz, now: datetime) -> bool:
    """While people join: show the card, redraw it, start, or give up."""
    if quiz.ended_because is not None:
        return await _take_back(on, quiz, card_views.stopped(on.taxonomy, quiz), now)
    if quiz.card_message_id is None:
        return await _show_card(on, quiz, now)
    if quiz.starts_at is not None and quiz.starts_at <= now:
        async with on.db.transaction() as tx:
            quiz = await quizzes.get(tx, quiz.id)
            if quiz.stage is Stage.JOINING:
                await begin(tx, on, quiz, now)
        return True
    if quiz.starts_at is None and quiz.closes_unjoined_at <= now:
        async with on.db.transaction() as tx:
            quiz = await quizzes.get(tx, quiz.id)
            await quizzes.put(tx, replace(quiz, ended_because=Ended.NOBODY))
        return await _take_back(on, quiz, card_views.unjoined(on.taxonomy, quiz), now)
    if _is_stale(quiz, now) and _may_redraw(quiz) <= now:
        return await _redraw(on, quiz, now)
    async with on.db.transaction() as tx:
        quiz = await quizzes.get(tx, quiz.id)
        await quizzes.put(tx, replace(quiz, next_at=_next(quiz, now)))
    return False


async def finish_card(on: Dependencies, quiz: Quiz, now: datetime) -> bool:
    """The card of a quiz that has begun: nothing to tap there any more. The daily one has its first message with it."""
    reply = card_views.started(on.taxonomy, quiz, await _names(on, quiz))
    message_id = quiz.card_message_id
    if message_id is None:
        await sure_to_note(on)
        message_id = await chat.send(on, quiz.chat_id, reply, thread_id=quiz.thread_id, silent=False)
    else:
        await chat.edit(on, quiz.chat_id, message_id, reply)
    async with on.db.transaction() as tx:
        quiz = await quizzes.get(tx, quiz.id)
        await quizzes.put(tx, replace(quiz, card_message_id=message_id, card_stale=False, card_drawn_at=now))
    return True


async def shown(on: Dependencies, quiz: Quiz, now: datetime) -> Reply:
    """The start card as it is now, with the topics on it while somebody chooses one."""
    left = None if quiz.starts_at is None else max(0, ceil((quiz.starts_at - now).total_seconds()))
    own, all_of_them = how_many(on, quiz.topic, quiz.facet), len(_all(on))
    slugs = topics_with_quizzes(on) if quiz.topics_open else None
    there_are = all_of_them if quiz.fill_up else own
    return card_views.card(on.taxonomy, quiz, await _names(on, quiz), left, there_are, slugs)


async def _show_card(on: Dependencies, quiz: Quiz, now: datetime) -> bool:
    reply = await shown(on, quiz, now)
    await sure_to_note(on)
    message_id = await chat.send(on, quiz.chat_id, reply, thread_id=quiz.thread_id, silent=False)
    async with on.db.transaction() as tx:
        quiz = await quizzes.get(tx, quiz.id)
        await quizzes.put(tx, replace(quiz, card_message_id=message_id, card_drawn_at=now, card_stale=False))
    return True


async def _redraw(on: Dependencies, quiz: Quiz, now: datetime) -> bool:
    async with on.db.transaction() as tx:
        quiz = await quizzes.get(tx, quiz.id)
        await quizzes.put(tx, replace(quiz, card_stale=False, card_drawn_at=now))
    assert quiz.card_message_id is not None, "it was shown"
    if quiz.stage is Stage.JOINING:
        await chat.edit(on, quiz.chat_id, quiz.card_message_id, await shown(on, quiz, now))
    return True


async def _take_back(on: Dependencies, quiz: Quiz, reply: Reply, now: datetime) -> bool:
    if quiz.card_message_id is not None:
        await chat.edit(on, quiz.chat_id, quiz.card_message_id, reply)
    async with on.db.transaction() as tx:
        quiz = await quizzes.get(tx, quiz.id)
        await quizzes.put(tx, ending.over(quiz, quiz.ended_because or Ended.STOPPED, now))
    return False


def _is_stale(quiz: Quiz, now: datetime) -> bool:
    """Whether the card shows less than there is: who joined, what was chosen, how many seconds are left."""
    if quiz.card_stale or quiz.starts_at is None or quiz.card_drawn_at is None:
        return quiz.card_stale
    marks = [quiz.starts_at - left for left in _COUNTDOWN]
    return any(quiz.card_drawn_at < mark <= now for mark in marks)


def _may_redraw(quiz: Quiz) -> datetime:
    return (quiz.card_drawn_at or quiz.created_at) + rules.CARD_REDRAWN_AFTER


def _next(quiz: Quiz, now: datetime) -> datetime:
    """When time next has something to do with the card."""
    moments = [quiz.closes_unjoined_at if quiz.starts_at is None else quiz.starts_at]
    if quiz.starts_at is not None:
        moments += [quiz.starts_at - left for left in _COUNTDOWN]
    if _is_stale(quiz, now):
        moments.append(_may_redraw(quiz))
    return min(moment for moment in moments if moment > now)


def _all(on: Dependencies) -> list[Question]:
    return [one for one in on.bank.live if rules.is_askable(one)]


async def _names(on: Dependencies, quiz: Quiz) -> Sequence[str]:
    async with on.db.transaction() as tx:
        return [each.name for each in await quizzes.entrants(tx, quiz.id)]
