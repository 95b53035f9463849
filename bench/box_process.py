"""`python -m bench.box_process PEOPLE`: the box of a measurement."""

import asyncio
import sys
from datetime import UTC, datetime

from bench.box import run
from playground.clock import Clock
from playground.loops import fastest_loop

if __name__ == "__main__":
    with asyncio.Runner(loop_factory=fastest_loop()) as runner:
        runner.run(run(Clock(lambda: datetime.now(UTC)), int(sys.argv[1])))
