"""The box over HTTP: the Bot API's door, people's door, the files and the page."""

import asyncio
import errno
import re
from pathlib import Path

from aiohttp import web
from aiohttp.web_protocol import RequestPayloadError

from playground import bot_api, people_api, raw_json, trouble_api
from playground.bodies import from_json
from playground.clock import Clock
from playground.delivery import delivering
from playground.doorkeeping import guard, quiet_log
from playground.faults import Severed
from playground.files import Upload
from playground.keys import BOX, CLOCK, OPEN
from playground.loopback import is_loopback
from playground.refusals import Refused, bad_request
from playground.severing import sever
from playground.state import Box
from playground.ticking import ticking

PAGE = Path(__file__).parent / "page"
MOST_BODY_BYTES = 64 * 1024 * 1024
PORTS_TRIED = 50
_TAKEN = (errno.EADDRINUSE, errno.EACCES)
ANSWER_HEADERS = {"Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store"}
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
}
TYPES = {
    ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript",
    ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon", ".json": "application/json",
    ".webmanifest": "application/manifest+json", ".woff2": "font/woff2",
}  # fmt: skip
SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/ogg")


def build(box: Box, clock: Clock, host: str = "127.0.0.1") -> web.Application:
    """The application, to listen on that address; from here on the clock runs the box's timers."""
    app = web.Application(client_max_size=MOST_BODY_BYTES, middlewares=[guard])
    app[BOX], app[CLOCK], app[OPEN] = box, clock, not is_loopback(host)
    clock.keep(box)
    app.router.add_route("*", r"/bot{token:[^/]*}/{method:[^/]*}", _call)
    app.router.add_route("*", r"/bot{rest:.*}", _no_such_call)
    app.router.add_get(r"/file/bot{token:[^/]*}/{path:.+}", _download)
    app.router.add_get(r"/files/{path:.+}", _show_file)
    people_api.add_routes(app)
    trouble_api.add_routes(app)
    app.router.add_get("/", _index)
    app.router.add_get(r"/page/{name:[A-Za-z0-9_.\-/]+}", _page_file)
    app.cleanup_ctx.append(delivering)
    app.cleanup_ctx.append(ticking)
    app.on_shutdown.append(_let_go)
    return app


async def serve(box: Box, clock: Clock, port: int, host: str = "127.0.0.1") -> tuple[web.AppRunner, int]:
    """A running server on the port, or on the next free one, and which it is. Stop it with `runner.cleanup()`."""
    runner = web.AppRunner(
        build(box, clock, host),
        access_log=None,
        logger=quiet_log(),
        handler_cancellation=True,
        shutdown_timeout=0.5,
    )
    await runner.setup()
    for candidate in range(port, port + PORTS_TRIED) if port else [0]:
        try:
            await web.TCPSite(runner, host, candidate).start()
        except OSError as error:
            if candidate == port + PORTS_TRIED - 1 or not port or error.errno not in _TAKEN:
                await runner.cleanup()
                raise
        else:
            return runner, int(runner.addresses[0][1])
    raise AssertionError("unreachable")


async def _let_go(app: web.Application) -> None:
    app[BOX].close()
    app[CLOCK].close()
    await asyncio.sleep(0)


async def _call(request: web.Request) -> web.Response:
    box = request.app[BOX]
    try:
        raw, uploads = await _parameters(request)
    except Refused as refused:
        status, answer = refused.code, refused.payload()
    except web.HTTPRequestEntityTooLarge:
        status, answer = 413, Refused(413, "").payload()
    except (ValueError, LookupError, RequestPayloadError):
        status, answer = 400, bad_request("can't parse the request's body").payload()
    else:
        token, method = request.match_info["token"], request.match_info["method"]
        try:
            status, answer = await bot_api.call(box, token, method, raw, uploads)
        except Severed as severed:
            return await sever(request, severed)
    return web.Response(body=raw_json.write(answer), status=status, headers=ANSWER_HEADERS)


async def _no_such_call(request: web.Request) -> web.Response:
    return web.json_response(Refused(404, "").payload(), status=404)


async def _parameters(request: web.Request) -> tuple[dict[str, str], dict[str, Upload]]:
    """Parameters from the address and the body, whatever its form."""
    raw = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.method == "GET" or not request.body_exists:
        return raw, uploads
    if request.content_type == "application/json":
        return raw | from_json(await request.text()), uploads
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.filename, value.file.read(), value.content_type)
        elif isinstance(value, str):
            raw[name] = value
        else:
            uploads[name] = Upload(name, bytes(value))
    return raw, uploads


async def _download(request: web.Request) -> web.Response:
    try:
        request.app[BOX].admit(request.match_info["token"])
    except Refused as refused:
        return web.json_response(refused.payload(), status=refused.code)
    stored = request.app[BOX].files.at(request.match_info["path"])
    if stored is None:
        return web.json_response(Refused(404, "").payload(), status=404)
    return web.Response(body=stored.content, content_type="application/octet-stream")


async def _show_file(request: web.Request) -> web.Response:
    """A file for the page; what a browser might run is only ever downloaded."""
    stored = request.app[BOX].files.at(request.match_info["path"])
    if stored is None:
        raise web.HTTPNotFound
    headers = dict(HEADERS)
    inline = stored.mime_type in SHOWN_INLINE
    if not inline:
        name = re.sub(r"[^A-Za-z0-9._-]", "_", stored.name)
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    kind = stored.mime_type if inline else "application/octet-stream"
    return web.Response(body=stored.content, content_type=kind, headers=headers)


async def _index(request: web.Request) -> web.Response:
    return _file_of_page("index.html")


async def _page_file(request: web.Request) -> web.Response:
    return _file_of_page(request.match_info["name"])


def _file_of_page(name: str) -> web.Response:
    path = (PAGE / name).resolve()
    if not path.is_relative_to(PAGE.resolve()) or not path.is_file() or path.suffix not in TYPES:
        raise web.HTTPNotFound(text="There is no such page.\n")
    kind = TYPES[path.suffix]
    charset = "utf-8" if kind.startswith("text/") else None
    return web.Response(body=path.read_bytes(), content_type=kind, charset=charset, headers=HEADERS)
