"""Putting a question to a learner: choose it, write it down, send it, note the message."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from handlers.asking import from_quiz, state, views
from handlers.asking.next_question import choose
from handlers.asking.notes import read_notes
from handlers.asking.presses import EveryDay
from handlers.asking.streaks import read_streak
from handlers.kit.context import Context, Dependencies
from handlers.kit.reaching import reach
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, Reply
from interview.asking import LATE_IS_SAID, Asking, Purpose, Step
from interview.learner import Learner
from interview.rhythm import Pace
from interview.selection import Choice
from storage import asked_days, askings, cards, learners, set_aside, snoozes
from storage.database import Transaction
from storage.touch import touch

NOTHING_LEFT = "There is no question left for today. /topic lists all topics."


async def put_practice(tx: Transaction, context: Context) -> Asking:
    """One more question, outside the daily; a Refusal where there is none.

    Run again for the same update it finds what it put the first time.
    """
    before = await askings.find_caused_by(tx, context.learner_id, context.update.update_id)
    if before is not None:
        return before
    learner = await learners.get(tx, context.learner_id)
    choice = await choose(tx, context.on, learner, learner.today(context.now))
    if choice is None:
        raise Refusal(NOTHING_LEFT)
    return await put_this(tx, context, choice.question_id, views.why(choice.because))


async def put_this(tx: Transaction, context: Context, question_id: str, because: str) -> Asking:
    """This very question, outside the daily; run again for the same update, what it put the first time."""
    before = await askings.find_caused_by(tx, context.learner_id, context.update.update_id)
    if before is not None:
        return before
    learner = await learners.get(tx, context.learner_id)
    asking = await askings.add(
        tx,
        learner.id,
        question_id,
        Purpose.PRACTICE,
        because=because,
        study_day=learner.today(context.now),
        now=context.now,
        caused_by=context.update.update_id,
    )
    assert asking is not None, "practice has no slot that could be taken"
    return asking


async def put_daily(
    tx: Transaction, on: Dependencies, learner: Learner, now: datetime, *, day: date, slot: int = 0
) -> Asking | None:
    """A daily of a study day, once: what stands in its slot already is left as it is. None where the bank is empty.

    Writes the learner's next daily too. What there is to announce rides along in the first of a day.
    """
    asking = await asked_days.find_daily(tx, learner.id, day, slot)
    if asking is None and (choice := await choose(tx, on, learner, day, slot=slot)) is not None:
        note = ""
        if slot == 0:
            note = await read_notes(tx, on, learner, day, await read_streak(tx, learner, day))
        asking = await _add_daily(tx, learner, choice, now, day=day, slot=slot, note=note)
    elif asking is not None and asking.rating is None and await _is_gone(tx, on, asking):
        asking = await _ask_instead(tx, on, learner, asking, day)
    await _plan(tx, learner, now, day)
    return asking


async def put_owed(
    tx: Transaction,
    on: Dependencies,
    learner: Learner,
    now: datetime,
    *,
    day: date,
    late: bool,
    until: datetime,
) -> state.State | None:
    """The first daily of a study day, for the heartbeat to send with `send_owed`; should it come to nothing, another
    beat finds it unsent `until` then. None where there is nothing new to send: it stood there, or the bank is empty.

    Nobody else sends it meanwhile: it is `on.alone`'s from now on, also where the transaction fails.
    """
    choice = None
    if await asked_days.find_daily(tx, learner.id, day) is None:
        choice = await choose(tx, on, learner, day, slot=0)
    if choice is None:
        await put_daily(tx, on, learner, now, day=day)
        return None
    streak = await read_streak(tx, learner, day)
    asking = await _add_daily(
        tx,
        learner,
        choice,
        now,
        day=day,
        slot=0,
        note=await read_notes(tx, on, learner, day, streak),
        late=late,
        claimed_until=until,
    )
    assert asking is not None, "nothing stood in its slot a moment ago"
    planned = await _plan(tx, learner, now, day)
    today = planned.today(now)
    found = await from_quiz.remember(
        tx, on, state.Found(planned, asking, on.bank.get(asking.question_id), today)
    )
    if today != day:
        streak = await read_streak(tx, planned, today)
    await on.alone.take(asking.id)
    return state.to_ask(on, found, streak)


async def _add_daily(
    tx: Transaction,
    learner: Learner,
    choice: Choice,
    now: datetime,
    *,
    day: date,
    slot: int,
    note: str,
    late: bool = False,
    claimed_until: datetime | None = None,
) -> Asking | None:
    return await askings.add(
        tx,
        learner.id,
        choice.question_id,
        Purpose.DAILY,
        because=views.why(choice.because),
        study_day=day,
        now=now,
        slot=slot,
        claimed_until=claimed_until,
        late=late,
        note=note,
    )


async def _plan(tx: Transaction, learner: Learner, now: datetime, day: date) -> Learner:
    """Write down that the study day has had its daily, and what comes next when."""
    asked = learner.asked(day)
    planned = replace(asked, next_daily_at=asked.daily_after(now), next_reminder_at=asked.reminder_after(now))
    await learners.put_plan(tx, planned)
    return planned


async def _is_gone(tx: Transaction, on: Dependencies, asking: Asking) -> bool:
    """Whether the question has left the bank, the learner does not want to see it again, or rated it elsewhere."""
    aside = await set_aside.has(tx, asking.learner_id, asking.question_id)
    if aside or on.bank.find(asking.question_id) is None:
        return True
    card = await cards.find(tx, asking.learner_id, asking.question_id)
    rated = card is not None and card.reviewed_on >= asking.study_day
    return rated and asking.step is Step.ASKED


async def _ask_instead(
    tx: Transaction, on: Dependencies, learner: Learner, asking: Asking, day: date
) -> Asking | None:
    """Ask another question in its place, in a message of its own."""
    choice = await choose(tx, on, learner, day, slot=asking.slot)
    if choice is None:
        return None
    await askings.replace_question(tx, asking.id, choice.question_id, views.why(choice.because))
    return await askings.get(tx, asking.id, learner.id)


async def go_on_with_daily(context: Context, asking: Asking) -> None:
    """After one of several dailies of today: the next, without a sound. Run again it sends only what was not sent."""
    if asking.slot is None:
        return
    on = context.on
    async with on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        if asking.study_day != learner.today(context.now) or asking.slot + 1 >= learner.daily_count:
            return
        following = await put_daily(tx, on, learner, context.now, day=asking.study_day, slot=asking.slot + 1)
    if following is not None and following.message_id is None:
        await deliver(on, following, context.now)


async def deliver(on: Dependencies, asking: Asking, now: datetime) -> None:
    """Send the question and note its message. Someone who blocked the bot is left alone until they come back.

    Where the heartbeat and the learner want it at the same time, it is sent once.
    """
    async with on.alone(asking.id):
        async with on.db.transaction() as tx:
            found = await state.find(tx, on, asking.learner_id, asking.id, now)
            if found.asking.message_id is not None:
                return
            found = await from_quiz.remember(tx, on, found)
            known = await state.read_to_ask(tx, on, found)
            await touch(tx)  # what could not be noted afterwards is not said
        await _deliver(on, asking, known, now)


async def send_owed(on: Dependencies, known: state.State, now: datetime) -> None:
    """Send what `put_owed` has put, and note its message."""
    try:
        await _deliver(on, known.asking, known, now)
    finally:
        on.alone.leave(known.asking.id)


async def _deliver(on: Dependencies, asking: Asking, known: state.State, now: datetime) -> None:
    late = asking.late or (asking.purpose is Purpose.DAILY and now - asking.asked_at > LATE_IS_SAID)
    reply = replace(known, asking=replace(known.asking, late=late)).reply(in_place=True)
    if asking.slot == 0 and known.learner.rhythm.pace(asking.study_day) is not Pace.EVERY_DAY:
        reply = _with_a_way_back(reply, asking)
    message_id = await reach(on, asking.learner_id, reply, now, silent=asking.slot != 0)
    if message_id is None:
        async with on.db.transaction() as tx:
            await askings.mark_unsendable(tx, asking.id)
        return
    await _note(on, asking, message_id)


def _with_a_way_back(reply: Reply, asking: Asking) -> Reply:
    """The dailies have become fewer: one tap makes them daily again."""
    assert isinstance(reply.buttons, tuple), "a question has inline buttons"
    return replace(reply, buttons=(*reply.buttons, (Button("Every day again", EveryDay(asking.id)),)))


async def bring_again(on: Dependencies, asking: Asking, now: datetime, *, snoozed: bool = False) -> None:
    """Show an asking once more, in a new message that takes over from the old one.

    With a sound, and as often as it was `snoozed`: once.
    """
    async with on.db.transaction() as tx:
        known = await state.read(tx, on, asking.learner_id, asking.id, now)
        await touch(tx)  # as above
    known = replace(known, asking=replace(known.asking, late=False, note=""))  # said when it first came
    message_id = await reach(on, asking.learner_id, known.reply(in_place=True), now, silent=not snoozed)
    if message_id is not None:
        await _note(on, asking, message_id)
    if snoozed:
        async with on.db.transaction() as tx:
            await snoozes.end(tx, asking.id)


async def _note(on: Dependencies, asking: Asking, message_id: int) -> None:
    async with on.db.transaction() as tx:
        await askings.mark_sent(tx, asking.id, message_id, on.now())
        await learners.await_nothing(tx, asking.learner_id)  # what is typed next is meant for this question
