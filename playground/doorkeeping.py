"""Who may come in: this machine, and no web page from elsewhere."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web_protocol import RequestPayloadError

from playground import raw_json
from playground.keys import OPEN
from playground.loopback import is_loopback
from playground.refusals import PersonRefused

ELSEWHERE = ("cross-site", "same-site")
SENTENCES = {
    404: "There is no such call; GET /people lists those there are.",
    405: "That call wants another HTTP method; GET /people lists them.",
    413: "The body is too large.",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses what a web page elsewhere could make a browser send; turns refusals into JSON."""
    if (sentence := _stranger(request)) is not None:
        return refusal(sentence, 403)
    response = await _handled(request, handler)
    if request.content.exception() is not None:
        response.force_close()  # where its next request begins nobody knows
    return response


async def _handled(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except PersonRefused as refused:
        return refusal(refused.sentence, refused.status)
    except web.HTTPException as error:
        if not request.path.startswith("/people") or error.status not in SENTENCES:
            raise
        allowed = {name: value for name, value in error.headers.items() if name == "Allow"}
        return refusal(SENTENCES[error.status], error.status, allowed)


def _stranger(request: web.Request) -> str | None:
    """Why the request may not come in, if so.

    Browsers send Origin with what a page posts and Sec-Fetch-Site with all it asks for, pictures too; no other
    client does. A name that somebody elsewhere lets point here shows in Host. To open the page itself one may
    follow a link from anywhere.
    """
    for_bots = request.path.startswith(("/bot", "/file/bot"))
    if not (for_bots and request.app[OPEN]) and not is_loopback(request.host):
        return "The playground answers on 127.0.0.1 and localhost only."
    origin = request.headers.get("Origin")
    is_foreign = origin is not None and _netloc(origin) != request.host
    if is_foreign or (request.headers.get("Sec-Fetch-Site") in ELSEWHERE and request.path != "/"):
        return "A page from elsewhere must not speak to the playground."
    return None


def refusal(sentence: str, status: int, headers: dict[str, str] | None = None) -> web.Response:
    answer = {"error": sentence}
    return web.json_response(answer, status=status, headers={"Cache-Control": "no-store", **(headers or {})})


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
        return raw_json.read(await request.text())
    except LookupError:
        raise PersonRefused(f"There is no charset {request.charset}; send UTF-8.") from None
    except RequestPayloadError:
        raise PersonRefused("The body is not encoded as its Content-Encoding says.") from None
    except ValueError:
        raise PersonRefused("The body is not JSON.") from None


def quiet_log() -> logging.Logger:
    """Where the server writes: what a caller sends that is no HTTP gets a line, not a traceback."""
    log = logging.getLogger("playground.http")
    if _without_traceback not in log.filters:
        log.addFilter(_without_traceback)
    return log


def _without_traceback(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, RequestPayloadError):
        return False  # told to the caller; it comes up again where the server reads the rest away
    if isinstance(error, HttpProcessingError):
        why = " ".join(error.message.split()).rstrip(":")[:80]
        record.msg, record.args, record.exc_info = "A request that is no HTTP: %s", (why,), None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
    return True


def _netloc(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None
