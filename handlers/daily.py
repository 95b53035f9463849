"""The daily: a question at the learner's own hour, exactly once a study day."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from typing import Any

from telegram.error import TelegramError

from handlers.asking import state
from handlers.asking.after_daily import REVIEW, read_due
from handlers.asking.ask import bring_again, deliver, put_daily, put_owed, put_this, send_owed
from handlers.asking.presses import AskAnother, AskDue, BringToday, EveryDay
from handlers.asking.rate import read_unless_one_waits
from handlers.asking.show import redraw
from handlers.asking.state import State
from handlers.kit import chat
from handlers.kit.context import Context, Dependencies
from handlers.kit.feature import Called, Feature, Heartbeat
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, Reply
from interview.asking import LATE_IS_SAID, Asking, Step
from interview.day import study_day
from interview.learner import Learner
from storage import askings, learners, unsent
from storage.database import Stuck, Transaction

log = logging.getLogger(__name__)

LATE_AT_MOST = timedelta(hours=3)  # a daily that an outage held up longer is left out
BATCH = 100
CLAIMED_AT_ONCE = 20  # in one transaction, which nobody should have to wait for long
RETRY_AFTER = timedelta(minutes=1)
TROUBLE_RESTS = timedelta(hours=1)
NOTHING_DUE = "Nothing more is due today. /topic has drills for whoever wants more."


async def beat(on: Dependencies, now: datetime) -> bool:
    """Put a batch of the dailies that are due and send them, with one of what waits to be sent; whether more waits.

    What has been put is on its way while more is put.
    """
    claimed = 0
    left: Sequence[Asking] = ()
    sending: list[asyncio.Future[list[BaseException | None]]] = []
    try:
        while claimed < BATCH:
            count, put = await _claim(on, now)
            if not count:
                break
            claimed += count
            sending.append(_all_of(_try(on, each.asking, partial(send_owed, on, each, now)) for each in put))
        left = await _left(on, now)
        sending.append(_all_of(_try(on, asking, partial(_deliver, on, asking, now)) for asking in left))
    except asyncio.CancelledError:
        for each in sending:
            each.cancel()
        raise
    finally:
        ended = await asyncio.gather(*sending)
    for trouble in chain.from_iterable(ended):
        if trouble is not None:
            raise trouble
    return claimed >= BATCH or len(left) == BATCH


async def next_due(on: Dependencies) -> datetime | None:
    """When the next daily is to be put or sent."""
    async with on.db.transaction() as tx:
        moments = (await learners.next_daily_at(tx), await unsent.next_send_after(tx))
    return min((moment for moment in moments if moment is not None), default=None)


async def bring_today(context: Context, _: BringToday | str = "") -> None:
    """Today's question again, in a new message; or for the first time, when its hour has not come yet."""
    on = context.on
    async with on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        asking = await _todays(tx, context, learner)
        learner = await learners.get(tx, context.learner_id)
    await chat.answer(context)
    if asking is None:
        raise Refusal("There is no question I could ask you. Choose other topics in /settings.")
    if asking.step is Step.RATED:
        await chat.send(on, context.learner_id, _done(asking, learner))
    elif asking.message_id is None:
        await deliver(on, asking, context.now)
    else:
        await bring_again(on, asking, context.now)


async def every_day(context: Context, press: EveryDay) -> None:
    """Ask every day again. The tap has brought that about already, as anything done here does; this says so."""
    on = context.on
    async with on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        known = await state.read(tx, on, learner.id, press.asking_id, context.now)
        await askings.put_note(tx, press.asking_id, f"Every day again. {_next(learner)}")
        known = await state.read(tx, on, learner.id, press.asking_id, context.now)

    await redraw(context, known, toast="Every day again: good to have you back.")


async def ask_due(context: Context, press: AskDue) -> None:
    """After the dailies: the due question that is most likely forgotten, unless one is waiting already."""
    on = context.on
    async with on.db.transaction() as tx:
        known = await read_unless_one_waits(tx, context, press)
        asking = await askings.find_caused_by(tx, known.learner.id, context.update.update_id)
        if asking is None:
            due = await read_due(tx, on, known.learner, known.today)
            if not due:
                raise Refusal(NOTHING_DUE)
            asking = await put_this(tx, context, due[0], REVIEW)

    await chat.answer(context)
    if asking.message_id is None:
        await deliver(on, asking, context.now)


async def _todays(tx: Transaction, context: Context, learner: Learner) -> Asking | None:
    """The first daily of today that is not done yet, put if need be; the last one when all are done."""
    asking = None
    for slot in range(learner.daily_count):
        asking = await put_daily(
            tx,
            context.on,
            learner,
            context.now,
            day=learner.today(context.now),
            slot=slot,
        )
        if asking is None or asking.step not in (Step.RATED, Step.SKIPPED):
            return asking
        learner = await learners.get(tx, learner.id)
    if asking is not None and asking.step is Step.SKIPPED:
        await askings.mark_unskipped(tx, asking.id)
        return await askings.get(tx, asking.id, learner.id)
    return asking


async def _claim(on: Dependencies, now: datetime) -> tuple[int, list[State]]:
    """Write down a batch of dailies that are due, and each learner's next.

    How many learners that was, and what is now ours to send.
    """
    try:
        return await _put_all(on, now, lambda tx: learners.due_for_daily(tx, now, CLAIMED_AT_ONCE))
    except Stuck:
        raise  # it is the disk's fault, and nobody's daily can be written
    except Exception as trouble:  # noqa: BLE001 - whatever it is with one learner, the others are owed theirs
        log.error("a batch of dailies failed (%s), each is tried by itself", type(trouble).__name__)
        return await _claim_one_by_one(on, now)


async def _claim_one_by_one(on: Dependencies, now: datetime) -> tuple[int, list[State]]:
    async with on.db.transaction() as tx:
        due = await learners.ids_due_for_daily(tx, now, CLAIMED_AT_ONCE)
    put: list[State] = []
    for learner_id in due:
        try:
            put += (await _put_all(on, now, partial(_read_one, learner_id)))[1]
        except Stuck:
            raise
        except Exception as trouble:  # noqa: BLE001 - as above
            log.error("the daily of learner %d failed (%s)", learner_id, type(trouble).__name__)
            async with on.db.transaction() as tx:
                await learners.postpone_daily(tx, learner_id, now + TROUBLE_RESTS)
    return len(due), put


async def _read_one(learner_id: int, tx: Transaction) -> Sequence[Learner]:
    return [await learners.get(tx, learner_id)]


async def _put_all(
    on: Dependencies, now: datetime, read: Callable[[Transaction], Awaitable[Sequence[Learner]]]
) -> tuple[int, list[State]]:
    """The dailies of all those learners in one transaction; how many learners, and what is now ours to send."""
    put: list[State] = []
    try:
        async with on.db.transaction() as tx:
            due = await read(tx)
            for learner in due:
                known = await _put(tx, on, learner, now)
                if known is not None:
                    put.append(known)
    except BaseException:
        for each in put:
            on.alone.leave(each.asking.id)
        raise
    return len(due), put


async def _put(tx: Transaction, on: Dependencies, learner: Learner, now: datetime) -> State | None:
    assert learner.next_daily_at is not None, "only learners with a daily are due"
    held_up = now - learner.next_daily_at
    day = study_day(learner.next_daily_at, learner.zone)
    if held_up > LATE_AT_MOST or not learner.rhythm.wants(day):
        await learners.put(tx, replace(learner, next_daily_at=learner.daily_after(now)))
        return None
    return await put_owed(tx, on, learner, now, day=day, late=held_up > LATE_IS_SAID, until=now + RETRY_AFTER)


async def _left(on: Dependencies, now: datetime) -> Sequence[Asking]:
    async with on.db.transaction() as tx:
        return await unsent.claim(tx, now, until=now + RETRY_AFTER, limit=BATCH)


async def _deliver(on: Dependencies, asking: Asking, now: datetime) -> None:
    if now - asking.asked_at > LATE_AT_MOST:
        raise Refusal("too late for that day")
    if asking.step is not Step.ASKED:
        raise Refusal("it came, as it was dealt with; only word of that was lost")
    await deliver(on, asking, now)


def _all_of(sending: Iterable[Coroutine[Any, Any, None]]) -> asyncio.Future[list[BaseException | None]]:
    """They begin now; what became of each."""
    return asyncio.gather(*sending, return_exceptions=True)


async def _try(on: Dependencies, asking: Asking, send: Callable[[], Awaitable[None]]) -> None:
    try:
        await send()
    except Refusal as refused:
        log.info("asking %s is not sent: %s", asking.id, refused.sentence)
        async with on.db.transaction() as tx:
            await askings.mark_unsendable(tx, asking.id)
    except TelegramError as failed:
        # Stays claimed for a minute, then a heartbeat tries again
        log.warning(
            "asking %s could not be sent, trying again in a minute: %s", asking.id, type(failed).__name__
        )


def _done(asking: Asking, learner: Learner) -> Reply:
    assert asking.rating is not None
    text = f"Today’s question is done: you rated it “{asking.rating.label}”. {_next(learner)}"
    return Reply(text, ((Button("Another", AskAnother(asking.id)),),))


def _next(learner: Learner) -> str:
    assert learner.next_daily_at is not None, "whoever has just done something has a next daily"
    at = learner.next_daily_at.astimezone(learner.zone)
    return f"The next one comes {at:%A} at {at:%H:%M}."


FEATURE = Feature(
    name="daily",
    commands=(Called("today", "today’s question again", bring_today),),
    presses={BringToday: bring_today, EveryDay: every_day, AskDue: ask_due},
    heartbeat=Heartbeat(beat, next_due),
)
