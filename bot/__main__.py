"""`python -m bot`: serves the real Telegram, or a playground in another process."""

from __future__ import annotations

import signal
import sys

if __name__ == "__main__":
    # Ctrl-C while all the rest is still being read ends quietly
    signal.signal(signal.SIGINT, lambda *_: sys.exit(130))

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from random import SystemRandom
from typing import Any

from bot.application import Coach, Telegram
from bot.clockwork import Clockwork
from bot.config import Misconfigured, Settings, read_settings
from bot.patience import Stop
from bot.readiness import look_around, reader
from bot.shelf import Shelf
from bot.transport import AiohttpTransport
from bot.walked_clock import Follower, WalkedClock
from storage.database import Unusable

NO_TOKEN = (
    "TELEGRAM_BOT_TOKEN is not set: get one from @BotFather and set it (in the environment or in a file .env),"
    " or run `make run` without it to try everything in the playground."
)

log = logging.getLogger("bot")


def main() -> int:
    """Start; 0 after a proper end, 2 with sentences on standard error where something is not as it should be."""
    logging.basicConfig(level="INFO", format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    settings, problems = _settings()
    if settings is not None and settings.telegram_bot_token is None:
        problems.append(NO_TOKEN)
    shelf, more = look_around(settings)
    problems += more
    if settings is None or shelf is None or problems:
        print("\n".join(problems), file=sys.stderr)
        return 2
    logging.getLogger().setLevel(settings.log_level)
    try:
        _run(_serve(settings, shelf))
    except (Stop, Unusable) as stopped:
        print(stopped, file=sys.stderr)
        return 2
    return 0


def _settings() -> tuple[Settings | None, list[str]]:
    try:
        return read_settings(), []
    except Misconfigured as wrong:
        return None, wrong.problems


async def _serve(settings: Settings, shelf: Shelf) -> None:
    assert settings.telegram_bot_token is not None
    clock = WalkedClock(_real_now)
    telegram = Telegram(
        settings.telegram_bot_token.get_secret_value(),
        settings.bot_api_base_url,
        AiohttpTransport(),
        AiohttpTransport(pool_size=1),
    )
    coach = await Coach.open(
        telegram,
        settings.database_path,
        shelf,
        now=clock.now,
        chance=SystemRandom(),
        operators=settings.operators,
        read=reader(settings),
    )
    beats = Clockwork(coach.beat, now=clock.now, failed=_heartbeat_failed)
    serving: asyncio.Task[None] | None = None
    ended = asyncio.create_task(_signalled())
    tasks = [ended]
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
        await asyncio.wait({serving, ended}, return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            serving.result()
        log.info("Ending; what is under way is finished first.")
    finally:
        await beats.stop()
        others = [task for task in tasks if task is not serving]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await coach.stop()
        if serving is not None:
            await asyncio.gather(serving, return_exceptions=True)


def _follower(settings: Settings, clock: WalkedClock, coach: Coach, beats: Clockwork) -> Follower | None:
    if settings.bot_clock_url is None:
        return None

    async def step(now: datetime) -> None:
        await coach.quiet()
        await beats.beat(now)

    async def next_due(now: datetime) -> datetime | None:
        return await coach.next_due()

    return Follower(settings.bot_clock_url, clock, step=step, next_due=next_due)


async def _signalled() -> None:
    """Until the operator, or the machine, ends it."""
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    await ended.wait()


def _heartbeat_failed(error: Exception) -> None:
    log.error("a heartbeat failed; the next one comes", exc_info=error)


def _run(work: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(work)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # not made for every system
        return None
    return uvloop.new_event_loop


def _real_now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main())
