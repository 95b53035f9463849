"""People over HTTP: what the page and scripts do and see, as JSON."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from playground import groups_api, inline_api, methods_listed, trouble_api
from playground.doorkeeping import body_of
from playground.fields import Fields
from playground.keys import BOX, CLOCK
from playground.refusals import PersonRefused
from playground.state import Box

ANSWER_SECONDS = 10.0
POLL_SECONDS = 25.0
STILL_THERE_SECONDS = 15.0
NO_STORE = {"Cache-Control": "no-store"}

CALLS = {
    "GET /people": "this list",
    "GET /people/methods": '→ {"built": {method: {"takes", "ignores"}}, "not_built", "parts_not_built"}: what bots can '
    "call",
    "GET /people/chats": '→ [{"chat", "id", "type", "title", "members"}]; of groups also '
    '"admins", "owner", "forum", "topics", "companions"',
    "POST /people/say": '{"from", "chat", "text", "reply_to"?, "thread"?} → {"message_id"}',
    "POST /people/edit": '{"from", "chat", "message_id", "text"} → {}',
    "POST /people/tap": '{"from", "chat", "message_id", "button": label or data} → {"answer", "alert", "url"?} '
    "once the bot has answered; failing that, part of a label that no other button has, in any case",
    "POST /people/send": '{"from", "chat", "kind": photo|voice|document|sticker|location|contact, "caption"?, '
    '"latitude"?, "longitude"?, "reply_to"?, "thread"?} → {"message_id"}',
    "POST /people/vote": '{"from", "chat", "message_id", "options": [positions from 0; none takes it back]} → {}',
    "GET /people/messages?chat=&after=": '→ [{"message_id", "from", "date", "edited", "kind", "text", "html", '
    '"buttons": [[{"text", "data", "url", "copy"?}]], "silent", "reply_to"?, "thread"?, "album"?, "forwarded_from"?, '
    '"poll"?, "keyboard"?, "force_reply"?, "for"?: [names], "photo"?, "document"?, "voice"?, "sticker"?: addresses, '
    '"file_name"?, "location"?, "contact"?}]; "poll" is {"question", "options": [{"text", "voters", "voter_count"}], '
    '"type", "closed", "correct", "explanation", …}',
    "GET /people/commands?chat=&from=": '→ [{"command", "description"}]',
    "POST /people/delete": '{"from", "chat", "message_id"} → {}: delete a message',
    "POST /people/block": '{"from"} → {}',
    "POST /people/unblock": '{"from"} → {}',
    "POST /people/deactivate": '{"from"} → {}: delete the account, for good',
    "POST /people/person": '{"name", "language"?} → {"chat"}',
    "GET /people/clock": '→ {"now"}; ?after=ISO&next=ISO&follower=name waits until now is later',
    "POST /people/clock": '{"advance_seconds"} or {"to": ISO} → {"now"} once everything due is done; {"to": "news"} '
    '→ {"now", "news": bool}: on to the next message that comes, changes or goes, within a week',
    "GET /people/events": 'server-sent events, one JSON object each with its "type": hello ("now", "people", "bot"), '
    'message, edited ("chat", "message"), deleted ("chat", "message_id"), answer ("chat", "who", "text", "alert"), '
    'action ("chat", "action"), commands, chats (read them again), clock ("now"), fault ("method", "trouble", '
    '"retry_after"), refused ("method", "code", "text"), trouble, warning ("text")',
}


def add_routes(app: web.Application) -> None:
    for path, doing in (_POSTS | inline_api.POSTS).items():
        app.router.add_post(f"/people/{path}", _post(doing))
    for path, done_at_once in groups_api.POSTS.items():
        app.router.add_post(f"/people/{path}", _post_at_once(done_at_once))
    app.router.add_get("/people", _calls)
    app.router.add_get("/people/methods", _methods)
    app.router.add_get("/people/chats", _chats)
    app.router.add_get("/people/messages", _messages)
    app.router.add_get("/people/commands", _commands)
    app.router.add_get("/people/clock", _clock)
    app.router.add_post("/people/clock", _walk)
    app.router.add_get("/people/events", _events)


def _answer(value: Any) -> web.Response:
    return web.json_response(value, headers=NO_STORE)


def _post(doing: "Callable[[Box, Fields], Awaitable[dict[str, Any]]]") -> Callable[[web.Request], Any]:
    async def handler(request: web.Request) -> web.Response:
        return _answer(await doing(request.app[BOX], Fields(await body_of(request))))

    return handler


def _post_at_once(doing: Callable[[Box, Fields], dict[str, Any]]) -> Callable[[web.Request], Any]:
    async def handler(request: web.Request) -> web.Response:
        return _answer(doing(request.app[BOX], Fields(await body_of(request))))

    return handler


async def _say(box: Box, body: Fields) -> dict[str, Any]:
    reply_to, thread = body.optional_number("reply_to"), body.optional_number("thread")
    return {"message_id": box.say(body.text("from"), body.chat(), body.text("text"), reply_to, thread)}


async def _edit(box: Box, body: Fields) -> dict[str, Any]:
    box.edit(body.text("from"), body.chat(), body.number("message_id"), body.text("text"))
    return {}


async def _tap(box: Box, body: Fields) -> dict[str, Any]:
    tapped = box.tap(body.text("from"), body.chat(), body.number("message_id"), body.text("button"))
    try:
        answer = await asyncio.wait_for(asyncio.shield(tapped), ANSWER_SECONDS)
    except TimeoutError:
        raise PersonRefused(f"The bot has not answered the tap within {ANSWER_SECONDS:g} s.", 504) from None
    if answer.expired:
        raise PersonRefused("The bot never answered the tap; it is too old now.", 504)
    return answer.as_json()


async def _send(box: Box, body: Fields) -> dict[str, Any]:
    message_id = box.send(
        body.text("from"),
        body.chat(),
        body.text("kind"),
        body.text("caption", ""),
        body.degrees("latitude", 90),
        body.degrees("longitude", 180),
        body.optional_number("reply_to"),
        thread=body.optional_number("thread"),
    )
    return {"message_id": message_id}


async def _vote(box: Box, body: Fields) -> dict[str, Any]:
    box.vote(body.text("from"), body.chat(), body.number("message_id"), body.numbers("options"))
    return {}


async def _delete(box: Box, body: Fields) -> dict[str, Any]:
    box.delete(body.text("from"), body.chat(), body.number("message_id"))
    return {}


async def _block(box: Box, body: Fields) -> dict[str, Any]:
    box.block(body.text("from"))
    return {}


async def _unblock(box: Box, body: Fields) -> dict[str, Any]:
    box.unblock(body.text("from"))
    return {}


async def _deactivate(box: Box, body: Fields) -> dict[str, Any]:
    box.deactivate(body.text("from"))
    return {}


async def _person(box: Box, body: Fields) -> dict[str, Any]:
    return {"chat": box.add_person(body.text("name"), body.text("language", "en")).name}


_POSTS = {
    "say": _say,
    "edit": _edit,
    "tap": _tap,
    "vote": _vote,
    "send": _send,
    "delete": _delete,
    "block": _block,
    "unblock": _unblock,
    "deactivate": _deactivate,
    "person": _person,
}


async def _calls(request: web.Request) -> web.Response:
    return _answer(CALLS | groups_api.CALLS | inline_api.CALLS | trouble_api.CALLS)


async def _methods(request: web.Request) -> web.Response:
    return _answer(methods_listed.listed())


async def _chats(request: web.Request) -> web.Response:
    return _answer(request.app[BOX].chats())


async def _messages(request: web.Request) -> web.Response:
    after = request.query.get("after") or "0"
    if not after.isdecimal():
        raise PersonRefused("after must be a message id.")
    return _answer(request.app[BOX].messages(_chat_asked(request), int(after)))


async def _commands(request: web.Request) -> web.Response:
    chat, who = request.query.get("chat") or None, request.query.get("from") or None
    return _answer(request.app[BOX].commands(chat, who))


def _chat_asked(request: web.Request) -> str:
    if "chat" not in request.query:
        raise PersonRefused("Say which chat: ?chat=alice")
    return request.query["chat"]


async def _clock(request: web.Request) -> web.Response:
    clock = request.app[CLOCK]
    if "after" in request.query:
        after = _moment(request.query["after"])
        due = _moment(request.query["next"]) if request.query.get("next") else None
        name = request.query.get("follower", "")
        clock.distant.came(name, after, due)
        try:
            await clock.later_than(after, POLL_SECONDS)
        finally:
            clock.distant.left(name)
    return _answer({"now": clock.now().isoformat()})


async def _walk(request: web.Request) -> web.Response:
    clock, body = request.app[CLOCK], await body_of(request)
    seconds, to = body.get("advance_seconds"), body.get("to")
    if to == "news" and seconds is None:
        now, news = await clock.walk_to_news()
        return _answer({"now": now.isoformat(), "news": news})
    if isinstance(to, str) and seconds is None:
        now = await clock.walk_to(_moment(to))
    elif isinstance(seconds, int | float) and not isinstance(seconds, bool) and to is None:
        if not 0 <= seconds < 1e9:
            raise PersonRefused("Time only walks forwards: advance_seconds must be 0 or more.")
        now = await clock.advance(seconds)
    else:
        raise PersonRefused('Send {"advance_seconds": number} or {"to": "2026-01-31T09:00:00+00:00"}.')
    return _answer({"now": now.isoformat()})


def _moment(text: str) -> datetime:
    try:
        # a plus sign in an address arrives as a blank
        moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise PersonRefused(f"“{text}” is no moment with a zone, like 2026-01-31T09:00:00+00:00.")
    return moment


async def _events(request: web.Request) -> web.StreamResponse:
    box, clock = request.app[BOX], request.app[CLOCK]
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", **NO_STORE})
    queue = box.events.listen()
    hello = {
        "type": "hello",
        "now": clock.now().isoformat(),
        "people": [
            {"name": p.name, "language": p.language, "blocked": p.blocked} for p in box.roster.people.values()
        ],
        "bot": {
            "username": box.bot.username,
            "name": box.bot.name,
            "privacy": box.bot.privacy,
            "inline": box.bot.inline,
        },
    }
    try:
        await response.prepare(request)
        await _tell(response, hello)
        while True:
            try:
                event = await asyncio.wait_for(queue.get(), STILL_THERE_SECONDS)
            except TimeoutError:
                await response.write(b": still there\n\n")
                continue
            if event is None:
                return response
            await _tell(response, event)
    except ConnectionError:
        return response
    finally:
        box.events.leave(queue)


async def _tell(response: web.StreamResponse, event: dict[str, Any]) -> None:
    await response.write(f"data: {json.dumps(event)}\n\n".encode())
