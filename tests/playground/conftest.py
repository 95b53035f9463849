"""A strict box on a frozen clock, and a way to call it as a bot does."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from playground import bot_api, schema, server
from playground.clock import Clock
from playground.files import Upload
from playground.state import Box

BEGIN = datetime(2026, 11, 20, 9, 0, 30, tzinfo=UTC)
ANSWERS = {
    "getMe": "User",
    "getUpdates": "Array of Update",
    "sendMessage": "Message",
    "forwardMessage": "Message",
    "copyMessage": "MessageId",
    "createForumTopic": "ForumTopic",
    "sendPhoto": "Message",
    "sendDocument": "Message",
    "editMessageText": "Message",
    "editMessageCaption": "Message",
    "editMessageReplyMarkup": "Message",
    "getChat": "ChatFullInfo",
    "getFile": "File",
    "getWebhookInfo": "WebhookInfo",
    "getMyCommands": "Array of BotCommand",
    "getMyName": "BotName",
    "getMyDescription": "BotDescription",
    "getMyShortDescription": "BotShortDescription",
    "getChatMenuButton": "MenuButton",
    "sendPoll": "Message",
    "stopPoll": "Poll",
    "sendVoice": "Message",
    "sendSticker": "Message",
    "sendLocation": "Message",
    "sendContact": "Message",
    "sendMediaGroup": "Array of Message",
    "editMessageMedia": "Message",
    "getChatMember": "ChatMember",
    "getChatAdministrators": "Array of ChatMember",
    "getChatMemberCount": "Integer",
}


class Api:
    """The bot's side. Whatever the box answers must fit the schema."""

    def __init__(self, box: Box) -> None:
        self.box = box

    async def __call__(self, method: str, **parameters: Any) -> Any:
        status, answer = await self.answer(method, **parameters)
        assert status == 200, answer
        assert answer["ok"] is True
        fitting = ANSWERS.get(method, "True")
        assert schema.problems([fitting], answer["result"], method) == []
        return answer["result"]

    async def answer(self, method: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
        uploads = {name: value for name, value in parameters.items() if isinstance(value, Upload)}
        raw = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in parameters.items()
            if name not in uploads
        }
        return await bot_api.call(self.box, self.box.token, method, raw, uploads)

    async def refused(self, method: str, **parameters: Any) -> tuple[int, str]:
        """Code and words of the refusal."""
        status, answer = await self.answer(method, **parameters)
        assert answer["ok"] is False, answer
        assert answer["error_code"] == status
        return status, answer["description"]

    async def updates(self, **parameters: Any) -> list[dict[str, Any]]:
        """What has come in since the last time, confirmed at once."""
        fetched: list[dict[str, Any]] = await self("getUpdates", **parameters)
        if fetched:
            await self("getUpdates", offset=fetched[-1]["update_id"] + 1, limit=1)
        return fetched


@pytest.fixture
def clock() -> Clock:
    return Clock(lambda: BEGIN)


@pytest.fixture
def box(clock: Clock) -> Box:
    box = Box(now=clock.now, strict=True)
    clock.keep(box)
    return box


@pytest.fixture
def api(box: Box) -> Api:
    return Api(box)


@pytest.fixture
def alice(box: Box) -> int:
    """Alice's chat, opened by her, with nothing pending."""
    box.say("alice", "alice", "/start")
    box.updates.forget()
    return box.roster.chat("alice").id


@pytest.fixture
def buttons() -> Callable[..., dict[str, Any]]:
    """An inline keyboard of one row: label and callback data in turn."""

    def make(**data: str) -> dict[str, Any]:
        return {"inline_keyboard": [[{"text": text, "callback_data": value} for text, value in data.items()]]}

    return make


@pytest.fixture
async def address(box: Box, clock: Clock) -> AsyncIterator[str]:
    """Where the box is served."""
    runner, port = await server.serve(box, clock, 0)
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()


@pytest.fixture
async def site(address: str) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(address) as session:
        yield session


@pytest.fixture
def group(box: Box) -> int:
    """The id of the study group, in which the bot is; with nothing pending."""
    return box.roster.chat("study-group").id
