"""`python -m tests.chaos.box ISO-MOMENT`: a playground with limits, in a process of its own, that notes every call.

`GET /calls` gives the notes: what was called, when, what befell it, and of a message sent its id and whose it is.
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

_now_called: ContextVar[dict[str, Any]] = ContextVar("the call that is being answered")


def note_calls(box: Box) -> list[dict[str, Any]]:
    """From now on every call of the bot stands in this list, in the order in which they came."""
    noted: list[dict[str, Any]] = []
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
            note |= {"chat": result["chat"]["id"], "message": result["message_id"], "key": key_of(result)}
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


def key_of(message: dict[str, Any]) -> str:
    """What a message of the bot's is there for: two with the same are copies of each other."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    carried = [button.get("callback_data", "").split(":") for row in rows for button in row]
    for name, what in (("show.1", "question"), ("rate.1", "feedback")):
        if found := [parts for parts in carried if parts[0] == name]:
            return f"{what} {found[0][1]}"
    if "reply_to_message" in message:
        return f"reply to {message['reply_to_message']['message_id']}"
    return f"text {message.get('text', '')[:60]}"


def _named(update: dict[str, Any]) -> tuple[int, int | None]:
    """An update's number, and the message that it brings, if it brings one."""
    return update["update_id"], update.get("message", {}).get("message_id")


async def run(begin: datetime) -> None:
    real = datetime.now(UTC)
    clock = Clock(lambda: begin + (datetime.now(UTC) - real))
    box = Box(clock.now, strict=True, limits=Limits(clock.flowing))
    noted = note_calls(box)

    async def show(request: web.Request) -> web.Response:
        return web.json_response(noted)

    async def count(request: web.Request) -> web.Response:
        return web.json_response({"count": len(noted)})

    app = build(box, clock)
    app.router.add_get("/calls", show)
    app.router.add_get("/calls/count", count)
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
