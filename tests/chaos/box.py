"""`python -m tests.chaos.box ISO-MOMENT`: a playground with limits, in a process of its own, that notes every call.

`GET /calls` gives the notes: what was called, when, what befell it, and of a message sent its id and whose it is.
`GET /polls` gives every poll with the votes that counted when they were cast, `GET /behind` how many updates the bot
has not confirmed, up to which moment it has done all that time brought, and how often it has asked for updates.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from playground import bot_api, calls
from playground.clock import Clock
from playground.faults import Fault
from playground.files import Upload
from playground.limits import Limits
from playground.loops import fastest_loop
from playground.server import build
from playground.state import Box
from tests.chaos.ballots import keep_ballots
from tests.chaos.keys import Keys

_now_called: ContextVar[dict[str, Any]] = ContextVar("the call that is being answered")


def note_calls(box: Box) -> list[dict[str, Any]]:
    """From now on every call of the bot stands in this list, in the order in which they came."""
    noted: list[dict[str, Any]] = []
    keys = Keys()
    call, answer, strike = bot_api.call, calls.answer, box.faults.strike

    async def noting_call(
        box: Box, token: str, method: str, raw: Mapping[str, str], uploads: Mapping[str, Upload] | None = None
    ) -> tuple[int, dict[str, Any]]:
        note = {"method": method, "at": box.now().isoformat(), "befell": None, "status": None}
        noted.append(note)
        _now_called.set(note)
        return await call(box, token, method, raw, uploads)

    async def noting_answer(
        box: Box, built: Any, token: str, method: str, raw: Mapping[str, str], *more: Any
    ) -> tuple[int, dict[str, Any]]:
        note = _now_called.get()
        status, payload = await answer(box, built, token, method, raw, *more)
        note["status"] = status
        result = payload.get("result")
        if status == 200 and isinstance(result, dict) and method.startswith("send"):
            note |= {"chat": result["chat"]["id"], "message": result["message_id"], "key": keys.of(result)}
        elif status == 200 and method == "getUpdates":
            note["updates"] = [_named(update) for update in payload["result"]]
        elif status != 200:
            note["refused"] = payload.get("description")
        return status, payload

    def noting_strike(method: str) -> Fault | None:
        fault = strike(method)
        _now_called.get()["befell"] = fault.kind if fault is not None else None
        return fault

    bot_api.call = noting_call
    calls.answer = noting_answer  # type: ignore[assignment]
    box.faults.strike = noting_strike  # type: ignore[method-assign]
    return noted


def _named(update: dict[str, Any]) -> tuple[int, int | None]:
    """An update's number, and the message that it brings, if it brings one."""
    return update["update_id"], update.get("message", {}).get("message_id")


async def run(begin: datetime) -> None:
    real = datetime.now(UTC)
    clock = Clock(lambda: begin + (datetime.now(UTC) - real))
    box = Box(clock.now, strict=True, limits=Limits(clock.flowing))
    ballots = keep_ballots(box)
    noted = note_calls(box)

    async def show(request: web.Request) -> web.Response:
        return web.json_response(noted)

    async def show_polls(request: web.Request) -> web.Response:
        return web.json_response([ballot.as_json() for ballot in ballots.values()])

    done = [begin]
    came = clock.distant.came

    def noting_came(name: str, after: datetime, due: datetime | None) -> None:
        done.append(after)
        came(name, after, due)

    clock.distant.came = noting_came  # type: ignore[method-assign]

    async def behind(request: web.Request) -> web.Response:
        fetches = sum(note["method"] == "getUpdates" for note in noted)
        state = {"updates": len(box.updates), "done": done[-1].isoformat(), "fetches": fetches}
        return web.json_response(state)

    async def count(request: web.Request) -> web.Response:
        return web.json_response({"count": len(noted)})

    app = build(box, clock)
    app.router.add_get("/calls", show)
    app.router.add_get("/calls/count", count)
    app.router.add_get("/polls", show_polls)
    app.router.add_get("/behind", behind)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"Playground: http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    asyncio.get_running_loop().add_reader(sys.stdin, ended.set)  # whoever started it is gone
    await ended.wait()
    await runner.cleanup()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=fastest_loop()) as runner:
        runner.run(run(datetime.fromisoformat(sys.argv[1])))
