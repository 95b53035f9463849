"""`python -m bench.contenders NAME DATABASE TOKEN URL` serves until it is ended."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import SystemRandom
from typing import Any

import aiosqlite

from bench.contenders import ours
from bench.contenders.tap import Tap
from bot.shelf import Shelf, read_shelf
from handlers.kit.context import Dependencies
from playground.loops import fastest_loop
from storage.migrating import connect


def real_now() -> datetime:
    return datetime.now(UTC)


async def coach(shelf: Shelf, database: Path, token: str, base_url: str, *, inbox: bool = True) -> None:
    opened = await ours.open_coach(database, shelf, token, base_url, now=real_now, chance=SystemRandom())
    if not inbox:
        ours.leave_out_inbox(opened, token, base_url)
    await ours.run(opened, real_now)


async def usual(run: Any, shelf: Shelf, database: Path, token: str, base_url: str) -> None:
    nobody: Any = None
    on = Dependencies(
        nobody,
        nobody,
        shelf.bank,
        shelf.taxonomy,
        shelf.places,
        shelf.tips,
        real_now,
        SystemRandom(),
        frozenset(),
        nobody,
    )
    async with aiosqlite.Connection(partial(connect, database), iter_chunk_size=64) as connection:
        await run(Tap(connection, on, real_now), token, base_url)


def main(name: str, database: Path, token: str, base_url: str) -> None:
    shelf = read_shelf()
    loop: Callable[[], asyncio.AbstractEventLoop] | None = fastest_loop()
    match name:
        case "ours":
            serving = coach(shelf, database, token, base_url)
        case "straight":
            serving = coach(shelf, database, token, base_url, inbox=False)
        case "aiogram":
            from bench.contenders import aiogram_bot

            serving = usual(aiogram_bot.run, shelf, database, token, base_url)
        case "plain":
            from bench.contenders import plain_bot

            loop = None  # its defaults
            serving = usual(plain_bot.run, shelf, database, token, base_url)
        case _:
            raise SystemExit(f"There is no contender {name}.")
    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(serving)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4])
