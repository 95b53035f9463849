"""A bot written with another library, over HTTP: what it sends is taken, what comes is what it can read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import pytest

from playground.state import Box

if TYPE_CHECKING:
    from aiogram import Bot
    from aiogram.types import PollAnswer


@pytest.fixture
async def bot(address: str, box: Box) -> AsyncIterator[Bot]:
    from tests.playground.aiogram_bot import connect

    async with connect(address, box.token) as bot:
        yield bot


async def next_message(events: asyncio.Queue[Any], kind: str = "message") -> dict[str, Any]:
    """The bot's next message, or next edit, as people see it."""
    while True:
        event = await events.get()
        if event["type"] == kind and event["message"]["from"].endswith("_bot"):
            return dict(event["message"])


async def test_a_whole_bot_runs_on_the_box(bot: Bot, box: Box) -> None:
    from tests.playground.aiogram_bot import quiz_bot

    answers: asyncio.Queue[PollAnswer] = asyncio.Queue()
    dispatcher = quiz_bot(answers)
    events = box.events.listen()
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, polling_timeout=30))

    async with asyncio.timeout(20):
        box.say("alice", "alice", "/start")
        greeting = await next_message(events)
        tapped = await box.tap("alice", "alice", greeting["message_id"], "Go")
        edited = await next_message(events, "edited")
        box.say("alice", "alice", "/picture")
        picture = await next_message(events)
        box.say("bob", "study-group", "/quiz")
        quiz = await next_message(events)
        box.vote("carol", "study-group", quiz["message_id"], [1])
        answer = await answers.get()
    await dispatcher.stop_polling()
    await polling

    assert (greeting["html"], greeting["buttons"][0][0]["text"]) == ("Hello, <b>you</b>", "Go")
    assert tapped.text == "Off we go"
    assert (edited["message_id"], edited["text"]) == (greeting["message_id"], "Gone")
    assert picture["kind"] == "photo"
    assert picture["html"] == "A <i>chart</i>"
    assert quiz["poll"]["type"] == "quiz"
    assert answer.user is not None
    assert (answer.user.username, answer.option_ids) == ("carol", [1])


async def test_refusals_are_its_own_errors(bot: Bot, box: Box, alice: int) -> None:
    from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter

    with pytest.raises(TelegramBadRequest, match="can't parse entities"):
        await bot.send_message(alice, "a<b")
    with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation with a user"):
        await bot.send_message(1002, "x")
    box.faults.order({"method": "sendMessage", "kind": "429", "retry_after": 7})
    with pytest.raises(TelegramRetryAfter) as flood:
        await bot.send_message(alice, "x")

    assert flood.value.retry_after == 7


async def test_a_file_goes_up_and_comes_down(bot: Bot, box: Box, alice: int) -> None:
    from aiogram.types import BufferedInputFile

    sent = await bot.send_document(alice, BufferedInputFile(b"a,b\n", "days.csv"), caption="x")
    assert sent.document is not None
    content = await bot.download(sent.document)

    assert content is not None
    assert content.read() == b"a,b\n"
