"""The heartbeat of daily quizzes: each begins at its moment, once a study day, unless nobody wants it any more."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from telegram.error import BadRequest, ChatMigrated, Forbidden

from handlers.kit import chat
from handlers.kit.context import Dependencies
from handlers.kit.noting import sure_to_note
from handlers.kit.reply import Reply
from handlers.quiz import starting
from handlers.quiz.figures import stem_of
from handlers.quiz.group_streaks import read_streak
from handlers.quiz_daily import views
from handlers.quiz_daily.views import Week
from interview.board import Span, begins_at
from interview.day import study_day
from interview.group import Group
from interview.group_streak import reaches_before
from interview.quiz_daily import LATE_AT_MOST, QuizDaily, last_due, next_after, week_of
from interview.quiz_figures import hardest, most_improved
from storage import boards, groups, quiz_dailies, quizzes
from storage.database import Stuck, Transaction
from storage.touch import touch

BATCH = 50
AGAIN_AFTER = timedelta(minutes=1)
_WEEK = timedelta(days=7)

log = logging.getLogger(__name__)


async def beat(on: Dependencies, now: datetime) -> bool:
    """Begin a batch of what is due; whether more waits: more of them, or quizzes with their first question.

    A group that is slow to be written to, with word of last week, goes on alone.
    """
    async with on.db.transaction() as tx:
        # what is under way is due still, and must not hide the others
        due = await quiz_dailies.due(tx, now, BATCH + len(on.underway))
    begun = [
        on.underway.begin(
            ("daily quiz", daily.group_id, daily.thread_id), partial(_try_to_bring, on, daily, now)
        )
        for daily in due
    ]
    await on.underway.settle()
    return any(begun)


async def next_due(on: Dependencies) -> datetime | None:
    """When the next one of any group is due."""
    async with on.db.transaction() as tx:
        return await quiz_dailies.next_at(tx)


async def _try_to_bring(on: Dependencies, daily: QuizDaily, now: datetime) -> None:
    try:
        await _bring(on, daily, now)
    except Stuck:
        raise  # it is the disk’s fault, and comes when that is well again
    except Exception as trouble:  # noqa: BLE001 - whatever it is with one group, the others are owed theirs
        log.error("the daily quiz of group %d failed (%s)", daily.group_id, type(trouble).__name__)
        await _put(on, daily, replace(daily, next_at=now + AGAIN_AFTER))


async def _bring(on: Dependencies, daily: QuizDaily, now: datetime) -> None:
    """One that is due is begun, or left out for good reason; then the next is planned."""
    async with on.db.transaction() as tx:
        group = await groups.get(tx, daily.group_id)
        planned, day = last_due(daily, now, group.zone)
        had = await quiz_dailies.had_quiz(tx, group.id, daily.thread_id, day)
        unplayed = await _unplayed(tx, daily, day)
    begun = replace(daily, unplayed=unplayed, last_on=day)
    if had or (daily.last_on is not None and day <= daily.last_on):
        await _put(on, daily, replace(begun if had else daily, next_at=next_after(begun, now, group.zone)))
    elif begun.rests:
        await _rest(on, daily, begun)
    elif now - planned > LATE_AT_MOST:
        log.info("the daily quiz of group %d is left out: it would be too late", group.id)
        await _put(on, daily, replace(daily, next_at=next_after(begun, now, group.zone)))
    elif await _begin(on, daily, group, day, now):
        await _put(on, daily, replace(begun, next_at=next_after(begun, now, group.zone)))
    else:
        await _put(on, daily, replace(daily, next_at=now + AGAIN_AFTER))


async def _unplayed(tx: Transaction, daily: QuizDaily, day: date) -> int:
    """How many in a row nobody played, up to the newest that began before this day's."""
    if daily.last_on is None or daily.last_on >= day:
        return daily.unplayed
    played = await quiz_dailies.was_played(tx, daily.group_id, daily.thread_id, daily.last_on)
    return 0 if played else daily.unplayed + 1


async def _begin(on: Dependencies, daily: QuizDaily, group: Group, day: date, now: datetime) -> bool:
    """Whether the day's quiz is under way: not while another runs in that thread."""
    async with on.db.transaction() as tx:
        if await quizzes.running_in(tx, group.id, daily.thread_id) is not None:
            return False
    if not any(starting.askable(on, daily.topic, daily.facet)):
        log.warning("the daily quiz of group %d has no questions any more", group.id)
        return True
    if group.digest_on != week_of(day) and not await _tell_week(on, daily, group, day, now):
        return False
    begun = await starting.begin_daily(
        on, group, daily.thread_id, daily.topic, daily.facet, daily.size, day, now
    )
    return begun is not None


async def _tell_week(on: Dependencies, daily: QuizDaily, group: Group, day: date, now: datetime) -> bool:
    """The week before, ahead of the first quiz of this one. A copy is possible where the process dies in between."""
    async with on.db.transaction() as tx:
        reply = views.digest(await _week(tx, on, group, day, now))
        await touch(tx)  # what could not be noted afterwards is not said
    if reply is not None and not await _say(on, daily, reply):
        return False
    async with on.db.transaction() as tx:
        await groups.put(tx, replace(await groups.get(tx, group.id), digest_on=week_of(day)))
    return True


async def _week(tx: Transaction, on: Dependencies, group: Group, day: date, now: datetime) -> Week:
    """The week before the one that `day` lies in."""
    this, last, before = (begins_at(Span.WEEK, day - n * _WEEK, group.zone) for n in range(3))
    hard = hardest(await boards.chosen(tx, group.id, last, this), 1)
    improved = most_improved(
        await boards.records(tx, group.id, before, last), await boards.records(tx, group.id, last, this)
    )
    streak = await read_streak(tx, group, now)
    monday = day - timedelta(days=day.weekday())
    return Week(
        (hard[0], stem_of(on.bank, hard[0].question_id)) if hard else None,
        improved,
        streak if reaches_before(streak, monday, study_day(now, group.zone)) else None,
    )


async def _rest(on: Dependencies, daily: QuizDaily, begun: QuizDaily) -> None:
    """Say that it pauses, then let it. A copy is possible where the process dies in between, none is lost."""
    await sure_to_note(on)
    if await _say(on, daily, views.rests()):
        await _put(on, daily, replace(daily, unplayed=begun.unplayed, next_at=None))


async def _say(on: Dependencies, daily: QuizDaily, reply: Reply) -> bool:
    """Whether that is done with, be it that the group does not let us speak; not done where it has just moved."""
    try:
        await chat.send(on, daily.group_id, reply, thread_id=daily.thread_id)
    except ChatMigrated as moved:
        async with on.db.transaction() as tx:
            await groups.migrate(tx, daily.group_id, moved.new_chat_id)
        return False
    except (Forbidden, BadRequest) as refused:
        log.info("group %d does not let us speak: %s", daily.group_id, refused.message)
    return True


async def _put(on: Dependencies, daily: QuizDaily, then: QuizDaily) -> None:
    """Write it down, unless it was ended meanwhile, or the group has moved with it. What was chosen anew meanwhile
    stands; of that it learns only which day has had its quiz."""
    async with on.db.transaction() as tx:
        known = await quiz_dailies.find(tx, daily.group_id, daily.thread_id)
        if known is not None:
            await quiz_dailies.put(tx, then if known == daily else replace(known, last_on=then.last_on))
