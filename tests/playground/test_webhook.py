"""A webhook is brought its updates: in order, with its secret, again until it takes them."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port

from playground.clock import Clock
from playground.state import Box


@dataclass
class Hook:
    """A bot's own server; `answers` go out in turn, the last one again and again. `go` lets requests through."""

    url: str = ""
    answers: list[web.Response] = field(default_factory=list)
    came: "asyncio.Queue[tuple[str, dict[str, Any], str | None]]" = field(default_factory=asyncio.Queue)
    go: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.Response:
        body = await request.json()
        (kind,) = body.keys() - {"update_id"}
        self.came.put_nowait((kind, body[kind], request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        await self.go.wait()
        return self.answers.pop(0) if self.answers else web.Response()

    async def text(self) -> str:
        """Of the next message that comes."""
        return str((await self.came.get())[1]["text"])


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    hook.go.set()
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    hook.go.set()
    await runner.cleanup()


@pytest.fixture(autouse=True)
async def _delivery(site: aiohttp.ClientSession) -> None:
    """The server brings updates as long as it runs."""


async def noted(api: Any, method: str, **parameters: Any) -> str:
    status, answer = await api.answer(method, **parameters)
    assert (status, answer["result"]) == (200, True)
    return str(answer["description"])


async def test_what_is_pending_is_brought_and_then_what_comes(
    api: Any, box: Box, hook: Hook, alice: int
) -> None:
    box.say("alice", "alice", "before")
    said = await noted(api, "setWebhook", url=hook.url, secret_token="s3-cret_")
    first = await hook.came.get()
    box.say("alice", "alice", "after")
    second = await hook.came.get()
    await box.confirmed()

    assert said == "Webhook was set"
    assert [(kind, body["text"], secret) for kind, body, secret in (first, second)] == [
        ("message", "before", "s3-cret_"),
        ("message", "after", "s3-cret_"),
    ]
    assert await api("getWebhookInfo") == {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 40,
        "ip_address": "127.0.0.1",
    }


async def test_no_secret_no_header(api: Any, box: Box, hook: Hook, alice: int) -> None:
    await api.answer("setWebhook", url=hook.url)
    box.say("alice", "alice", "x")

    assert (await hook.came.get())[2] is None


async def test_setting_and_deleting_say_what_they_did(api: Any, hook: Hook) -> None:
    words = [
        await noted(api, "deleteWebhook"),
        await noted(api, "setWebhook", url=hook.url),
        await noted(api, "setWebhook", url=hook.url),
        await noted(api, "setWebhook", url=hook.url, max_connections=7),
        await noted(api, "setWebhook", url=""),
        await noted(api, "setWebhook", url=hook.url),
        await noted(api, "deleteWebhook"),
    ]

    assert words == [
        "Webhook is already deleted",
        "Webhook was set",
        "Webhook is already set",
        "Webhook was set",
        "Webhook was deleted",
        "Webhook was set",
        "Webhook was deleted",
    ]


async def test_an_update_comes_again_after_twice_the_time_until_it_is_taken(
    api: Any, box: Box, hook: Hook, clock: Clock, alice: int
) -> None:
    hook.answers = [web.Response(status=500), web.Response(status=404), web.Response(status=204)]
    await api.answer("setWebhook", url=hook.url)
    box.say("alice", "alice", "a")
    box.say("alice", "alice", "b")

    begin = clock.now()
    came = [await came_at(hook, clock)]
    await box.webhook.settled(5)
    info = await api("getWebhookInfo")
    await clock.advance(0.9)
    await box.webhook.settled(5)
    too_soon = hook.came.empty()
    await clock.advance(0.1)
    came.append(await came_at(hook, clock))
    await box.webhook.settled(5)
    await clock.advance(1)
    await box.webhook.settled(5)
    sooner_than_twice = hook.came.empty()
    await clock.advance(1)
    came.append(await came_at(hook, clock))
    after = await hook.text()

    assert info["pending_update_count"] == 2
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert info["last_error_date"] == int(begin.timestamp())
    assert too_soon
    assert sooner_than_twice
    assert came == [("a", begin + timedelta(seconds=seconds)) for seconds in (0, 1, 3)]
    assert after == "b"


async def came_at(hook: Hook, clock: Clock) -> tuple[str, datetime]:
    """Text of the next message, and when it came."""
    text = await hook.text()
    return text, clock.now()


async def test_a_walk_steps_where_an_update_is_due_again(
    api: Any, box: Box, hook: Hook, clock: Clock, alice: int
) -> None:
    hook.answers = [web.Response(status=500) for _ in range(9)]
    await api.answer("setWebhook", url=hook.url)
    box.say("alice", "alice", "a")

    await clock.advance(3600)

    assert hook.came.qsize() == 10
    assert len(box.updates) == 0


async def test_nobody_listening_is_an_error_told(api: Any, box: Box, clock: Clock, alice: int) -> None:
    await api.answer("setWebhook", url=f"http://localhost:{unused_port()}/")
    box.say("alice", "alice", "a")
    await box.webhook.settled(5)

    info = await api("getWebhookInfo")

    assert info["pending_update_count"] == 1
    assert "refused" in info["last_error_message"]


async def test_a_server_without_tls_is_an_error_told(
    api: Any, box: Box, hook: Hook, clock: Clock, alice: int
) -> None:
    await api.answer("setWebhook", url=hook.url.replace("http:", "https:"))
    box.say("alice", "alice", "a")
    await box.webhook.settled(5)

    info = await api("getWebhookInfo")

    assert info["last_error_message"].startswith("SSL error")


async def test_chats_do_not_wait_for_each_other_but_within_one_there_is_order(
    api: Any, box: Box, hook: Hook, alice: int
) -> None:
    hook.go.clear()
    await api.answer("setWebhook", url=hook.url)
    for who, text in (("alice", "a1"), ("alice", "a2"), ("bob", "b1"), ("bob", "b2")):
        box.say(who, who, text)

    first = {await hook.text(), await hook.text()}
    nothing_more = hook.came.empty()
    hook.go.set()
    second = {await hook.text(), await hook.text()}

    assert first == {"a1", "b1"}
    assert nothing_more
    assert second == {"a2", "b2"}


async def test_no_more_connections_than_allowed(api: Any, box: Box, hook: Hook, alice: int) -> None:
    hook.go.clear()
    await api.answer("setWebhook", url=hook.url, max_connections=1)
    box.say("alice", "alice", "a")
    box.say("bob", "bob", "b")

    first = await hook.text()
    waiting = hook.came.empty()
    hook.go.set()

    assert (first, waiting, await hook.text()) == ("a", True, "b")


async def test_only_wanted_kinds_are_brought(
    api: Any, box: Box, hook: Hook, alice: int, buttons: Any
) -> None:
    sent = await api("sendMessage", chat_id=alice, text="x", reply_markup=buttons(Go="go"))
    await api.answer("setWebhook", url=hook.url, allowed_updates=["callback_query"])
    box.say("alice", "alice", "not wanted")
    box.tap("alice", "alice", sent["message_id"], "Go")

    assert (await hook.came.get())[0] == "callback_query"
    assert (await api("getWebhookInfo"))["allowed_updates"] == ["callback_query"]


async def test_pending_updates_may_be_dropped(api: Any, box: Box, hook: Hook, alice: int) -> None:
    box.say("alice", "alice", "old")
    await api.answer("setWebhook", url=hook.url, drop_pending_updates=True)
    box.say("alice", "alice", "new")

    assert await hook.text() == "new"


async def test_the_answer_may_hold_a_call(api: Any, box: Box, hook: Hook, alice: int) -> None:
    call = {"method": "sendMessage", "chat_id": alice, "text": "by the way"}
    hook.answers = [web.json_response(call), web.json_response({**call, "text": ""}), web.Response(text="ok")]
    events = box.events.listen()
    await api.answer("setWebhook", url=hook.url)
    for text in "abc":
        box.say("alice", "alice", text)

    while (event := await events.get()) and event["type"] != "warning":
        pass

    assert [message["text"] for message in box.messages("alice")][1:] == ["a", "b", "c", "by the way"]
    assert box.warnings == [
        "The call in the webhook's answer failed: Bad Request: message text is empty",
    ]
    assert await box.confirmed()


async def test_a_deleted_webhook_leaves_what_it_has_not_taken(
    api: Any, box: Box, hook: Hook, alice: int
) -> None:
    hook.go.clear()
    await api.answer("setWebhook", url=hook.url)
    box.say("alice", "alice", "x")
    await hook.text()

    await api.answer("deleteWebhook")

    assert [update["message"]["text"] for update in await api("getUpdates")] == ["x"]


async def test_another_address_is_brought_everything_at_once(
    api: Any, box: Box, hook: Hook, alice: int
) -> None:
    hook.answers = [web.Response(status=500)]
    await api.answer("setWebhook", url=hook.url)
    box.say("alice", "alice", "failed")
    await hook.text()
    await box.webhook.settled(5)
    hook.go.clear()
    box.say("bob", "bob", "on its way")
    await hook.text()

    await api.answer("setWebhook", url=f"{hook.url}?another")

    assert {await hook.text(), await hook.text()} == {"failed", "on its way"}
    assert "last_error_message" not in await api("getWebhookInfo")


async def test_a_bot_that_does_not_answer_in_time_is_an_error_told(
    api: Any, box: Box, hook: Hook, alice: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.delivery.SECONDS", 0.05)
    hook.go.clear()
    await api.answer("setWebhook", url=hook.url)
    box.say("alice", "alice", "x")
    await box.webhook.settled(5)

    assert (await api("getWebhookInfo"))["last_error_message"] == "Read timeout expired"


async def test_whoever_has_a_webhook_cannot_poll(api: Any, hook: Hook) -> None:
    waiting = asyncio.create_task(api.refused("getUpdates", timeout=30))
    await asyncio.sleep(0)

    await api.answer("setWebhook", url=hook.url)

    assert await waiting == (409, "Conflict: terminated by setWebhook request")
    assert await api.refused("getUpdates") == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first",
    )
    await api.answer("deleteWebhook")
    assert await api("getUpdates") == []


@pytest.mark.parametrize(
    "parameters, code, words",
    [
        ({"url": "https://"}, 400, "Bad Request: invalid webhook URL specified"),
        ({"url": "ftp://localhost/"}, 400, "Bad Request: invalid webhook URL specified"),
        ({"url": "http://localhost:x/"}, 400, "Bad Request: invalid webhook URL specified"),
        (
            {"url": "http://example.org/hook"},
            400,
            "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            {"url": "example.org/hook"},
            400,
            "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            {"url": "https://example.org:8080/"},
            400,
            "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        (
            {"url": "https://example.org/"},
            501,
            "Not Implemented: setWebhook to another machine is not built into the playground",
        ),
        (
            {"url": "http://localhost/", "secret_token": "a b"},
            400,
            "Bad Request: secret token contains unallowed characters",
        ),
        (
            {"url": "http://localhost/", "secret_token": "a" * 257},
            400,
            "Bad Request: secret token is too long",
        ),
        (
            {"url": "http://localhost/", "certificate": "x"},
            501,
            "Not Implemented: setWebhook with certificate is not built into the playground",
        ),
    ],
)
async def test_an_address_that_will_not_do_is_refused(
    api: Any, parameters: dict[str, Any], code: int, words: str
) -> None:
    assert await api.refused("setWebhook", **parameters) == (code, words)
