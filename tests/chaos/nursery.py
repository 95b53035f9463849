"""`python -m tests.chaos.nursery`: bots, each in a process of its own that is there at once, as all is read already.

Takes `start`, `kill` (with signal 9) and `end` (in good order), a line each, and says when it is done. CHAOS_BUG names
a bug to plant. Who fails waits a fifth of what is usual, as nobody here watches in real time.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from random import SystemRandom

import uvloop

import bot.patience
import bot.polling
from bot.config import read_settings
from bot.serving import serve
from bot.shelf import Shelf
from content.taxonomy import read_taxonomy
from content.tips import read_tips
from tests.chaos.bugs import BUGS
from tests.fake_chat import PLACES, make_bank


def hurry() -> None:
    """Shorter rests after a failure, and no question for updates that hangs for a minute."""
    bot.patience.FIRST_SECONDS, bot.patience.LONGEST_SECONDS = 0.2, 3.0
    fetch = bot.polling.Polling.fetch

    async def fetch_sooner(self: bot.polling.Polling, offset: int, timeout: int) -> list[bot.polling.Update]:
        return await fetch(self, offset, min(timeout, 3))

    bot.polling.Polling.fetch = fetch_sooner  # type: ignore[method-assign]
    bot.polling.ANSWER_SECONDS = 5.0


def live(shelf: Shelf) -> int:
    """Be a bot until a signal ends it."""
    import logging

    logging.basicConfig(level="INFO", format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True)
    settings = read_settings()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(settings, shelf, real_now=lambda: datetime.now(UTC), chance=SystemRandom()))
    return 0


def main() -> None:
    if os.environ.get("CHAOS_BUG"):
        BUGS[os.environ["CHAOS_BUG"]]()
    hurry()
    shelf = Shelf(make_bank(), read_taxonomy(), PLACES, read_tips())
    print("ready", flush=True)
    child = 0
    for line in sys.stdin:
        match line.strip():
            case "start":
                child = os.fork()
                if child == 0:
                    os._exit(live(shelf))
                print(f"started {child}", flush=True)
            case word:
                assert child, "nobody lives"  # 0 would be all of us
                os.kill(child, signal.SIGKILL if word == "kill" else signal.SIGTERM)
                _, status = os.waitpid(child, 0)
                child = 0
                print(f"gone {os.waitstatus_to_exitcode(status)}", flush=True)
    if child:  # whoever gave the orders is gone
        os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    main()
