"""Who may come in, and what becomes of a request that is no proper one."""

import asyncio
import logging

import aiohttp
import pytest

from playground import server
from playground.clock import Clock
from playground.state import Box

SAY = {"from": "alice", "chat": "alice", "text": "x"}
SEND = "/bot42:playground/sendMessage?chat_id=1001&text=stolen"


@pytest.mark.parametrize("site_of_page", ["cross-site", "same-site"])
@pytest.mark.parametrize(
    "path", [SEND, "/file/bot42:playground/photos/file_0.png", "/people/chats", "/page/main.js"]
)
async def test_a_picture_on_a_page_elsewhere_drives_nothing(
    site: aiohttp.ClientSession, box: Box, alice: int, path: str, site_of_page: str
) -> None:
    answer = await site.get(path, headers={"Sec-Fetch-Site": site_of_page})

    assert answer.status == 403
    assert await answer.json() == {"error": "A page from elsewhere must not speak to the playground."}
    assert [message["text"] for message in box.messages("alice")] == ["/start"]


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:3000", "null", "http://["])
async def test_a_page_of_another_origin_posts_nothing(site: aiohttp.ClientSession, origin: str) -> None:
    answers = [
        await site.post("/people/say", json=SAY, headers={"Origin": origin}),
        await site.post("/bot42:playground/getMe", headers={"Origin": origin}),
    ]

    assert [answer.status for answer in answers] == [403, 403]


async def test_a_link_from_anywhere_opens_the_page_and_the_page_may_do_everything(
    site: aiohttp.ClientSession, address: str
) -> None:
    opened = await site.get("/", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"})
    said = await site.post(
        "/people/say", json=SAY, headers={"Origin": address, "Sec-Fetch-Site": "same-origin"}
    )
    typed = await site.get("/people", headers={"Sec-Fetch-Site": "none"})

    assert [answer.status for answer in (opened, said, typed)] == [200, 200, 200]


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "192.168.1.5:8080", "[", "127.0.0.1.evil.example"]
)
async def test_a_name_that_was_pointed_here_is_answered_to_nobody(
    site: aiohttp.ClientSession, host: str
) -> None:
    paths = ("/", "/people/chats", "/bot42:playground/getMe", "/file/bot42:playground/x", "/files/x")
    answers = [await site.get(path, headers={"Host": host}) for path in paths]

    assert [answer.status for answer in answers] == [403] * len(paths)


async def test_a_box_that_listens_to_other_machines_answers_their_bots_and_no_one_else(
    box: Box, clock: Clock
) -> None:
    runner, port = await server.serve(box, clock, 0, "0.0.0.0")
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", headers={"Host": "box:8080"}) as other:
        bot = await other.get("/bot42:playground/getMe")
        people = await other.get("/people/chats")
        picture = await other.get("/bot42:playground/getMe", headers={"Sec-Fetch-Site": "cross-site"})
    await runner.cleanup()

    assert (bot.status, people.status, picture.status) == (200, 403, 403)


@pytest.mark.parametrize(
    "headers, body, sentence",
    [
        ({"Content-Encoding": "gzip"}, b'{"a": 1}', "The body is not encoded as its Content-Encoding says."),
        ({"Content-Encoding": "deflate"}, b'{"a": 1}', "The body is not encoded as its Content-Encoding says."),
        ({"Content-Type": "application/json; charset=klingon"}, b"{}", "There is no charset klingon; send UTF-8."),
        ({}, b"[" * 200_000, "The body is not JSON."),
        ({}, b'{"latitude": NaN}', "The body is not JSON."),
        ({}, b"\xff", "The body is not JSON."),
    ],
)  # fmt: skip
async def test_a_body_that_cannot_be_read_gets_a_sentence_and_leaves_no_traceback(
    address: str, headers: dict[str, str], body: bytes, sentence: str, caplog: pytest.LogCaptureFixture
) -> None:
    given = {"Content-Type": "application/json"} | headers
    async with aiohttp.ClientSession(address, skip_auto_headers=["Accept-Encoding"]) as site:
        people = await site.post("/people/say", data=_raw(body), headers=given)
        bot = await site.post("/bot42:playground/getMe", data=_raw(body), headers=given)

        assert (people.status, await people.json()) == (400, {"error": sentence})
        assert (bot.status, (await bot.json())["ok"]) == (400, False)
    assert caplog.records == []


def _raw(body: bytes) -> aiohttp.BytesPayload:
    """Sent as it stands, whatever the headers say of it."""
    return aiohttp.BytesPayload(body)


@pytest.mark.parametrize(
    "line", [b"GET / HTTP/9.9", b"GET http://[ HTTP/1.1", b"GET /" + b"a" * 9000 + b" HTTP/1.1"]
)
async def test_what_is_no_http_is_worth_a_line_at_most(
    address: str, line: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
    writer.write(line + b"\r\n\r\n")

    answer = await reader.read(20)
    writer.close()

    assert b" 400 " in answer
    (record,) = caplog.records
    assert (record.levelno, record.exc_info) == (logging.WARNING, None)
    assert "\n" not in record.getMessage()


async def test_what_people_cannot_call_is_said_as_json(
    site: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = await site.post("/people/sing", json={})
    wrong = await site.get("/people/say")

    assert (missing.status, await missing.json()) == (
        404, {"error": "There is no such call; GET /people lists those there are."},
    )  # fmt: skip
    assert (wrong.status, await wrong.json()) == (
        405, {"error": "That call wants another HTTP method; GET /people lists them."},
    )  # fmt: skip
    assert wrong.headers["Allow"] == "POST"


async def test_a_body_that_is_too_large_is_refused_in_a_sentence(
    box: Box, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "MOST_BODY_BYTES", 100)
    runner, port = await server.serve(box, clock, 0)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as site:
        answer = await site.post("/people/say", json=SAY | {"text": "x" * 200})
        refusal = await answer.json()
    await runner.cleanup()

    assert (answer.status, refusal) == (413, {"error": "The body is too large."})
