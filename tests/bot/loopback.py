"""A small Telegram on loopback that answers as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "123456:AAsecret-token_of_35_characters_xxxxx"

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Loopback:
    """`calls` holds what came: the method's name and its parameters, files as (name, content, type)."""

    url: str = ""
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    peers: set[Any] = field(default_factory=set)
    answer: Answer | None = None
    came: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def base(self) -> str:
        return f"{self.url}/bot"

    def method(self, name: str) -> str:
        return f"{self.base}{TOKEN}/{name}"

    async def next_call(self) -> None:
        self.came.clear()
        await self.came.wait()

    async def hang(self, request: web.Request) -> web.StreamResponse:
        await self.done.wait()
        return web.Response()


def ok(result: object) -> Answer:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True, "result": result})

    return answer


def refused(code: int, description: str, **parameters: object) -> Answer:
    async def answer(request: web.Request) -> web.StreamResponse:
        body = {"ok": False, "error_code": code, "description": description}
        return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=code)

    return answer


def page(code: int, html: str = "<html><h1>Sorry</h1></html>") -> Answer:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=code, text=html, content_type="text/html")

    return answer


async def reset(request: web.Request) -> web.StreamResponse:
    """Hang up without a word."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def _parameters(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    if request.content_type == "multipart/form-data":
        given = await request.post()
        return {
            name: (part.filename, part.file.read(), part.content_type)
            if isinstance(part, web.FileField)
            else part
            for name, part in given.items()
        }
    return dict(request.query)


@asynccontextmanager
async def loopback() -> AsyncIterator[Loopback]:
    here = Loopback()

    async def take(request: web.Request) -> web.StreamResponse:
        here.calls.append((request.path.rpartition("/")[2], await _parameters(request)))
        here.came.set()
        assert request.transport is not None
        here.peers.add(request.transport.get_extra_info("peername"))
        return await (here.answer or ok(True))(request)

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", take)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    here.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"  # type: ignore[attr-defined]
    try:
        yield here
    finally:
        here.done.set()
        await runner.cleanup()
