"""A streak at risk: one silent line in the evening, and the tap that ends them."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import ClassVar

from telegram.error import TelegramError

from handlers.asking.presses import BringToday
from handlers.asking.streaks import read_streak
from handlers.kit import chat
from handlers.kit.context import Context, Dependencies
from handlers.kit.feature import Feature, Heartbeat
from handlers.kit.press import Press
from handlers.kit.reaching import reach
from handlers.kit.reply import Button, Reply
from interview.asking import Asking
from interview.learner import Learner
from interview.reminder import LEAST_STREAK, by_day, near
from interview.streak import Streak
from interview.words import plural
from storage import asked_days, learners
from storage.database import Stuck, Transaction

BATCH = 100
RETRY_AFTER = timedelta(minutes=1)
TROUBLE_RESTS = timedelta(hours=1)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SetReminders(Press):
    """Remind me when a streak is at risk (1), or never (0)."""

    name: ClassVar[str] = "remind"
    wanted: int


async def beat(on: Dependencies, now: datetime) -> bool:
    """Remind a batch of those who are to be reminded by now; whether more wait.

    A day on which nobody needs it costs one look at each learner.
    """
    waiting = await _waiting(on, now)
    claimed = [(each, await _try_to_claim(on, each, now)) for each in waiting]
    await asyncio.gather(*(_remind(on, each, streak, now) for each, streak in claimed if streak))
    return len(waiting) == BATCH


async def next_due(on: Dependencies) -> datetime | None:
    """When the next learner is to be looked at."""
    async with on.db.transaction() as tx:
        return await learners.next_reminder_at(tx)


async def set_reminders(context: Context, press: SetReminders) -> None:
    """Switch them off or on again, in the message that asked."""
    async with context.on.db.transaction() as tx:
        learner = replace(await learners.get(tx, context.learner_id), reminders=bool(press.wanted))
        learner = learner.planned(context.now)
        await learners.put(tx, learner)
    await chat.respond(context, _switched(learner))


async def _waiting(on: Dependencies, now: datetime) -> list[int]:
    async with on.db.transaction() as tx:
        return await learners.ids_due_for_reminder(tx, now, BATCH)


async def _try_to_claim(on: Dependencies, learner_id: int, now: datetime) -> Streak | None:
    try:
        async with on.db.transaction() as tx:
            return await _claim(tx, await learners.get(tx, learner_id), now)
    except Stuck:
        raise  # it is the disk’s fault, and comes when that is well again
    except Exception as trouble:  # noqa: BLE001 - whatever it is with one learner, the others are owed theirs
        log.error("the reminder of learner %d failed (%s)", learner_id, type(trouble).__name__)
        async with on.db.transaction() as tx:
            await learners.postpone_reminder(tx, learner_id, now + TROUBLE_RESTS)
        return None


async def _claim(tx: Transaction, learner: Learner, now: datetime) -> Streak | None:
    """The streak to speak of, which is then this heartbeat's for a minute; None settles the day without a word."""
    today = learner.today(now)
    planned = learner.reminder_on(today)
    owed = learner.last_reminder_on is None or learner.last_reminder_on < today
    if planned is None or planned > now or not owed:  # the hour, the zone, the pace have changed since
        await learners.put(tx, learner.planned(now))
        return None
    streak = await _at_risk(tx, learner, today, now)
    if streak is None:
        await learners.put(tx, replace(learner, last_reminder_on=today).planned(now))
    else:
        await learners.postpone_reminder(tx, learner.id, now + RETRY_AFTER)
    return streak


async def _at_risk(tx: Transaction, learner: Learner, today: date, now: datetime) -> Streak | None:
    """A streak worth a message that has nothing today, where the hour and the daily leave room for one."""
    if not learner.reminders or not by_day(now, learner.zone):
        return None
    daily = await asked_days.last_daily(tx, learner.id)
    if _is_near(daily, learner, now) or _came_late(daily, learner, today):
        return None
    streak = await read_streak(tx, learner, today)
    return streak if streak.at_risk and streak.length >= LEAST_STREAK else None


def _is_near(daily: Asking | None, learner: Learner, now: datetime) -> bool:
    moments = [learner.next_daily_at]
    if daily is not None:
        moments += [daily.asked_at, daily.sent_at, daily.snoozed_until]
    return any(near(moment, now) for moment in moments if moment is not None)


def _came_late(daily: Asking | None, learner: Learner, today: date) -> bool:
    """Whether the day before sent its daily only today: with today's own that makes two messages already."""
    if daily is None or daily.sent_at is None or daily.study_day >= today:
        return False
    return learner.today(daily.sent_at) == today


async def _remind(on: Dependencies, learner_id: int, streak: Streak, now: datetime) -> None:
    """Send it, then settle the day. A copy is possible where the process dies in between, none is lost."""
    try:
        reached = await reach(on, learner_id, _reminder(streak), now)
    except TelegramError as failed:
        # Stays claimed for a minute, then it is looked at again
        log.warning("learner %d could not be reminded: %s", learner_id, type(failed).__name__)
        return
    if reached is None:
        return
    async with on.db.transaction() as tx:
        learner = await learners.find(tx, learner_id)
        if learner is not None:
            await learners.put(tx, replace(learner, last_reminder_on=learner.today(now)).planned(now))


def _reminder(streak: Streak) -> Reply:
    otherwise = "Without one a freeze steps in." if streak.freezes else "Without one it begins anew tomorrow."
    text = f"🔥 {plural(streak.length, 'day')} in a row. One question today keeps your streak. {otherwise}"
    return Reply(
        text, ((Button("Today’s question", BringToday()), Button("No more reminders", SetReminders(0))),)
    )


def _switched(learner: Learner) -> Reply:
    if not learner.reminders:
        text = "No more reminders. Your daily question comes as before."
        return Reply(text, ((Button("Remind me again", SetReminders(1)),),))
    text = (
        f"I remind you at {learner.reminder_time:%H:%M} when a streak of {LEAST_STREAK} days or more is at risk:"
        " without a sound, once a day at most."
    )
    return Reply(text, ((Button("No more reminders", SetReminders(0)),),))


FEATURE = Feature(
    name="reminding", presses={SetReminders: set_reminders}, heartbeat=Heartbeat(beat, next_due)
)
