"""One run of the bot, from its start to the signal that ends it."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from datetime import datetime
from random import Random

from bot.application import Coach, Telegram
from bot.clockwork import Clockwork
from bot.config import Settings
from bot.flood import Flood
from bot.operator.backups import Plan
from bot.operator.health import Pulse
from bot.operator.machine_check import thrown_away
from bot.operator.private import keep_private
from bot.pacing.pace import Lane, Open, Pace
from bot.readiness import reader
from bot.shelf import Shelf
from bot.transport import AiohttpTransport
from bot.walked_clock import Follower, WalkedClock

WATCH_SECONDS = 1.0

log = logging.getLogger("bot")


async def serve(
    settings: Settings, shelf: Shelf, *, real_now: Callable[[], datetime], chance: Random
) -> None:
    """Run until SIGINT or SIGTERM; `Unusable` or `Stop` with a sentence where that is no use, `Displaced` where a new
    start is what helps."""
    assert settings.telegram_bot_token is not None, "looked at before"
    warning = thrown_away(settings.database_path)
    if warning is not None:
        log.warning("%s", warning)
    path = settings.database_path
    is_new = not path.exists() or not path.stat().st_size
    clock = WalkedClock(real_now)
    telegram = Telegram(
        settings.telegram_bot_token.get_secret_value(),
        settings.bot_api_base_url,
        AiohttpTransport(),
        AiohttpTransport(pool_size=1),
    )
    pace = _pace(settings) or Open()
    coach = await Coach.open(
        telegram,
        settings.database_path,
        shelf,
        now=clock.now,
        chance=chance,
        operators=settings.operators,
        read=reader(settings),
        backups=Plan(settings.backups, settings.backup_days, settings.backup_weeks),
        pace=pace,
        flood=_flood(settings, real_now),
    )
    keep_private(settings)  # only now is it known to be ours
    if is_new:
        log.info("There was no database %s: an empty one was made.", path)
    beats = Clockwork(coach.beat_once, now=clock.now, failed=_heartbeat_failed)
    pulse = Pulse(settings.health_file, now=real_now, condition=coach.condition, probe=coach.probe)
    serving: asyncio.Task[None] | None = None
    ended = asyncio.create_task(_signalled())
    tasks = [ended, asyncio.create_task(pulse.run())]
    await asyncio.sleep(0)  # from here on a signal ends this in good order
    try:
        follower = _follower(settings, clock, coach, beats)
        if follower is not None:
            joining = asyncio.create_task(follower.join())
            tasks.append(joining)
            await asyncio.wait({joining, ended}, return_when=asyncio.FIRST_COMPLETED)
            if not joining.done():
                return
            tasks.append(asyncio.create_task(follower.run()))
        serving = asyncio.create_task(coach.run())
        tasks.append(serving)
        beats.start()
        watching = asyncio.create_task(_watch(coach))
        tasks.append(watching)
        await asyncio.wait({serving, watching, ended}, return_when=asyncio.FIRST_COMPLETED)
        for task in (serving, watching):
            if task.done():
                task.result()
        log.info("Ending; what is under way is finished first.")
    finally:
        # what waits for its turn is the next start's; the time that is left is for what is on its way
        pace.silence(Lane.OWED)
        await beats.stop()
        others = [task for task in tasks if task is not serving]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await coach.stop()
        if serving is not None:
            await asyncio.gather(serving, return_exceptions=True)


def _pace(settings: Settings) -> Pace | None:
    """None where it may speak as fast as it can, which is so in a playground that walks the clock unless it is set."""
    if not settings.messages_per_second or _unasked_in_play(settings, "messages_per_second"):
        return None
    return Pace(settings.messages_per_second)


def _flood(settings: Settings, real_now: Callable[[], datetime]) -> Flood | None:
    """None where everybody may send as much as they like, which is so in such a playground as well."""
    if not settings.updates_per_minute or _unasked_in_play(settings, "updates_per_minute"):
        return None
    return Flood(real_now, settings.updates_per_minute)


def _unasked_in_play(settings: Settings, name: str) -> bool:
    # people there are scripts, and fast; a minute of theirs is no minute of the machine's
    return settings.bot_clock_url is not None and name not in settings.model_fields_set


def _follower(settings: Settings, clock: WalkedClock, coach: Coach, beats: Clockwork) -> Follower | None:
    if settings.bot_clock_url is None:
        return None

    async def step(now: datetime) -> None:
        await coach.quiet()
        await beats.beat(now)

    async def next_due(now: datetime) -> datetime | None:
        return await coach.next_due()

    return Follower(settings.bot_clock_url, clock, step=step, next_due=next_due)


async def _watch(coach: Coach) -> None:
    """For ever; `Displaced` as soon as the database is not in its place any more."""
    while True:
        coach.check_place()
        await asyncio.sleep(WATCH_SECONDS)


async def _signalled() -> None:
    """Until the operator, or the machine, ends it."""
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    await ended.wait()


def _heartbeat_failed(error: Exception) -> None:
    log.error("a heartbeat failed; the next one comes", exc_info=error)
