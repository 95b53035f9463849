"""Updates while the database cannot be written."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.inbox import STUCK_LONGEST_SECONDS, STUCK_SECONDS, Inbox
from storage import inbox
from storage.database import Database

NOW = datetime(2026, 3, 2, tzinfo=UTC)
UPDATE = {"update_id": 7, "message": {"chat": {"id": 5}, "text": "hello"}}


class Disk:
    """Takes nothing more while it is `broken`; mended after so many rests."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.mended_after = 3
        self.rests: list[float] = []

    async def breaks(self, now: bool = True) -> None:
        await self.database._connection.execute_fetchall(f"PRAGMA query_only = {int(now)}")

    async def rest(self, seconds: float) -> None:
        self.rests.append(seconds)
        if len(self.rests) >= self.mended_after:
            await self.breaks(False)


Process = Callable[[Disk, dict[str, Any]], Awaitable[None]]


async def take_one(path: Path, process: Process) -> Disk:
    """Fetch one update and see to it until it is done; the disk as it was then."""
    given = [[UPDATE]]

    async def fetch(offset: int, timeout: int) -> list[dict[str, Any]]:
        if not given:
            await asyncio.Event().wait()
        return given.pop()

    async with await Database.open(path) as database:
        disk = Disk(database)
        taken = Inbox(database, fetch, lambda update: process(disk, update), now=lambda: NOW, sleep=disk.rest)
        running = asyncio.create_task(taken.run())
        async with asyncio.timeout(10):
            while given:  # noqa: ASYNC110 it is fetched after a turn or two of the loop
                await asyncio.sleep(0)
            await taken.quiet()
        async with database.transaction() as tx:
            assert await inbox.unfinished(tx) == []
        await taken.stop()
        await running
    return disk


async def test_what_ran_but_could_not_be_noted_as_done_does_not_run_again(tmp_path):
    runs = []

    async def process(disk: Disk, update: dict[str, Any]) -> None:
        runs.append(update["update_id"])
        await disk.breaks()

    disk = await take_one(tmp_path / "coach.sqlite3", process)

    assert runs == [7]
    assert disk.rests == [STUCK_SECONDS] * 3


async def test_what_fails_by_the_disk_is_never_given_up_and_waits_ever_longer(tmp_path):
    async def process(disk: Disk, update: dict[str, Any]) -> None:
        disk.mended_after = 6
        if not disk.rests:
            await disk.breaks()
        async with disk.database.transaction() as tx:
            await tx.execute("UPDATE inbox SET error = NULL")

    disk = await take_one(tmp_path / "coach.sqlite3", process)

    assert disk.rests == [5, 10, 20, 40, STUCK_LONGEST_SECONDS, STUCK_LONGEST_SECONDS]


async def test_what_was_left_unfinished_waits_until_another_program_lets_go_of_the_database(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("storage.at_once.BUSY_SECONDS", 0)
    ran, rests = [], []

    async def fetch(offset: int, timeout: int) -> list[dict[str, Any]]:
        await asyncio.Event().wait()
        raise AssertionError

    async def process(update: dict[str, Any]) -> None:
        ran.append(update["update_id"])

    async with await Database.open(tmp_path / "coach.sqlite3") as database:
        async with database.transaction() as tx:
            await inbox.add_many(tx, [inbox.Arrival(7, 5, json.dumps(UPDATE))], NOW)
        with closing(sqlite3.connect(database.path, timeout=0, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")

            async def rest(seconds: float) -> None:
                rests.append(seconds)
                if len(rests) == 2:
                    other.execute("ROLLBACK")

            taken = Inbox(database, fetch, process, now=lambda: NOW, sleep=rest)
            running = asyncio.create_task(taken.run())
            async with asyncio.timeout(10):
                await taken.quiet()
            await taken.stop()
            await running

    assert ran == [7]
    assert rests == [STUCK_SECONDS] * 2
