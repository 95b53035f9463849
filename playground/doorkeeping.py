"""Who may come in: this machine, and no web page from elsewhere."""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from playground.refusals import PersonRefused

LOOPBACK = ("localhost", "127.0.0.1", "::1")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses what a web page elsewhere could make a browser send; turns refusals into JSON."""
    for_bots = request.path.startswith(("/bot", "/file/bot"))
    origin = request.headers.get("Origin")
    if origin is not None and not _is_loopback(origin):
        return refusal("A page from elsewhere must not speak to the playground.", 403)
    if not for_bots and not _is_loopback(f"//{request.host}"):
        return refusal("The playground answers on 127.0.0.1 and localhost only.", 403)
    try:
        return await handler(request)
    except PersonRefused as refused:
        return refusal(refused.sentence, refused.status)


def refusal(sentence: str, status: int) -> web.Response:
    return web.json_response({"error": sentence}, status=status, headers={"Cache-Control": "no-store"})


async def body_of(request: web.Request) -> dict[str, Any]:
    """The JSON object a POST brings. Raises `PersonRefused`."""
    body = await json_of(request)
    if not isinstance(body, dict):
        raise PersonRefused("The body must be a JSON object.")
    return body


async def json_of(request: web.Request) -> Any:
    """The JSON a POST brings. Raises `PersonRefused`."""
    if request.content_type != "application/json":
        raise PersonRefused("Send JSON: the content type must be application/json.", 415)
    try:
        return json.loads(await request.text())
    except ValueError:
        raise PersonRefused("The body is not JSON.") from None


def _is_loopback(address: str) -> bool:
    try:
        return urlsplit(address).hostname in LOOPBACK
    except ValueError:
        return False
