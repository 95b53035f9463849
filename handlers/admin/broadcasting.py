"""Telling all learners something: typed, seen as it will look, confirmed, and sent little by little."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial

from telegram.error import BadRequest, RetryAfter, TelegramError

from handlers.admin import views
from handlers.admin.desk import BROADCAST
from handlers.admin.presses import SendBroadcast, ShowProgress, StopBroadcast, WriteBroadcast
from handlers.kit import chat
from handlers.kit.context import Context, Dependencies
from handlers.kit.reaching import reach
from handlers.kit.refusal import Refusal
from interview.learner import AWAIT_FOR
from storage import awaited, broadcasts
from storage.broadcasts import Broadcast, Progress
from storage.database import Transaction

A_SECOND = 28
"""So many are begun each second; how fast they go out is up to the bot's pace."""

ON_THEIR_WAY = 90
"""With so many unanswered nothing more is begun: Telegram, or the way there, is not well."""

PACE = timedelta(seconds=0.9)  # a heartbeat may come a little early
TROUBLE = timedelta(seconds=30)
GONE = "That broadcast is no longer here. /admin begins a new one."

log = logging.getLogger(__name__)


class _NoLongerWanted(Exception):
    """What ends a sending that has become pointless."""


async def ask_for_text(context: Context, _: WriteBroadcast) -> None:
    """Wait for what the operator types."""
    async with context.on.db.transaction() as tx:
        await awaited.put(tx, context.learner_id, BROADCAST, context.now + AWAIT_FOR)
    await chat.respond(context, views.asked_for_broadcast())


async def take_text(context: Context) -> None:
    """Keep it as a draft and show it as it will look. Run again it is the same draft, shown once."""
    on, message = context.on, context.message
    async with on.db.transaction() as tx:
        draft = await broadcasts.add(
            tx, context.learner_id, message.message_id, message.text_html, context.now
        )
        recipients = await broadcasts.reachable(tx)
    if draft.panel_message_id is None:
        await chat.send(on, context.learner_id, views.preview(draft))
        panel_id = await chat.send(on, context.learner_id, views.draft_panel(draft, recipients))
        async with on.db.transaction() as tx:
            await broadcasts.mark_panel(tx, draft.id, panel_id)
    async with on.db.transaction() as tx:
        # only now: what runs again before this is still taken for the draft
        await awaited.drop(tx, context.learner_id, BROADCAST)


async def send_broadcast(context: Context, press: SendBroadcast) -> None:
    """Write down who is to have it, once; the heartbeat sends."""
    async with context.on.db.transaction() as tx:
        draft = await _get(tx, press.broadcast_id)
        if draft.confirmed_at is None and draft.ended_at is None:
            await broadcasts.confirm(tx, draft.id, context.now)
        broadcast, progress = await _read(tx, draft.id)
    await chat.respond(context, views.progress_panel(broadcast, progress))


async def stop_broadcast(context: Context, press: StopBroadcast) -> None:
    """Send it to nobody else; what has arrived has arrived."""
    async with context.on.db.transaction() as tx:
        await _get(tx, press.broadcast_id)
        await broadcasts.mark_ended(tx, press.broadcast_id, context.now)
        broadcast, progress = await _read(tx, press.broadcast_id)
    await chat.respond(context, views.progress_panel(broadcast, progress))


async def show_progress(context: Context, press: ShowProgress) -> None:
    """How far it is."""
    async with context.on.db.transaction() as tx:
        await _get(tx, press.broadcast_id)
        broadcast, progress = await _read(tx, press.broadcast_id)
    await chat.respond(context, views.progress_panel(broadcast, progress))


async def beat(on: Dependencies, now: datetime) -> None:
    """Begin to send the next few of a broadcast that is due, and no others for a second.

    They go out beside each other and beside the next few: where Telegram takes a second to answer, to wait for each
    answer would make one a second.
    """
    async with on.db.transaction() as tx:
        broadcast = await broadcasts.due(tx, now)
        if broadcast is None:
            return
        await broadcasts.rest(tx, broadcast.id, now + PACE)
        left = await broadcasts.next_recipients(tx, broadcast.id, ON_THEIR_WAY)
    waiting = [each for each in left if (BROADCAST, broadcast.id, each) not in on.underway]
    for learner_id in waiting[:A_SECOND]:
        on.underway.begin(
            (BROADCAST, broadcast.id, learner_id), partial(_send, on, broadcast, learner_id, now)
        )
    await on.underway.settle()
    async with on.db.transaction() as tx:
        over = not await broadcasts.next_recipients(tx, broadcast.id, 1)
    if over:
        await _finish(on, broadcast, now)


async def next_due(on: Dependencies) -> datetime | None:
    """When the next few may go out."""
    async with on.db.transaction() as tx:
        return await broadcasts.next_at(tx)


async def _send(on: Dependencies, broadcast: Broadcast, learner_id: int, now: datetime) -> None:
    """Send it to one learner and note that; all of it rests where Telegram wants to be left alone for a while.

    When the process dies in between, those to whom it was on its way may get a second copy.
    """
    last_look = partial(_last_look, on, broadcast, learner_id)
    try:
        reached = await reach(on, learner_id, views.preview(broadcast), now, last_look=last_look) is not None
    except _NoLongerWanted:
        return
    except BadRequest as refused:
        log.error("broadcast %d was refused for learner %d: %s", broadcast.id, learner_id, refused.message)
        reached = False
    except TelegramError as trouble:
        log.warning("broadcast %d waits for Telegram (%s)", broadcast.id, type(trouble).__name__)
        async with on.db.transaction() as tx:
            await broadcasts.rest(tx, broadcast.id, now + _rest_after(trouble))
        return
    async with on.db.transaction() as tx:
        await broadcasts.mark_done(tx, broadcast.id, learner_id, reached=reached, now=now)


async def _last_look(on: Dependencies, broadcast: Broadcast, learner_id: int) -> None:
    """It may have been stopped, or the learner forgotten, while it waited for its turn."""
    async with on.db.transaction() as tx:
        if not await broadcasts.is_waited_for(tx, broadcast.id, learner_id):
            raise _NoLongerWanted


async def _finish(on: Dependencies, broadcast: Broadcast, now: datetime) -> None:
    """Everybody has had it, or it was stopped meanwhile: the panel says so."""
    async with on.db.transaction() as tx:
        await broadcasts.mark_ended(tx, broadcast.id, now)
        broadcast, progress = await _read(tx, broadcast.id)
    if broadcast.panel_message_id is None:
        return
    try:
        await chat.edit(
            on, broadcast.operator_id, broadcast.panel_message_id, views.progress_panel(broadcast, progress)
        )
    except TelegramError as unsaid:
        log.warning("the end of broadcast %d could not be shown: %s", broadcast.id, type(unsaid).__name__)


def _rest_after(trouble: TelegramError) -> timedelta:
    if not isinstance(trouble, RetryAfter):
        return TROUBLE
    asked = trouble.retry_after
    return asked if isinstance(asked, timedelta) else timedelta(seconds=asked)


async def _get(tx: Transaction, broadcast_id: int) -> Broadcast:
    broadcast = await broadcasts.find(tx, broadcast_id)
    if broadcast is None:
        raise Refusal(GONE)
    return broadcast


async def _read(tx: Transaction, broadcast_id: int) -> tuple[Broadcast, Progress]:
    return await _get(tx, broadcast_id), await broadcasts.progress(tx, broadcast_id)
