"""The whole bot, wired: what comes in, who handles it, what happens when time passes, how it ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Self

from telegram import Bot, BotCommand, BotCommandScopeChat, Update
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.request import BaseRequest

from bot.door import UPDATES, Door
from bot.errors import apologise, settle
from bot.inbox import Inbox
from bot.patience import Patience
from bot.polling import Polling
from bot.shelf import Shelf, read_shelf
from handlers import FEATURES
from handlers.kit.context import Context, Dependencies
from handlers.kit.feature import Called
from storage import askings, inbox
from storage.database import Database

log = logging.getLogger(__name__)

TIDY_EVERY = timedelta(hours=1)
KEEP_UPDATES = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Telegram:
    """How Telegram is reached: two transports, as a long poll must not hold up what is being said."""

    token: str
    base_url: str
    request: BaseRequest
    updates_request: BaseRequest


class Coach:
    """One running bot. `open`, `run` until it is to end, `stop`; `beat` whenever time has passed."""

    def __init__(
        self,
        telegram: Telegram,
        db: Database,
        shelf: Shelf,
        *,
        now: Callable[[], datetime],
        chance: Random,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        operators: frozenset[int] = frozenset(),
        read: Callable[[], Shelf] = read_shelf,
    ) -> None:
        self._bot = Bot(
            telegram.token,
            base_url=f"{telegram.base_url}/bot",
            base_file_url=f"{telegram.base_url}/file/bot",
            request=telegram.request,
            get_updates_request=telegram.updates_request,
        )
        self._on = Dependencies(
            self._bot,
            db,
            shelf.bank,
            shelf.taxonomy,
            shelf.places,
            shelf.tips,
            now,
            chance,
            operators,
            self._reload,
        )
        self._door = Door(self._on, FEATURES)
        polling = Polling(telegram.updates_request, f"{telegram.base_url}/bot", telegram.token, UPDATES)
        self._inbox = Inbox(
            db,
            polling.fetch,
            self._process,
            now=now,
            free=polling.free,
            given_up=self._given_up,
            sleep=sleep,
        )
        self._db = db
        self._read = read
        self._now = now
        self._sleep = sleep
        self._beating = asyncio.Lock()
        self._introducing: asyncio.Task[None] | None = None
        self.introduced = asyncio.Event()
        self._stopped = False
        self._tidied: datetime | None = None

    @classmethod
    async def open(
        cls,
        telegram: Telegram,
        database_path: Path,
        shelf: Shelf,
        *,
        now: Callable[[], datetime],
        chance: Random,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        operators: frozenset[int] = frozenset(),
        read: Callable[[], Shelf] = read_shelf,
    ) -> Self:
        """The bot over its database; `Unusable` with a sentence where that cannot be used.

        `read` reads the content again when an operator wants it, in a thread.
        """
        db = await Database.open(database_path)
        return cls(telegram, db, shelf, now=now, chance=chance, sleep=sleep, operators=operators, read=read)

    async def run(self) -> None:
        """Introduce ourselves, then take updates until `stop`; `Stop` with a sentence where the token is refused."""
        if self._stopped:
            return
        self._introducing = asyncio.create_task(self._introduce(), name="introduction")
        await asyncio.wait({self._introducing})
        if not self._introducing.cancelled():
            self._introducing.result()
            self.introduced.set()
            await self._inbox.run()

    async def stop(self, grace: float = 2.5) -> None:
        """Let what runs come to its end, for `grace` seconds at most, and close everything."""
        self._stopped = True
        try:
            if self._introducing is not None:
                self._introducing.cancel()
                await asyncio.wait({self._introducing})
            await self._inbox.stop(grace)
        finally:
            try:
                await self._bot.shutdown()
            finally:
                await self._db.close()

    async def beat(self, now: datetime) -> None:
        """Time has passed: whatever is due by `now` happens, after all that came in before. Never two at once."""
        async with self._beating:
            for feature in FEATURES:
                if feature.heartbeat is not None:
                    await feature.heartbeat.beat(self._on, now)
            await self._tidy_up(now)

    async def _tidy_up(self, now: datetime) -> None:
        """Once an hour forget updates that were dealt with two days ago and more."""
        if self._tidied is not None and now - self._tidied < TIDY_EVERY:
            return
        self._tidied = now
        async with self._db.transaction() as tx:
            await inbox.prune(tx, now - KEEP_UPDATES)

    async def quiet(self) -> None:
        """Wait until everything that came in has been dealt with."""
        await self._inbox.quiet()

    async def next_due(self) -> datetime | None:
        """When time next brings something to do; None when nothing is in sight."""
        heartbeats = [feature.heartbeat for feature in FEATURES if feature.heartbeat is not None]
        moments = [await heartbeat.next_due(self._on) for heartbeat in heartbeats]
        return min((moment for moment in moments if moment is not None), default=None)

    async def _introduce(self) -> None:
        """Take up what the last process left, ask who we are, hang out the menu; waits while Telegram is away."""
        async with self._db.transaction() as tx:
            await askings.release_claims(tx, self._now())
        patience = Patience()
        while True:
            try:
                await self._bot.initialize()
                await self._hang_out_menus()
                log.info("This is @%s.", self._bot.username)
                return
            except TelegramError as error:
                await self._sleep(patience.after(error))

    async def _hang_out_menus(self) -> None:
        """One menu for everybody, a longer one for each operator who has written to us before."""
        everybody = [_listed(called) for f in FEATURES if not f.for_operators for called in f.commands]
        await self._bot.set_my_commands(everybody)
        for operator in sorted(self._on.operators):
            commands = [_listed(called) for f in FEATURES for called in f.commands]
            try:
                await self._bot.set_my_commands(commands, scope=BotCommandScopeChat(operator))
            except (BadRequest, Forbidden) as refused:
                log.info("operator %d has no menu before they write to me: %s", operator, refused.message)

    async def _reload(self) -> int:
        shelf = await asyncio.to_thread(self._read)
        self._on = replace(
            self._on, bank=shelf.bank, taxonomy=shelf.taxonomy, places=shelf.places, tips=shelf.tips
        )
        return len(shelf.bank)

    async def _process(self, raw: dict[str, Any]) -> None:
        context = self._context(raw)
        try:
            await self._door.take(context)
        except Exception as error:  # noqa: BLE001 - sorted out there: said, or raised again
            await settle(context, error)

    async def _given_up(self, raw: dict[str, Any], error: BaseException) -> None:
        try:
            context = self._context(raw)
        except (TelegramError, TypeError, KeyError, ValueError):
            log.error("update %s cannot be understood: %s", raw.get("update_id"), type(error).__name__)
            return
        await apologise(context, error)

    def _context(self, raw: dict[str, Any]) -> Context:
        return Context(self._on, Update.de_json(raw, self._bot), self._now())


def _listed(called: Called) -> BotCommand:
    return BotCommand(called.name, called.description)
