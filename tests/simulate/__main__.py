"""`python -m tests.simulate`: 400 days of a thousand learners through rules and tables, of 25 through the whole bot.

Prints what came of it; 1 where something is not as an independent recount has it.
"""

from __future__ import annotations

import os
import sys
import zoneinfo

os.environ["PTB_TIMEDELTA"] = "1"  # before anything imports telegram
zoneinfo.reset_tzpath(())

import argparse
import asyncio
from argparse import Namespace
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import SystemRandom
from tempfile import TemporaryDirectory
from time import monotonic, process_time

from tests.simulate.result import Result
from tests.simulate.rooms import simulate_rooms
from tests.simulate.world import simulate


def main() -> int:
    parser = argparse.ArgumentParser("python -m tests.simulate")
    parser.add_argument("--many", type=int, default=1_000, help="learners through rules and tables")
    parser.add_argument("--learners", type=int, default=25)
    parser.add_argument("--days", type=int, default=400)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    with TemporaryDirectory(prefix="simulate-") as folder:
        results = [
            _timed(simulate_rooms, Path(folder) / "rooms.sqlite3", given.many, given),
            _timed(simulate, Path(folder) / "coach.sqlite3", given.learners, given),
        ]
    return 1 if any(result.wrong for result in results) else 0


def _timed(play: Callable[..., Awaitable[Result]], database: Path, learners: int, given: Namespace) -> Result:
    began, worked = monotonic(), process_time()

    def tell(what: str) -> None:
        print(f"{monotonic() - began:4.0f} s: {what}", file=sys.stderr, flush=True)

    async def run() -> Result:
        return await play(database, learners, given.days, given.seed, tell)

    result = asyncio.run(run())
    verdict = "bad" if result.wrong else "good"
    took, of_cpu = monotonic() - began, process_time() - worked
    print(f"{result}\n{verdict}, in {took:.0f} s, {of_cpu:.0f} s of them at work", flush=True)
    return result


if __name__ == "__main__":
    sys.exit(main())
