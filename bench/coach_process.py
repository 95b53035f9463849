"""`python -m bench.coach_process DATABASE TOKEN URL PER_SECOND`: the coach, told when its heart beats.

PER_SECOND 0 leaves the pace open; with TOKEN `-` there is nobody to speak to.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom
from time import perf_counter
from typing import Any

from bench.contenders.ours import open_coach
from bot.application import Coach
from bot.pacing.pace import Pace
from bot.shelf import read_shelf
from playground.loops import fastest_loop


def real_now() -> datetime:
    return datetime.now(UTC)


async def run(database: Path, token: str, base_url: str, per_second: int) -> None:
    pace = Pace(per_second) if per_second else None
    shelf = read_shelf()
    gc.freeze()  # as the bot does that is served
    coach = await open_coach(database, shelf, token, base_url, now=real_now, chance=SystemRandom(), pace=pace)
    serving = asyncio.create_task(coach.run()) if token != "-" else None
    if serving is not None:
        await coach.introduced.wait()
    _tell("ready")
    try:
        while line := await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline):
            _tell(await _do(coach, json.loads(line)))
    finally:
        await coach.stop()


async def _do(coach: Coach, told: dict[str, Any]) -> object:
    match told["do"]:
        case "everything due":
            began = perf_counter()
            await coach.beat(real_now())
            return perf_counter() - began
        case "beats":
            seconds = []
            for _ in range(told["count"]):
                began = perf_counter()
                await coach.beat_once(real_now())
                seconds.append(perf_counter() - began)
            return seconds
        case what:
            raise ValueError(what)


def _tell(what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=fastest_loop()) as runner:
        runner.run(run(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])))
