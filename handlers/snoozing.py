"""Snooze: today's question once more, in an hour or tonight, instead of now."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from telegram.error import TelegramError

from handlers.asking import menu, menu_views, state
from handlers.asking.ask import bring_again
from handlers.asking.presses import SnoozeDaily
from handlers.kit import chat
from handlers.kit.context import Context, Dependencies
from handlers.kit.feature import Feature, Heartbeat
from handlers.kit.refusal import Refusal
from interview.asking import Asking, Step
from interview.learner import Learner
from interview.reminder import near
from interview.snooze import Snooze, can_wait, snoozed_until
from storage import learners, snoozes
from storage.database import Stuck, Transaction

BATCH = 100
RETRY_AFTER = timedelta(minutes=1)
NOT_OPEN = "Only today’s question can be snoozed, while it is open. /today brings it."
TOO_LATE = {
    Snooze.HOUR: "Your day ends at 04:00, before that: answer now, or leave it. Tomorrow brings another question.",
    Snooze.TONIGHT: "It is evening already: “In 1 h” brings it again, or answer it now.",
}
CAME_AGAIN = "It came again, as you wished: answer it there."
MOVED_ON = "This question stands further below by now: snooze it there."

log = logging.getLogger(__name__)


async def snooze(context: Context, press: SnoozeDaily) -> None:
    """Bring today's question again later. An hour runs from the first tap."""
    async with context.on.db.transaction() as tx:
        known = await menu.read(tx, context, press)
        until = _until(context, press, known.asking, known.learner)
        await snoozes.put(tx, press.asking_id, until)

    there = until.astimezone(known.learner.zone)
    shown = menu.as_it_stands(context, known)
    assert isinstance(shown.buttons, tuple), "a question has inline buttons"
    note = f"I bring it again at {there:%H:%M}. You can still answer now."
    await chat.respond(context, menu_views.noted(shown, note, shown.buttons))


async def beat(on: Dependencies, now: datetime) -> bool:
    """Bring again a batch of what its learners wanted to see by now; whether more waits."""
    waiting = await _waiting(on, now)
    for asking_id, learner_id in waiting:
        await _bring(on, asking_id, learner_id, now)
    return len(waiting) == BATCH


async def next_due(on: Dependencies) -> datetime | None:
    """When the next question is to be brought again."""
    async with on.db.transaction() as tx:
        return await snoozes.next_at(tx)


def _until(context: Context, press: SnoozeDaily, asking: Asking, learner: Learner) -> datetime:
    """The moment that is meant; run twice, or tapped twice, it is the same."""
    now = context.now
    if not can_wait(asking, learner.today(now)):
        raise Refusal(NOT_OPEN)
    if asking.message_id != context.message.message_id:
        raise Refusal(MOVED_ON)
    until = snoozed_until(press.how, now, learner.zone)
    if until is None:
        raise Refusal(TOO_LATE[press.how])
    if press.how is Snooze.HOUR and asking.snoozed_until is not None:
        return min(until, asking.snoozed_until)
    return until


async def _waiting(on: Dependencies, now: datetime) -> list[tuple[int, int]]:
    async with on.db.transaction() as tx:
        return await snoozes.due(tx, now, BATCH)


async def _bring(on: Dependencies, asking_id: int, learner_id: int, now: datetime) -> None:
    try:
        async with on.db.transaction() as tx:
            asking = await _claim(tx, on, asking_id, learner_id, now)
        if asking is not None:
            await bring_again(on, asking, now, snoozed=True)
    except TelegramError as failed:
        # Stays claimed for a minute, then a heartbeat tries again
        log.warning("asking %d could not be brought again: %s", asking_id, type(failed).__name__)
        return
    except Stuck:
        raise  # it is the disk’s fault, and comes when that is well again
    except Exception as trouble:  # noqa: BLE001 - whatever it is with one learner, the others are owed theirs
        log.warning("asking %d is not brought again (%s)", asking_id, type(trouble).__name__)
        async with on.db.transaction() as tx:
            await snoozes.end(tx, asking_id)
        return
    if asking is not None and asking.message_id is not None:
        await _settle_old(on, asking, asking.message_id, now)


async def _claim(
    tx: Transaction, on: Dependencies, asking_id: int, learner_id: int, now: datetime
) -> Asking | None:
    """The asking, which is then this heartbeat's for a minute; None where it is no longer to be brought."""
    known = await state.read(tx, on, learner_id, asking_id, now)
    learner, today = known.learner, known.today
    wanted = can_wait(known.asking, today) and not known.aside and learner.unreachable_at is None
    wanted = wanted and not known.rated_elsewhere
    if not wanted or (learner.paused_until is not None and today < learner.paused_until):
        await snoozes.end(tx, asking_id)
        return None
    await snoozes.put(tx, asking_id, now + RETRY_AFTER)
    reminder = learner.reminder_on(today)
    if reminder is not None and near(reminder, now):  # this is reminder enough
        last = max(today, learner.last_reminder_on or today)
        await learners.put(tx, replace(learner, last_reminder_on=last).planned(now))
    return known.asking


async def _settle_old(on: Dependencies, asking: Asking, message_id: int, now: datetime) -> None:
    """Where it stood before it says no longer that it will come again, and has no buttons."""
    async with on.db.transaction() as tx:
        known = await state.read(tx, on, asking.learner_id, asking.id, now)
    try:
        if known.asking.step is Step.ASKED:
            await chat.edit(
                on,
                asking.learner_id,
                message_id,
                menu_views.noted(known.reply(in_place=True), CAME_AGAIN, ()),
            )
        else:
            await chat.drop_buttons(on, asking.learner_id, message_id)
    except TelegramError as failed:
        log.info("asking %d keeps its old buttons: %s", asking.id, type(failed).__name__)


FEATURE = Feature(name="snoozing", presses={SnoozeDaily: snooze}, heartbeat=Heartbeat(beat, next_due))
