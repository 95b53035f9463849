import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.flood import Flood
from bot.inbox import Inbox
from bot.polling import Update
from storage.database import Database
from tests.bot.telegram_source import Source, message, running

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
A_MINUTE = 4  # two at once


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with await Database.open(tmp_path / "bot.db") as database:
        yield database


async def test_the_excuse_does_not_wait_for_what_was_taken_before_it(database: Database) -> None:
    first_may_end = asyncio.Event()
    done: list[int] = []
    excused = asyncio.Queue[int]()

    async def process(update: Update) -> None:
        await first_may_end.wait()
        done.append(update["update_id"])

    async def excuse(update: Update) -> None:
        excused.put_nowait(update["update_id"])

    source = Source([message(number) for number in range(1, 6)])
    flood = Flood(lambda: NOW, A_MINUTE)
    inbox = Inbox(database, source.fetch, process, now=lambda: NOW, flood=flood, excuse=excuse)
    async with running(inbox):
        assert await excused.get() == 3
        assert done == []

        first_may_end.set()
        await inbox.quiet()

    assert done == [1, 2]
    assert excused.empty()
