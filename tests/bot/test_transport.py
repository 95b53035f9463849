import asyncio
import logging
import socket
import traceback
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.polling import Polling
from bot.transport import AiohttpTransport, NeverSent
from tests.bot.loopback import TOKEN, Answer, Loopback, loopback, ok, page, refused, reset


@pytest.fixture
async def here() -> AsyncIterator[Loopback]:
    async with loopback() as here:
        yield here


@pytest.fixture
async def transport() -> AsyncIterator[AiohttpTransport]:
    async with AiohttpTransport() as transport:
        yield transport


def data(**parameters: object) -> RequestData:
    return RequestData([RequestParameter.from_input(name, value) for name, value in parameters.items()])


def everything_said_of(error: BaseException) -> str:
    """The error's words, its traceback, and those of all that led to it."""
    parts: list[str] = []
    current: BaseException | None = error
    while current is not None:
        parts += [str(current), repr(current)]
        current = current.__cause__ or current.__context__
    return "\n".join([*parts, *traceback.format_exception(error)])


async def test_parameters_arrive_with_their_types(here: Loopback, transport: AiohttpTransport) -> None:
    here.answer = ok({"message_id": 5})

    answer = await transport.post(
        here.method("sendMessage"), data(chat_id=7, text="a<b & “c”", silent=True, of=[1, "x"])
    )

    assert answer == {"message_id": 5}
    assert here.calls == [
        ("sendMessage", {"chat_id": 7, "text": "a<b & “c”", "silent": True, "of": [1, "x"]})
    ]


async def test_a_call_without_parameters_needs_no_body(here: Loopback, transport: AiohttpTransport) -> None:
    assert await transport.post(here.method("getMe")) is True
    assert here.calls == [("getMe", {})]


async def test_a_file_arrives_with_name_and_type_beside_its_parameters(
    here: Loopback, transport: AiohttpTransport
) -> None:
    await transport.post(
        here.method("sendDocument"),
        data(chat_id=7, caption="Größe", document=InputFile(b"\x00\x01", filename='früh "1".csv')),
    )

    name, given = here.calls[0]
    assert name == "sendDocument"
    assert given == {
        "chat_id": "7",
        "caption": "Größe",
        "document": ('früh "1".csv', b"\x00\x01", "text/csv"),
    }


async def test_a_file_is_fetched_as_it_is(here: Loopback, transport: AiohttpTransport) -> None:
    async def content(request: web.Request) -> web.StreamResponse:
        return web.Response(body=b"\x89PNG")

    here.answer = content

    assert await transport.retrieve(f"{here.url}/file/bot{TOKEN}/photos/1.png") == b"\x89PNG"


async def test_the_library_itself_speaks_through_it(here: Loopback) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        me = {"id": 1, "is_bot": True, "first_name": "Coach", "username": "coach_bot"}
        sent = {"message_id": 9, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "hi"}
        return web.json_response({"ok": True, "result": me if request.path.endswith("getMe") else sent})

    here.answer = answer

    async with Bot(
        TOKEN, base_url=here.base, request=AiohttpTransport(), get_updates_request=AiohttpTransport()
    ) as bot:
        message = await bot.send_message(7, "hi")

    assert message.message_id == 9
    assert here.calls[-1] == ("sendMessage", {"chat_id": 7, "text": "hi"})


async def test_connections_are_kept_and_never_more_than_the_pool_holds(here: Loopback) -> None:
    async with AiohttpTransport(pool_size=2) as transport:
        await asyncio.gather(*(transport.post(here.method("getMe")) for _ in range(20)))

    assert len(here.calls) == 20
    assert len(here.peers) <= 2


@pytest.mark.parametrize(
    "answer, kind, words",
    [
        (refused(400, "Bad Request: chat not found"), BadRequest, "Chat not found"),
        (refused(401, "Unauthorized"), InvalidToken, "Unauthorized"),
        (refused(403, "Forbidden: bot was blocked by the user"), Forbidden, "blocked"),
        (refused(404, "Not Found"), InvalidToken, "Not Found"),
        (refused(409, "Conflict: terminated by other getUpdates request"), Conflict, "other getUpdates"),
        (refused(500, "Internal Server Error"), NetworkError, "Internal Server Error"),
        (page(401), NetworkError, "401 from something that is not Telegram"),
        (page(403), NetworkError, "403 from something that is not Telegram"),
        (page(404), NetworkError, "404 from something that is not Telegram"),
        (page(409), NetworkError, "409 from something that is not Telegram"),
        (page(500), NetworkError, r"Internal Server Error \(500\)$"),
        (page(502), NetworkError, r"Bad Gateway \(502\)$"),
        (page(429), NetworkError, r"Too Many Requests \(429\)$"),
        (page(302), NetworkError, r"Found \(302\)$"),
        (page(200), NetworkError, "no JSON object"),
        (reset, NetworkError, "the connection failed"),
    ],
)
async def test_what_goes_wrong_gets_its_name_and_never_the_token(
    here: Loopback, transport: AiohttpTransport, answer: Answer, kind: type[TelegramError], words: str
) -> None:
    here.answer = answer

    with pytest.raises(kind, match=words) as raised:
        await transport.post(here.method("sendMessage"), data(chat_id=7))

    assert TOKEN not in everything_said_of(raised.value)


async def test_a_server_in_between_that_quotes_the_address_gives_nothing_away(
    here: Loopback, transport: AiohttpTransport, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for answer in (
            page(503, f"<p>Could not reach /bot{TOKEN}/getMe</p>"),
            page(200, f"<p>Please log in to reach /bot{TOKEN}/getMe</p>"),
            refused(500, f"no upstream for /bot{TOKEN}/getMe"),
        ):
            here.answer = answer
            with pytest.raises(NetworkError) as raised:
                await transport.post(here.method("getMe"))
            assert TOKEN not in everything_said_of(raised.value)

    assert TOKEN not in caplog.text


async def test_the_token_does_not_follow_where_an_answer_points(
    here: Loopback, transport: AiohttpTransport
) -> None:
    async def elsewhere(request: web.Request) -> web.StreamResponse:
        raise web.HTTPTemporaryRedirect(f"{here.url}/elsewhere")

    here.answer = elsewhere

    with pytest.raises(NetworkError, match="Temporary Redirect"):
        await transport.post(here.method("getMe"))
    assert [name for name, _ in here.calls] == ["getMe"]


async def test_flood_control_names_its_seconds(here: Loopback, transport: AiohttpTransport) -> None:
    here.answer = refused(429, "Too Many Requests: retry after 17", retry_after=17)

    with pytest.raises(RetryAfter) as raised:
        await transport.post(here.method("sendMessage"))
    assert raised.value.retry_after == timedelta(seconds=17)


async def test_a_migrated_group_names_its_new_id(here: Loopback, transport: AiohttpTransport) -> None:
    here.answer = refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1009)

    with pytest.raises(ChatMigrated) as raised:
        await transport.post(here.method("sendMessage"))
    assert raised.value.new_chat_id == -1009


async def test_an_answer_that_does_not_come_times_out(here: Loopback, transport: AiohttpTransport) -> None:
    here.answer = here.hang

    with pytest.raises(TimedOut) as raised:
        await transport.post(here.method("sendMessage"), data(chat_id=7), read_timeout=0.05)

    assert not isinstance(raised.value, NeverSent)
    assert TOKEN not in everything_said_of(raised.value)


async def test_an_answer_that_trickles_in_for_ever_times_out_as_a_whole(here: Loopback) -> None:
    async def trickle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while not here.done.is_set():
            await response.write(b" ")
            await asyncio.sleep(0)
        return response

    here.answer = trickle
    async with AiohttpTransport(
        read_timeout=0.1, write_timeout=0, connect_timeout=0.1, pool_timeout=0
    ) as transport:
        with pytest.raises(TimedOut):
            await transport.post(here.method("getMe"))


async def test_no_free_connection_in_time_means_never_sent(here: Loopback) -> None:
    here.answer = here.hang
    async with AiohttpTransport(pool_size=1, pool_timeout=0.02, connect_timeout=0.03) as transport:
        first = asyncio.create_task(transport.post(here.method("getUpdates"), read_timeout=60))
        await here.came.wait()

        with pytest.raises(TimedOut) as raised:
            await transport.post(here.method("sendMessage"))
        first.cancel()
        await asyncio.wait({first})

    assert isinstance(raised.value, NeverSent)
    assert [name for name, _ in here.calls] == ["getUpdates"]
    assert TOKEN not in everything_said_of(raised.value)


async def test_nobody_there_means_never_sent(transport: AiohttpTransport) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]

        with pytest.raises(NeverSent, match=r"no connection to 127\.0\.0\.1") as raised:
            await transport.post(f"http://127.0.0.1:{port}/bot{TOKEN}/getMe")

    assert TOKEN not in everything_said_of(raised.value)


async def test_an_address_that_is_none_is_said_without_the_token(transport: AiohttpTransport) -> None:
    with pytest.raises(NeverSent, match="not a web address") as raised:
        await transport.post(f"nowhere/bot{TOKEN}/getMe")

    assert TOKEN not in everything_said_of(raised.value)


async def test_it_opens_and_closes_as_often_as_one_likes(here: Loopback) -> None:
    transport = AiohttpTransport(read_timeout=7)
    assert transport.read_timeout == 7
    with pytest.raises(NeverSent, match="not initialized"):
        await transport.post(here.method("getMe"))

    for _ in range(2):
        await transport.initialize()
        await transport.initialize()
        assert await transport.post(here.method("getMe")) is True
        await transport.shutdown()
        await transport.shutdown()

    with pytest.raises(NeverSent, match="not initialized"):
        await transport.post(here.method("getMe"))


async def test_a_cancelled_request_frees_its_connection(here: Loopback) -> None:
    here.answer = here.hang
    async with AiohttpTransport(pool_size=1) as transport:
        hanging = asyncio.create_task(transport.post(here.method("getUpdates")))
        await here.came.wait()
        hanging.cancel()
        await asyncio.wait({hanging})
        here.answer = ok(True)

        assert await transport.post(here.method("getMe")) is True


@pytest.mark.parametrize(
    "body, text",
    [
        (rb'{"ok":true,"result":"half a pair: \ud83d!"}', "half a pair: ?!"),
        (b'{"ok":true,"result":"no UTF-8: \xff!"}', "no UTF-8: �!"),
        ('{"ok":true,"result":"“fine” 😀"}'.encode(), "“fine” 😀"),
    ],
)
def test_characters_that_are_none_do_not_spoil_an_answer(body: bytes, text: str) -> None:
    assert AiohttpTransport.parse_json_payload(body)["result"] == text


# What the intake asks


@pytest.fixture
def polling(here: Loopback, transport: AiohttpTransport) -> Polling:
    return Polling(transport, here.base, TOKEN, ["message", "poll_answer"])


async def test_updates_are_asked_for_by_kind_from_an_offset_on(here: Loopback, polling: Polling) -> None:
    here.answer = ok([{"update_id": 5, "message": {"text": "hello"}}, "rubbish", {"no": "id"}])

    assert await polling.fetch(0, 50) == [{"update_id": 5, "message": {"text": "hello"}}]
    await polling.fetch(6, 50)

    allowed = ["message", "poll_answer"]
    assert here.calls == [
        ("getUpdates", {"timeout": 50, "allowed_updates": allowed}),
        ("getUpdates", {"timeout": 50, "allowed_updates": allowed, "offset": 6}),
    ]


async def test_an_answer_that_is_no_list_is_a_failure(here: Loopback, polling: Polling) -> None:
    here.answer = ok({"update_id": 5})

    with pytest.raises(NetworkError, match="something else than a list"):
        await polling.fetch(0, 50)


@pytest.mark.parametrize(
    "url, calls",
    [
        ("", [("getWebhookInfo", {})]),
        (
            "https://old.example.org/secret",
            [("getWebhookInfo", {}), ("deleteWebhook", {"drop_pending_updates": False})],
        ),
    ],
)
async def test_a_webhook_is_removed_only_where_there_is_one_and_drops_nothing(
    here: Loopback,
    polling: Polling,
    url: str,
    calls: list[object],
    caplog: pytest.LogCaptureFixture,
) -> None:
    here.answer = ok({"url": url})

    await polling.free()

    assert here.calls == calls
    assert ("to old.example.org: it is removed" in caplog.text) is bool(url)
    assert "secret" not in caplog.text
