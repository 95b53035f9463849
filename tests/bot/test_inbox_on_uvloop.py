"""The whole intake once over real sockets on the loop that serves in production."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

from bot.inbox import Inbox
from bot.polling import Polling, Update
from bot.transport import AiohttpTransport
from storage import inbox as table
from storage.database import Database
from tests.bot.loopback import TOKEN, loopback
from tests.bot.telegram_source import Source, message, running

if sys.platform != "win32":
    import uvloop

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.mark.skipif(sys.platform == "win32", reason="uvloop is not made for it")
def test_updates_come_in_run_and_are_marked_on_uvloop(tmp_path: Path) -> None:
    async def serve() -> list[int]:
        source = Source([message(n, chat_id=n % 7) for n in range(1, 251)])
        ran: list[int] = []

        async def answer(request: web.Request) -> web.StreamResponse:
            if not request.path.endswith("getUpdates"):
                return web.json_response({"ok": True, "result": {"url": ""}})
            updates = await source.fetch((await request.json()).get("offset", 0), 50)
            return web.json_response({"ok": True, "result": updates})

        async def process(update: Update) -> None:
            await asyncio.sleep(0)
            ran.append(update["update_id"])

        async with (
            loopback() as here,
            AiohttpTransport(pool_size=1) as transport,
            await Database.open(tmp_path / "bot.db") as database,
        ):
            here.answer = answer
            polling = Polling(transport, here.base, TOKEN, ["message"])
            inbox = Inbox(database, polling.fetch, process, now=lambda: NOW, free=polling.free)
            async with running(inbox):
                await source.all_confirmed()
                await inbox.quiet()
            async with database.transaction() as tx:
                assert await table.unfinished(tx) == []
                assert await table.newest(tx) == (250, NOW)
        assert "uvloop" in type(asyncio.get_running_loop()).__module__
        return ran

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        ran = runner.run(serve())

    assert sorted(ran) == list(range(1, 251))
    for chat in range(7):
        own = [n for n in ran if n % 7 == chat]
        assert own == sorted(own)
