"""A stage for tests of the page: the page on one side, a bot that speaks HTTP on the other, the box between."""

from typing import Any

import aiohttp
from aiohttp import web
from playwright.async_api import ConsoleMessage, Error, Locator, Page

from playground.clock import Clock
from playground.server import serve
from playground.state import Box

WIDE = (1100, 600)  # px; what is drawn costs time: no larger than a test needs
PHONE = (360, 740)
Keyboard = list[list[dict[str, Any]]]


# Layout and the page's own scrolling take some frames: measure only once nothing has moved for ten of them
SETTLED = """() => new Promise(done => {
  const scroller = document.getElementById("scroller");
  let still = 0, was = "";
  const look = () => {
    const is = `${scroller.scrollTop} ${scroller.scrollHeight}`;
    still = is === was ? still + 1 : 0;
    was = is;
    still < 10 ? requestAnimationFrame(look) : done();
  };
  look();
})"""


class HttpBot:
    """The bot's side of a test: calls methods over HTTP and takes updates as they come."""

    def __init__(self, session: aiohttp.ClientSession, address: str, token: str) -> None:
        self._session = session
        self._methods = f"{address}/bot{token}/"
        self._offset = 0

    async def call(self, method: str, **parameters: Any) -> Any:
        async with self._session.post(self._methods + method, json=parameters) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def says(self, chat: int, text: str, buttons: Keyboard | None = None, **more: Any) -> int:
        """Sends HTML; the id of the message."""
        if buttons is not None:
            more["reply_markup"] = {"inline_keyboard": buttons}
        sent = await self.call("sendMessage", chat_id=chat, text=text, parse_mode="HTML", **more)
        return int(sent["message_id"])

    async def edits(self, chat: int, message_id: int, text: str, buttons: Keyboard | None = None) -> None:
        more = {} if buttons is None else {"reply_markup": {"inline_keyboard": buttons}}
        await self.call(
            "editMessageText", chat_id=chat, message_id=message_id, text=text, parse_mode="HTML", **more
        )

    async def hears(self, kind: str = "message") -> dict[str, Any]:
        """The next update of a kind; others are passed over."""
        while True:
            for update in await self.call("getUpdates", offset=self._offset, timeout=5, limit=1):
                self._offset = update["update_id"] + 1
                if kind in update:
                    content: dict[str, Any] = update[kind]
                    return content

    async def answers(self, query: dict[str, Any], text: str = "", **more: Any) -> None:
        await self.call("answerCallbackQuery", callback_query_id=query["id"], text=text, **more)


class Stage:
    """The page, open as Alice unless told otherwise, and everything around it."""

    def __init__(self, page: Page, box: Box, clock: Clock, address: str, bot: HttpBot) -> None:
        self.page = page
        self.box = box
        self.clock = clock
        self.address = address
        self.bot = bot
        self.runner: web.AppRunner | None = None
        self.complaints: list[str] = []  # what the browser logged as an error
        self.alice = box.roster.chat("alice").id
        self.bob = box.roster.chat("bob").id
        page.on("console", self._hear)
        page.on("pageerror", self._shudder)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} {message.location.get('url', '')}")

    def _shudder(self, error: Error) -> None:
        self.complaints.append(str(error))

    @property
    def box_text(self) -> Locator:
        """The message box."""
        return self.page.locator("#composer-text")

    @property
    def last(self) -> Locator:
        """The newest message."""
        return self.page.locator(".message").last

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    async def scrolls(self, top: str) -> None:
        """Scrolls to a place of the page's own scale, once the page has come to rest; and waits for it again."""
        await self.settles()
        await self.page.locator("#scroller").evaluate(f"node => {{ node.scrollTop = {top}; }}")
        await self.settles()

    async def settles(self) -> None:
        """Waits until nothing moves any more."""
        await self.page.evaluate(SETTLED)

    async def opens(self, place: str = "") -> None:
        """Opens the page and waits until it knows what there is."""
        await self.page.goto(f"{self.address}/{place}")
        await self.page.wait_for_selector("#chat-title:not(:text-is('…'))")

    async def leaves(self) -> None:
        """Lets go of the page; the next test uses the same tab."""
        await self.page.goto("about:blank")
        self.page.remove_listener("console", self._hear)
        self.page.remove_listener("pageerror", self._shudder)

    async def types(self, text: str) -> None:
        await self.box_text.fill(text)
        await self.box_text.press("Enter")

    async def starts(self) -> None:
        """Alice has spoken to the bot, so that it may write to her; the page is open."""
        self.box.say("alice", "alice", "/start")
        await self.bot.hears()
        await self.opens()

    async def restarts(self) -> None:
        """Opens the same box again on the same port, after `runner.cleanup()`."""
        self.runner, _ = await serve(self.box, self.clock, int(self.address.rpartition(":")[2]))


def row(**data: str) -> Keyboard:
    """An inline keyboard of one row: label and callback data in turn."""
    return [[{"text": text, "callback_data": value} for text, value in data.items()]]
