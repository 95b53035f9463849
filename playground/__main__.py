"""Runs the box: `python -m playground [--port N] [--host 127.0.0.1] [--strict] [--limits] [--with-bot] [--demo]`.

A door: with `--with-bot` it opens the house next door and lets its bot in, on the same clock; with `--demo` somebody
has been practising there for two months.
"""

import signal
import sys

if __name__ == "__main__":
    # Ctrl-C while all the rest is still being read, or played, ends quietly
    signal.signal(signal.SIGINT, lambda *_: sys.exit(130))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

import argparse
import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random, SystemRandom
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from playground import history
from playground.acting import PATIENCE, Actor
from playground.clock import Clock
from playground.ids import first_id
from playground.limits import Limits
from playground.loops import fastest_loop
from playground.server import serve
from playground.state import Box
from playground.study_evenings import StudyEvenings

if TYPE_CHECKING:
    from bot.application import Coach
    from bot.clockwork import Clockwork

DEFAULT_PORT = "8080"


def real_now() -> datetime:
    return datetime.now(UTC)


def make_box(
    strict: bool = False, limits: bool = False, behind: timedelta = timedelta()
) -> tuple[Box, Clock]:
    """A fresh box on the real clock, or so far behind it. Its message ids start where no earlier box's went."""
    clock = Clock(lambda: real_now() - behind)
    box = Box(
        now=clock.now,
        strict=strict,
        first_message_id=first_id(clock.now()),
        limits=Limits(clock.flowing) if limits else None,
    )
    return box, clock


async def wait_for_a_signal() -> None:
    """Until the operator ends it: Ctrl-C or SIGTERM."""
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    await ended.wait()


async def run(port: int, host: str, strict: bool, limits: bool, with_bot: bool, demo: bool = False) -> int:
    box, clock = make_box(strict, limits, timedelta(days=history.DAYS) if demo else timedelta())
    try:
        runner, taken = await serve(box, clock, port, host)
    except OSError as error:
        print(f"The playground cannot listen on {host}, port {port}: {error.strerror}.", file=sys.stderr)
        return 1
    try:
        if taken != port and port:
            print(f"Port {port} is taken; using {taken}.", flush=True)
        async with bot_inside(box, clock, demo) if with_bot or demo else nullcontext():
            print(f"Playground: http://{host}:{taken}", flush=True)
            if not with_bot and not demo:
                print(
                    f"Connect a bot: TELEGRAM_BOT_TOKEN={box.token} BOT_API_BASE_URL=http://{host}:{taken} "
                    f"BOT_CLOCK_URL=http://{host}:{taken}/people/clock python -m bot",
                    flush=True,
                )
            await wait_for_a_signal()
    except BotCannotStart as cannot:
        print(cannot, file=sys.stderr)
        return 2
    finally:
        await runner.cleanup()
    return 0


class BotCannotStart(Exception):
    """What the bot says is in the way, a line each."""


@asynccontextmanager
async def bot_inside(box: Box, clock: Clock, demo: bool = False) -> AsyncIterator[None]:
    """The interview coach in this process, living by the box's clock; it forgets everything at the end unless
    DATABASE_PATH names a file to keep. With `demo` it has two months behind it when it is there, and
    keeps nothing."""
    from bot.application import Coach, Telegram
    from bot.clockwork import Clockwork
    from bot.config import Misconfigured, read_settings
    from bot.readiness import look_around, reader
    from content.markup import to_plain
    from playground.ptb import BoxRequest
    from storage.database import Unusable

    logging.basicConfig(level="WARNING", format="%(levelname)s %(name)s: %(message)s")
    with TemporaryDirectory(prefix="playground-") as folder:
        try:
            settings = read_settings()
            kept = "database_path" in settings.model_fields_set and not demo
            database = settings.database_path if kept else Path(folder) / "coach.sqlite3"
            shelf, problems = look_around(settings.model_copy(update={"database_path": database}))
            if shelf is None or problems:
                raise BotCannotStart("\n".join(problems))
            telegram = Telegram(box.token, "http://playground", BoxRequest(box), BoxRequest(box))
            coach = await Coach.open(
                telegram,
                database,
                shelf,
                now=clock.now,
                chance=Random(history.SEED) if demo else SystemRandom(),
                operators=settings.operators,
                read=reader(settings),
            )
        except Misconfigured as wrong:
            raise BotCannotStart("\n".join(wrong.problems)) from None
        except Unusable as unusable:
            raise BotCannotStart(str(unusable)) from None
        beats = Clockwork(coach.beat, now=clock.now, failed=heartbeat_failed)
        serving = asyncio.create_task(coach.run())
        try:
            await coach.introduced.wait()
            walking = Walking(coach, beats)
            clock.follow(walking)
            if demo:
                samples = {to_plain(each.stem): [s.reply for s in each.samples] for each in shelf.bank.live}
                await play_history(box, clock, walking, samples, database)
            beats.start()
            yield
        finally:
            await beats.stop()
            await coach.stop()
            await asyncio.gather(serving, return_exceptions=True)


class Walking:
    """How the bot follows the clock: at each step it finishes what came in, then its heart beats."""

    def __init__(self, coach: "Coach", beats: "Clockwork") -> None:
        self.coach, self.beats = coach, beats

    async def beat(self, now: datetime) -> None:
        await self.coach.quiet()
        await self.beats.beat(now)

    async def next_due(self) -> datetime | None:
        return await self.coach.next_due()


async def play_history(
    box: Box, clock: Clock, bot: Walking, samples: history.Samples, database: Path
) -> None:
    """Somebody's two months, up to now; says where it is kept meanwhile."""
    print(f"Playing {history.WHO}’s last {history.DAYS} days, in {database} …", flush=True)

    async def settled() -> None:
        await box.confirmed(PATIENCE)
        await bot.coach.quiet()

    actor = Actor(box, history.WHO, settled)
    chance = Random(history.SEED)
    evenings = StudyEvenings(box, clock, history.WHO, settled)
    await history.History(actor, clock, samples, chance, evening=evenings.play).play(until=real_now())


def heartbeat_failed(error: Exception) -> None:
    logging.getLogger("bot").error("a heartbeat failed; the next one comes", exc_info=error)


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m playground", description="A Telegram in a box.")
    parser.add_argument(
        "--port", default=os.environ.get("PORT") or DEFAULT_PORT, help="where the page is (PORT, 8080)"
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--strict", action="store_true", help="refuse parameters the Bot API does not know")
    parser.add_argument("--limits", action="store_true", help="make a bot wait that writes too fast (429)")
    parser.add_argument("--with-bot", action="store_true", help="run the interview coach inside")
    parser.add_argument(
        "--demo", action="store_true", help="the same, with somebody's last two months played"
    )
    chosen = parser.parse_args(given)
    if not chosen.port.isdecimal() or int(chosen.port) > 65535:
        parser.error(f"the port must be a number from 0 to 65535, not {chosen.port!r}")
    return chosen


def main() -> int:
    chosen = arguments()
    with asyncio.Runner(loop_factory=fastest_loop()) as runner:
        return runner.run(
            run(int(chosen.port), chosen.host, chosen.strict, chosen.limits, chosen.with_bot, chosen.demo)
        )


if __name__ == "__main__":
    sys.exit(main())
