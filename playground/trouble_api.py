"""Trouble over HTTP: ordering faults, and switching the limits on and off."""

from typing import Any

from aiohttp import web

from playground.doorkeeping import body_of, json_of
from playground.keys import BOX, CLOCK
from playground.limits import Limits
from playground.refusals import PersonRefused

CALLS = {
    "POST /people/faults": '[{"method": name or pattern, "kind": 429|500|reset|hang|lost_reply, "times"?: 1, '
    '"retry_after"?, "share"?: 0 to 1, "seed"?}] → what is ordered now; with "share" and no "times" it strikes '
    "without end",
    "GET /people/faults": "→ [fault]: those that have not struck yet",
    "DELETE /people/faults": "→ []: none any more",
    "POST /people/limits": '{"on": bool} → {"on"}: 30 messages a second, 1 a second to a chat, 20 a minute to a group',
    "GET /people/limits": '→ {"on"}',
}


def add_routes(app: web.Application) -> None:
    app.router.add_post("/people/faults", _order)
    app.router.add_get("/people/faults", _left)
    app.router.add_delete("/people/faults", _clear)
    app.router.add_post("/people/limits", _switch)
    app.router.add_get("/people/limits", _limits)


async def _order(request: web.Request) -> web.Response:
    request.app[BOX].faults.order(await json_of(request))
    request.app[BOX].events.tell("trouble")
    return await _left(request)


async def _left(request: web.Request) -> web.Response:
    return _answer(request.app[BOX].faults.left())


async def _clear(request: web.Request) -> web.Response:
    request.app[BOX].faults.clear()
    request.app[BOX].events.tell("trouble")
    return await _left(request)


async def _switch(request: web.Request) -> web.Response:
    box, on = request.app[BOX], (await body_of(request)).get("on")
    if not isinstance(on, bool):
        raise PersonRefused('Send {"on": true} or {"on": false}.')
    box.limits = Limits(request.app[CLOCK].flowing) if on else None
    box.events.tell("trouble")
    return await _limits(request)


async def _limits(request: web.Request) -> web.Response:
    return _answer({"on": request.app[BOX].limits is not None})


def _answer(value: Any) -> web.Response:
    return web.json_response(value, headers={"Cache-Control": "no-store"})
