"""Whatever people and the bot do, in any order: what the box says fits the Bot API and another library's models."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from playground import bot_api, membership, schema
from playground.clock import Clock
from playground.files import Upload
from playground.refusals import PersonRefused
from playground.samples import sample
from playground.state import Box

BEGIN = datetime(2026, 11, 20, 9, 0, 30, tzinfo=UTC)
ADAPTERS: dict[str, TypeAdapter[Any]] = {}
BUTTONS = {
    "inline_keyboard": [
        [{"text": "Go", "callback_data": "go"}, {"text": "Book", "url": "https://example.org"}]
    ]
}
KINDS = ("photo", "voice", "document", "sticker", "location", "contact")
ALL_KINDS = [
    "message",
    "edited_message",
    "callback_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
]
Item = TypeVar("Item")


class Play:
    """One box, and everything that can be done in it with a few numbers to choose by."""

    def __init__(self) -> None:
        self.clock = Clock(lambda: BEGIN)
        self.box = Box(now=self.clock.now, strict=True)
        self.clock.keep(self.box)
        self.kinds: set[str] = set()

    # What people do.

    async def say(self, a: int, b: int, text: str) -> None:
        chat = self.chat(b)
        commands = ("/start", "/help@interview_coach_bot", "@interview_coach_bot hi", text)
        target = self.message_id(chat, b) if a % 3 == 0 else 0
        self.box.say(self.name(a), chat, commands[a % 4], target or None)

    async def send(self, a: int, b: int, text: str) -> None:
        kind = KINDS[a % 6]
        self.box.send(self.name(b), self.chat(a + b), kind, text if kind in KINDS[:3] else "")

    async def change(self, a: int, b: int, text: str) -> None:
        chat = self.chat(a)
        self.box.edit(self.name(a + b), chat, self.message_id(chat, b), text)

    async def delete(self, a: int, b: int, text: str) -> None:
        chat = self.chat(a)
        self.box.delete(self.name(b), chat, self.message_id(chat, b))

    async def tap(self, a: int, b: int, text: str) -> None:
        for chat in self.box.roster.chats:
            for message in self.box.messages(chat):
                if message["buttons"]:
                    with suppress(PersonRefused):
                        self.box.tap(self.name(a), chat, message["message_id"], "Go")

    async def vote(self, a: int, b: int, text: str) -> None:
        for chat in self.box.roster.chats:
            for message in self.box.messages(chat):
                if message.get("poll"):
                    with suppress(PersonRefused):
                        self.box.vote(self.name(a), chat, message["message_id"], [[], [b % 3], [0, 1]][a % 3])

    async def block(self, a: int, b: int, text: str) -> None:
        (self.box.block if b % 2 else self.box.unblock)(self.name(a))

    async def found(self, a: int, b: int, text: str) -> None:
        if len(self.box.roster.chats) < 8:
            membership.create(self.box, f"Group {a}", [self.name(a), self.name(b), "bot"], forum=b % 3 == 0)

    async def join(self, a: int, b: int, text: str) -> None:
        change = (membership.add, membership.remove, membership.promote, membership.demote)[a % 4]
        change(self.box, self.name(a // 4), self.group(b), "bot" if b % 2 else self.name(b // 2))

    async def leave(self, a: int, b: int, text: str) -> None:
        membership.leave(self.box, self.name(a), self.group(b))

    async def migrate(self, a: int, b: int, text: str) -> None:
        membership.migrate(self.box, self.group(b))

    async def open_topic(self, a: int, b: int, text: str) -> None:
        membership.open_topic(self.box, self.group(b), f"Topic {a}")

    async def walk(self, a: int, b: int, text: str) -> None:
        self.box.updates.lost()  # the walk need not wait for a bot that is this very test
        await self.clock.advance((10, 200, 90_000)[a % 3])

    # What the bot does.

    async def write(self, a: int, b: int, text: str) -> None:
        chat = self.chat(a)
        more: dict[str, Any] = {"reply_markup": BUTTONS} if b % 2 else {}
        if b % 3 == 0 and (target := self.message_id(chat, b)):
            more["reply_parameters"] = {"message_id": target}
        await self.call(
            "sendMessage", chat_id=self.id(chat), text=text, disable_notification=b % 5 == 0, **more
        )

    async def write_html(self, a: int, b: int, text: str) -> None:
        html = ("<b>x</b> <code>y</code>", '<a href="https://example.org">z</a>', "a<b", "<pre>1\n2</pre>")[
            b % 4
        ]
        await self.call("sendMessage", chat_id=self.id(self.chat(a)), text=html, parse_mode="HTML")

    async def show(self, a: int, b: int, text: str) -> None:
        name = ("photo", "document", "voice")[b % 3]
        await self.call(
            f"send{name.title()}",
            {name: sample(name)},
            chat_id=self.id(self.chat(a)),
            caption=text,
            reply_markup=BUTTONS,
        )

    async def ask(self, a: int, b: int, text: str) -> None:
        quiz: dict[str, Any] = {"open_period": 100} if b % 2 else {}
        if a % 2:
            quiz |= {"type": "quiz", "correct_option_ids": [b % 3], "explanation": "why"}
        await self.call(
            "sendPoll",
            chat_id=self.id(self.chat(b)),
            question="Which?",
            options=[{"text": each} for each in "abc"],
            is_anonymous=a % 3 == 0,
            **quiz,
        )

    async def rewrite(self, a: int, b: int, text: str) -> None:
        chat = self.chat(a)
        target: dict[str, Any] = {"chat_id": self.id(chat), "message_id": self.message_id(chat, b) or 1}
        await self.call("editMessageText", **target, text=text)
        await self.call("editMessageCaption", **target, caption=text)
        await self.call("editMessageReplyMarkup", **target)
        await self.call("stopPoll", **target)

    async def wipe(self, a: int, b: int, text: str) -> None:
        chat = self.chat(a)
        await self.call("deleteMessage", chat_id=self.id(chat), message_id=self.message_id(chat, b) or 1)

    async def look(self, a: int, b: int, text: str) -> None:
        chat_id = self.id(self.chat(a))
        await self.call("getChat", chat_id=chat_id)
        await self.call("getChatMember", chat_id=chat_id, user_id=self.id(self.name(b)))
        await self.call("getChatMember", chat_id=chat_id, user_id=self.box.bot.id)
        await self.call("getChatAdministrators", chat_id=chat_id)
        await self.call("getChatMemberCount", chat_id=chat_id)
        if b % 10 == 0:
            await self.call("leaveChat", chat_id=chat_id)

    async def fetch(self, a: int = 0, b: int = 0, text: str = "") -> None:
        """Takes every update, answers every tap."""
        from aiogram.types import Update

        while updates := await self.call("getUpdates", allowed_updates=ALL_KINDS):
            for update in updates:
                Update.model_validate(update)
                self.kinds |= update.keys()
                if "callback_query" in update:
                    query_id = update["callback_query"]["id"]
                    await self.call("answerCallbackQuery", callback_query_id=query_id, text=text[:9])
            await self.call("getUpdates", offset=updates[-1]["update_id"] + 1, limit=1)

    # How all that is checked.

    async def call(self, method: str, uploads: dict[str, Upload] | None = None, **parameters: Any) -> Any:
        """The result, which fits; None where the call was refused for a reason of Telegram's."""
        raw = {n: v if isinstance(v, str) else json.dumps(v) for n, v in parameters.items()}
        status, answer = await bot_api.call(self.box, self.box.token, method, raw, uploads)
        assert status in (200, 400, 403), answer
        if status != 200:
            return None
        fits(method, answer["result"])
        return answer["result"]

    def name(self, number: int) -> str:
        return pick(list(self.box.roster.people), number)

    def chat(self, number: int) -> str:
        return pick(list(self.box.roster.chats), number)

    def group(self, number: int) -> str:
        private = self.box.roster.people
        return pick([name for name in self.box.roster.chats if name not in private], number)

    def id(self, chat: str) -> int:
        return self.box.roster.chat(chat).id

    def message_id(self, chat: str, number: int) -> int:
        messages = self.box.messages(chat)
        return int(pick(messages, number)["message_id"]) if messages else 0


def pick(items: Sequence[Item], number: int) -> Item:
    return items[number % len(items)]


def fits(method: str, result: Any) -> None:
    """Both the facts of the Bot API and the other library's model of the answer accept it."""
    # here, as it takes seconds: whoever runs other tests need not wait for it
    from aiogram import methods

    returned = getattr(methods, method[0].upper() + method[1:]).__returning__
    if method not in ADAPTERS:
        ADAPTERS[method] = TypeAdapter(returned)
    ADAPTERS[method].validate_python(result)
    for each in result if isinstance(result, list) else [result]:
        kinds = [kind for kind in _names(returned) if kind in schema.TYPES]
        if isinstance(each, dict):
            assert schema.problems(kinds, each, method) == []


def _names(returned: Any) -> list[str]:
    """The classes in a type like `list[Update]` or `Message | bool`."""
    inside = getattr(returned, "__args__", ())
    return [name for each in inside for name in _names(each)] or [getattr(returned, "__name__", "")]


DEEDS: list[Callable[[Play, int, int, str], Awaitable[None]]] = [
    Play.say, Play.send, Play.change, Play.delete, Play.tap, Play.vote, Play.block, Play.found, Play.join,
    Play.leave, Play.migrate, Play.open_topic, Play.walk, Play.write, Play.write_html, Play.show, Play.ask,
    Play.rewrite, Play.wipe, Play.look, Play.fetch,
]  # fmt: skip
NUMBERS = st.integers(0, 999)
TEXTS = st.text("ab @#/<&>.ü🎓\n", max_size=12)


async def play(deeds: list[tuple[Callable[[Play, int, int, str], Awaitable[None]], int, int, str]]) -> Play:
    stage = Play()
    for name in list(stage.box.roster.people)[:3]:
        stage.box.say(name, name, "/start")
    await stage.fetch()
    for deed, a, b, text in deeds:
        with suppress(PersonRefused):
            await deed(stage, a, b, text)
    await stage.fetch()
    for chat in stage.box.roster.chats:
        json.dumps(stage.box.messages(chat))
    json.dumps(stage.box.chats())
    return stage


@given(st.lists(st.tuples(st.sampled_from(DEEDS), NUMBERS, NUMBERS, TEXTS), max_size=40))
def test_whatever_happens_fits(deeds: list[Any]) -> None:
    stage = asyncio.run(play(deeds))

    assert stage.box.warnings == []


def test_a_day_in_which_everything_happens_brings_updates_of_all_kinds() -> None:
    stage = asyncio.run(play([
        (Play.write, 0, 1, "x"),
        (Play.tap, 0, 0, ""),
        (Play.change, 0, 0, "y"),
        (Play.ask, 1, 4, ""),
        (Play.vote, 1, 1, ""),
        (Play.join, 2, 1, ""),  # alice makes the bot an administrator
        (Play.join, 1, 2, ""),  # alice puts bob out
    ]))  # fmt: skip

    assert stage.kinds >= {*ALL_KINDS, "update_id"}


@pytest.mark.parametrize("result", [{"message_id": 1}, {"message_id": 1, "date": 1, "chat": {"id": 1}}])
def test_what_does_not_fit_is_found(result: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        fits("sendMessage", result)
