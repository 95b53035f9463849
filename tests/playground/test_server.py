"""The box over HTTP: both doors, the files and the page, against a real loopback server."""

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import unused_port
from yarl import URL

from playground import server
from playground.clock import Clock
from playground.samples import sample
from playground.state import Box

TOKEN = "/bot42:playground"


async def test_a_call_may_come_in_any_form(site: aiohttp.ClientSession, box: Box, alice: int) -> None:
    form = aiohttp.FormData({"chat_id": str(alice), "text": "multipart"}, quote_fields=False)
    form.add_field("ignored", "", content_type="text/plain")
    box.strict = False
    answers = [
        await site.get(f"{TOKEN}/sendMessage", params={"chat_id": alice, "text": "get"}),
        await site.post(f"{TOKEN}/SENDMESSAGE", data={"chat_id": alice, "text": "form"}),
        await site.post(f"{TOKEN}/sendmessage", data=form),
        await site.post(
            f"{TOKEN}/sendMessage", json={"chat_id": alice, "text": "json", "reply_markup": None}
        ),
        await site.post(f"{TOKEN}/sendMessage", params={"chat_id": alice}, json={"text": 5}),
        await site.post("/bot42:other-token/sendMessage", json={"chat_id": str(alice), "text": "token"}),
    ]

    assert [answer.status for answer in answers] == [200] * 6
    said = [message["text"] for message in box.messages("alice")][1:]
    assert said == ["get", "form", "multipart", "json", "5", "token"]


async def test_a_file_goes_up_and_comes_down(site: aiohttp.ClientSession, alice: int) -> None:
    picture = sample("photo")
    form = aiohttp.FormData(
        {"chat_id": str(alice), "photo": "attach://it", "caption": "ü"}, quote_fields=False
    )
    form.add_field("it", picture.content, filename="chart.png", content_type="image/png")

    sent = (await (await site.post(f"{TOKEN}/sendPhoto", data=form)).json())["result"]
    file_id = sent["photo"][-1]["file_id"]
    found = await (await site.get(f"{TOKEN}/getFile", params={"file_id": file_id})).json()
    content = await (await site.get(f"/file{TOKEN}/{found['result']['file_path']}")).read()
    missing = await site.get(f"/file{TOKEN}/photos/none.png")

    assert sent["caption"] == "ü"
    assert content == picture.content
    assert (missing.status, (await missing.json())["description"]) == (404, "Not Found")


@pytest.mark.parametrize(
    "path, body, status, words",
    [
        (f"{TOKEN}/sendMessage", b'{"chat_id"', 400, "Bad Request: can't parse request JSON object"),
        (f"{TOKEN}/sendMessage", b"[]", 400, "Bad Request: can't parse request JSON object"),
        (f"{TOKEN}/sendMessage", b'{"chat_id": 1, "text": null}', 400, "Bad Request: message text is empty"),
        (f"{TOKEN}/sendMessage", b"\xff", 400, "Bad Request: can't parse the request's body"),
        (f"{TOKEN}/sendMassage", b"{}", 404, "Not Found: method not found"),
        (f"{TOKEN}/sendDice", b"{}", 501, "Not Implemented: sendDice is not built into the playground"),
        (f"{TOKEN}", b"{}", 404, "Not Found"),
        ("/botless/getMe", b"{}", 401, "Unauthorized"),
    ],
)
async def test_a_call_that_makes_no_sense_gets_json_all_the_same(
    site: aiohttp.ClientSession, path: str, body: bytes, status: int, words: str
) -> None:
    answer = await site.post(path, data=body, headers={"Content-Type": "application/json"})

    assert answer.status == status
    assert await answer.json() == {"ok": False, "error_code": status, "description": words}


async def test_a_broken_connection_loses_no_update(site: aiohttp.ClientSession, box: Box, alice: int) -> None:
    with pytest.raises(TimeoutError):
        await site.get(f"{TOKEN}/getUpdates?timeout=30", timeout=aiohttp.ClientTimeout(total=0.05))
    box.say("alice", "alice", "x")

    answer = await (await site.get(f"{TOKEN}/getUpdates?timeout=30")).json()

    assert [update["message"]["text"] for update in answer["result"]] == ["x"]


async def test_people_talk_over_http(site: aiohttp.ClientSession, api: Any, box: Box) -> None:
    said = await _post(site, "say", {"from": "alice", "chat": "alice", "text": "/start"})
    await _post(site, "edit", {"from": "alice", "chat": "alice", **said, "text": "/start x"})
    sent = await _post(
        site, "send", {"from": "alice", "chat": "alice", "kind": "location", "latitude": 1, "longitude": 2}
    )
    await _post(site, "delete", {"from": "alice", "chat": "alice", **sent})
    await _post(site, "person", {"name": "erin"})
    await _post(site, "block", {"from": "bob"})
    await _post(site, "unblock", {"from": "bob"})
    await _post(site, "deactivate", {"from": "bob"})

    chats = await (await site.get("/people/chats")).json()
    messages = await (await site.get("/people/messages", params={"chat": "alice", "after": "0"})).json()
    assert {chat["chat"]: chat["deactivated"] for chat in chats if chat["type"] == "private"} == {
        "alice": False, "bob": True, "carol": False, "dave": False, "erin": False,
    }  # fmt: skip
    assert [message["text"] for message in messages] == ["/start x"]
    assert [next(iter(update.keys() - {"update_id"})) for update in await api.updates()] == [
        "message",
        "edited_message",
        "message",
    ]


async def test_a_tap_answers_when_the_bot_has(
    site: aiohttp.ClientSession, api: Any, box: Box, alice: int, buttons: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = await api("sendMessage", chat_id=alice, text="x", reply_markup=buttons(Go="go"))
    tap = {"from": "alice", "chat": "alice", "message_id": sent["message_id"], "button": "Go"}

    tapping = asyncio.create_task(_post(site, "tap", tap))
    (update,) = await api.updates(timeout=30)
    await api("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="Saved")
    assert await tapping == {"answer": "Saved", "alert": False}

    monkeypatch.setattr("playground.people_api.ANSWER_SECONDS", 0.01)
    assert await _refusal(site, "tap", tap) == (504, "The bot has not answered the tap within 0.01 s.")


@pytest.mark.parametrize(
    "call, body, status, sentence",
    [
        ("say", {"chat": "alice", "text": "x"}, 400, '"from" is missing: it must be a text.'),
        ("say", {"from": "alice", "text": "x"}, 400, '"chat" is missing: it must be a chat\'s name.'),
        ("say", {"from": "bob", "chat": "alice", "text": "x"}, 403, "bob is not in the chat alice."),
        ("edit", {"from": "alice", "chat": "alice", "text": "x"}, 400,
         '"message_id" is missing: it must be a whole number.'),
        ("tap", {"from": "alice", "chat": "alice", "message_id": 1.5, "button": "x"}, 400,
         '"message_id" must be a whole number.'),
        ("send", {"from": "alice", "chat": "alice", "kind": "location", "latitude": 91}, 400,
         '"latitude" must be a number from -90 to 90.'),
        ("clock", {}, 400, 'Send {"advance_seconds": number} or {"to": "2026-01-31T09:00:00+00:00"}.'),
        ("clock", {"advance_seconds": -1}, 400, "Time only walks forwards: advance_seconds must be 0 or more."),
        ("clock", {"to": "2026-11-20T09:00:00+00:00"}, 400,
         "Time only walks forwards: it is 2026-11-20T09:00:30+00:00 already."),
        ("clock", {"to": "noon"}, 400, "“noon” is no moment with a zone, like 2026-01-31T09:00:00+00:00."),
        ("clock", {"to": "2026-11-20T12:00:00"}, 400,
         "“2026-11-20T12:00:00” is no moment with a zone, like 2026-01-31T09:00:00+00:00."),
    ],
)  # fmt: skip
async def test_what_a_script_gets_wrong_is_said_in_a_sentence(
    site: aiohttp.ClientSession, call: str, body: dict[str, Any], status: int, sentence: str
) -> None:
    assert await _refusal(site, call, body) == (status, sentence)


async def test_other_web_pages_are_kept_out(site: aiohttp.ClientSession) -> None:
    say = json.dumps({"from": "alice", "chat": "alice", "text": "x"})
    answers = [
        await site.post("/people/say", data=say, headers={"Content-Type": "text/plain"}),
        await site.get("/people/chats", headers={"Host": "evil.example"}),
        await site.get("/", headers={"Host": "evil.example:8080"}),
        await site.post(f"{TOKEN}/getMe", headers={"Origin": "https://evil.example"}),
    ]

    assert [answer.status for answer in answers] == [415, 403, 403, 403]
    assert [set(await answer.json()) for answer in answers] == [{"error"}] * 4
    for host in ("localhost", "localhost:1", "127.0.0.1:2", "[::1]:3"):
        allowed = await site.get("/people", headers={"Host": host, "Origin": f"http://{host}"})
        assert "POST /people/say" in await allowed.json()


async def test_the_page_hears_of_everything(
    site: aiohttp.ClientSession, api: Any, box: Box, alice: int
) -> None:
    async with site.get("/people/events") as stream:
        hello = await _event(stream)
        sent = await api("sendMessage", chat_id=alice, text="x")
        await api("editMessageText", chat_id=alice, message_id=sent["message_id"], text="y")
        await api("deleteMessage", chat_id=alice, message_id=sent["message_id"])
        await api("setMyCommands", commands=[{"command": "start", "description": "Start"}])
        await api.refused("sendDice", chat_id=alice)
        await _post(site, "clock", {"advance_seconds": 1})
        events = [await _event(stream) for _ in range(7)]

    assert hello["now"] == "2026-11-20T09:00:30+00:00"
    assert hello["bot"] == {
        "username": "interview_coach_bot",
        "name": "Interview Coach",
        "privacy": True,
        "inline": False,
    }
    assert hello["people"][1] == {"name": "bob", "language": "de", "blocked": False}
    kinds = [event["type"] for event in events]
    assert kinds == ["message", "edited", "deleted", "commands", "warning", "refused", "clock"]
    assert (events[1]["chat"], events[1]["message"]["text"]) == ("alice", "y")
    assert events[-1]["now"] == "2026-11-20T09:00:31+00:00"
    commands = await (await site.get("/people/commands", params={"chat": "alice"})).json()
    assert commands == events[3]["commands"] == [{"command": "start", "description": "Start"}]


async def test_the_page_is_served_and_nothing_beside_it(
    site: aiohttp.ClientSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page"
    page.mkdir()
    (page / "index.html").write_text("<!doctype html>", encoding="utf-8")
    (page / "main.js").write_text("1", encoding="utf-8")
    (page / "notes.txt").write_text("2", encoding="utf-8")
    (tmp_path / "secret.js").write_text("3", encoding="utf-8")
    monkeypatch.setattr(server, "PAGE", page)

    index, script = await site.get("/"), await site.get("/page/main.js")
    others = [
        await site.get(URL(f"{index.url.origin()}{path}", encoded=True))
        for path in (
            "/page/../secret.js",
            "/page/%2e%2e/secret.js",
            "/page//secret.js",
            "/page/notes.txt",
            "/page/",
        )
    ]

    assert (index.status, index.content_type, await index.text()) == (200, "text/html", "<!doctype html>")
    assert (script.status, script.content_type) == (200, "text/javascript")
    assert "default-src 'self'" in index.headers["Content-Security-Policy"]
    assert index.headers["Cache-Control"] == "no-store"
    assert [answer.status for answer in others] == [404] * len(others)


async def test_what_a_browser_might_run_is_only_downloaded(
    site: aiohttp.ClientSession, api: Any, box: Box, alice: int
) -> None:
    box.send("alice", "alice", "photo")
    box.send("alice", "alice", "document")
    photo, document = box.messages("alice")[-2:]

    shown, kept = await site.get(photo["photo"]), await site.get(document["document"])

    assert (shown.content_type, "Content-Disposition" in shown.headers) == ("image/png", False)
    assert kept.headers["Content-Disposition"] == 'attachment; filename="notes.txt"'
    assert (await site.get("/files/photos/none.png")).status == 404


async def test_a_taken_port_means_the_next_free_one(box: Box, clock: Clock) -> None:
    wanted = unused_port()
    first, taken = await server.serve(box, clock, wanted)
    second, next_one = await server.serve(box, clock, wanted)
    await first.cleanup()
    await second.cleanup()

    assert taken == wanted
    assert wanted < next_one < wanted + server.PORTS_TRIED


async def test_closing_lets_everybody_go_at_once(box: Box, clock: Clock) -> None:
    runner, port = await server.serve(box, clock, 0)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        stream = await session.get("/people/events")
        await _event(stream)
        poll = asyncio.create_task(session.get(f"{TOKEN}/getUpdates?timeout=30"))
        follow = asyncio.create_task(session.get("/people/clock", params={"after": clock.now().isoformat()}))
        assert await box.updates.connected(5)
        assert await clock.distant.gathered(1, 5)

        before = asyncio.get_running_loop().time()
        await runner.cleanup()
        took = asyncio.get_running_loop().time() - before

        assert took < 0.4
        assert (await (await poll).json()) == {"ok": True, "result": []}
        assert (await follow).status == 200


async def _post(site: aiohttp.ClientSession, call: str, body: dict[str, Any]) -> Any:
    answer = await site.post(f"/people/{call}", json=body)
    assert answer.status == 200, await answer.text()
    return await answer.json()


async def _refusal(site: aiohttp.ClientSession, call: str, body: dict[str, Any]) -> tuple[int, str]:
    answer = await site.post(f"/people/{call}", json=body)
    return answer.status, (await answer.json())["error"]


async def _event(stream: aiohttp.ClientResponse) -> Any:
    line = await stream.content.readline()
    assert await stream.content.readline() == b"\n"
    return json.loads(line.removeprefix(b"data: "))
