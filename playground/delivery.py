"""Bringing updates to the webhook: in order within a chat, to several chats at once, again until they are taken."""

import asyncio
import errno
import os
from collections.abc import AsyncIterator
from itertools import islice

import aiohttp
from aiohttp import web

from playground import bot_api
from playground.bodies import from_json
from playground.faults import Severed
from playground.keys import BOX
from playground.refusals import Refused
from playground.state import Box
from playground.updates import Pending

SECONDS = 60.0  # of real time a webhook has for an answer
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST_REPLY_BYTES = 1_000_000


class NotTaken(Exception):
    """The webhook has not taken an update; the text is what getWebhookInfo says of it."""


class Delivery:
    """Brings what is pending in the box to its webhook, for as long as `run` runs."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._under_way: dict[object, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Until it is cancelled."""
        hook, updates = self._box.webhook, self._box.updates
        session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        hook.carried, times_set = True, hook.times_set
        try:
            async with session, asyncio.TaskGroup() as tasks:
                while True:
                    if times_set != hook.times_set:
                        times_set = hook.times_set
                        self._call_back()
                    for pending in self._ready() if hook.url else []:
                        self._under_way[pending.chat] = tasks.create_task(self._bring(session, pending))
                    await updates.changed.wait(self._seconds() if hook.url else None)
        finally:
            hook.carried = False

    def _call_back(self) -> None:
        """What is on its way to an address that counts no more; it stays pending."""
        for task in self._under_way.values():
            task.cancel()
        self._under_way.clear()

    def _ready(self) -> list[Pending]:
        """What can be brought now: nothing of a chat that has something on its way."""
        hook = self._box.webhook
        self._box.updates.expire(self._box.now())
        return list(islice(hook.due(self._under_way), hook.max_connections - len(self._under_way)))

    def _seconds(self) -> float | None:
        """Real time until the next try is due, unless the clock is walked there earlier."""
        now = self._box.now()
        moment = self._box.webhook.next_try(now)
        return None if moment is None else (moment - now).total_seconds()

    async def _bring(self, session: aiohttp.ClientSession, pending: Pending) -> None:
        try:
            reply = await self._post(session, pending)
        except NotTaken as why:
            self._box.webhook.failed(pending, str(why))
        else:
            self._box.webhook.taken(pending)
            await self._obey(reply)
        finally:
            if self._under_way.get(pending.chat) is asyncio.current_task():
                del self._under_way[pending.chat]
            self._box.updates.changed.ring()

    async def _post(self, session: aiohttp.ClientSession, pending: Pending) -> bytes:
        hook = self._box.webhook
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        try:
            async with session.post(
                hook.url,
                json=pending.as_json(),
                headers=headers,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=SECONDS),
            ) as response:
                if not 200 <= response.status < 300:
                    raise NotTaken(f"Wrong response from the webhook: {response.status} {response.reason}")
                return await response.content.read(MOST_REPLY_BYTES)
        except TimeoutError:
            raise NotTaken("Read timeout expired") from None
        except aiohttp.ClientSSLError:
            raise NotTaken("SSL error: the webhook's certificate or its TLS will not do") from None
        except aiohttp.ClientConnectorError as error:
            raise NotTaken(os.strerror(error.os_error.errno or errno.ECONNREFUSED)) from None
        except aiohttp.ClientError as error:
            raise NotTaken(f"Connection failed: {type(error).__name__}") from None

    async def _obey(self, reply: bytes) -> None:
        """Does the call that the webhook's answer holds, if it is one; nobody learns how that went."""
        try:
            raw = from_json(reply.decode())
        except (Refused, ValueError):
            return
        method = raw.pop("method", None)
        if method is None:
            return
        try:
            status, answer = await bot_api.call(self._box, self._box.token, method, raw)
        except Severed:
            return
        if status != 200:
            self._box.warn(f"The call in the webhook's answer failed: {answer['description']}")


async def delivering(app: web.Application) -> AsyncIterator[None]:
    """Runs the delivery as long as the application."""
    task = asyncio.create_task(Delivery(app[BOX]).run())
    yield
    task.cancel()
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()
