"""The box's timers while time flows by itself: a running server looks every second whether something is due."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from aiohttp import web

from playground.keys import BOX, CLOCK

SECOND = 1.0  # of real time


async def ticking(app: web.Application) -> AsyncIterator[None]:
    """For as long as the server runs; a walk of the clock runs the timers itself."""
    task = asyncio.create_task(_tick(app))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _tick(app: web.Application) -> None:
    box, clock = app[BOX], app[CLOCK]
    while True:
        due, now = box.next_due(), clock.now()
        if due is not None and due <= now:
            box.run_timers(now)
        await asyncio.sleep(SECOND)
