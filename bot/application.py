"""The whole bot, wired: what comes in, who handles it, what happens when time passes, how it ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Self

from telegram import Update
from telegram.error import TelegramError

from bot import menus
from bot.brief import brief_update
from bot.complaint import Complaint
from bot.door import UPDATES, Door
from bot.errors import apologise, excuse, settle
from bot.flood import Flood
from bot.inbox import STUCK_SECONDS, Inbox
from bot.operator.backups import Backups, Plan, before_migrating
from bot.operator.health import Condition
from bot.outage import Outage, watched
from bot.pacing.limiter import Tally
from bot.pacing.pace import Lane, Open, Turns
from bot.patience import Patience
from bot.polling import Polling
from bot.shelf import Shelf, read_shelf
from bot.speaker import Telegram, speaker
from bot.tidying import Tidying
from bot.wellbeing import Wellbeing
from handlers import FEATURES
from handlers.kit.context import Context, Dependencies
from handlers.kit.reaching import reach
from handlers.kit.reply import Reply, escape
from handlers.kit.voice import Voice
from storage import unsent
from storage.database import Database, Stuck
from storage.in_place import Displaced, Place

__all__ = ["Coach", "Telegram"]

log = logging.getLogger(__name__)


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
        backups: Plan | None = None,
        pace: Turns | None = None,
        flood: Flood | None = None,
    ) -> None:
        self.tally = Tally()
        voice = partial(speaker, telegram, pace or Open(), tally=self.tally, chance=chance, sleep=sleep)
        self._bot: Voice = voice(Lane.PEOPLE)
        self._behind: Voice = voice(Lane.OWED)  # says what nobody has just asked for, behind the answers
        self._backups = Backups(db.path, backups, now=now, tell=self._tell_operators) if backups else None
        self._complaint = Complaint(now)
        self._outage = Outage()
        self._outage.began()  # until Telegram has answered
        self._place = Place(db.path)
        self._wellbeing = Wellbeing(db, self._place, self._complaint, self._outage)
        self._tidying = Tidying(db)
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
            self._backups.make if self._backups else None,
            backups.gone_after_days if backups else None,
        )
        self._door = Door(self._on, FEATURES)
        polling = Polling(telegram.updates_request, f"{telegram.base_url}/bot", telegram.token, UPDATES)
        self._inbox = Inbox(
            db,
            watched(polling.fetch, self._outage, self._place.check),
            self._process,
            now=now,
            free=polling.free,
            given_up=self._given_up,
            sleep=sleep,
            complaint=self._complaint,
            flood=flood,
            excuse=self._excuse,
        )
        self._db = db
        self._read = read
        self._now = now
        self._sleep = sleep
        self._beating = asyncio.Lock()
        self._introducing: asyncio.Task[None] | None = None
        self.introduced = asyncio.Event()
        self._stopped = False

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
        backups: Plan | None = None,
        pace: Turns | None = None,
        flood: Flood | None = None,
    ) -> Self:
        """The bot over its database; `Unusable` with a sentence where that cannot be used.

        `read` reads the content again when an operator wants it, in a thread. Without `backups` none are made,
        without a `pace` it speaks as fast as it can, without `flood` it listens as fast as people write.
        """
        save = partial(before_migrating, database_path, backups, now()) if backups else None
        db = await Database.open(database_path, save=save)
        return cls(
            telegram,
            db,
            shelf,
            now=now,
            chance=chance,
            sleep=sleep,
            operators=operators,
            read=read,
            backups=backups,
            pace=pace,
            flood=flood,
        )

    async def run(self) -> None:
        """Introduce ourselves, then take updates until `stop`; `Stop` with a sentence where the token is refused,
        `Displaced` where the database is no longer in its place."""
        if self._stopped:
            return
        self._introducing = asyncio.create_task(self._introduce(), name="introduction")
        await asyncio.wait({self._introducing})
        if not self._introducing.cancelled():
            self._introducing.result()
            self._outage.over()
            self.introduced.set()
            await self._inbox.run()

    async def stop(self, grace: float = 2.5) -> None:
        """Let what runs come to its end, for `grace` seconds at most, and close everything."""
        self._stopped = True
        try:
            if self._introducing is not None:
                self._introducing.cancel()
                await asyncio.wait({self._introducing})
            if self._backups is not None:
                await self._backups.stop()
            await asyncio.gather(self._on.underway.end(grace), self._inbox.stop(grace))
        finally:
            if self.tally.told_to_wait or self.tally.again or self.tally.unsure:
                log.info("%s", self.tally)
            try:
                await self._behind.shutdown()
                await self._bot.shutdown()
            finally:
                await self._settle_if_displaced()
                await self._db.close()

    async def _settle_if_displaced(self) -> None:
        """The log stays behind under the old name, where SQLite takes it for that of whatever file is put there."""
        try:
            self._place.check()
        except Displaced:
            await self._db.settle_log()

    async def beat(self, now: datetime) -> None:
        """Time has passed: whatever is due by `now` happens, after all that came in before."""
        while await self.beat_once(now):
            pass
        await self._on.underway.idle()

    async def beat_once(self, now: datetime) -> bool:
        """A batch of everything that is due; whether more of it waits. Never two at once."""
        more = False
        async with self._beating:
            try:
                behind = replace(self._on, bot=self._behind)
                for feature in FEATURES:
                    if feature.heartbeat is not None:
                        on = self._on if feature.heartbeat.for_people else behind
                        more = bool(await feature.heartbeat.beat(on, now)) or more
                await self._tidying.beat(now)
            except Stuck as stuck:
                # what is due stays due
                self._complaint.say(stuck)
                more = False
            if self._backups is not None:
                self._backups.beat(now)
        return more

    async def quiet(self) -> None:
        """Wait until everything that came in has been dealt with."""
        await self._inbox.quiet()

    def check_place(self) -> None:
        """`Displaced` where the database's path no longer names the file that this bot writes to."""
        self._place.check()

    async def probe(self) -> None:
        """Write something: whether the database still takes it, which `condition` tells then."""
        await self._wellbeing.probe()

    def condition(self) -> Condition:
        """How it is."""
        return self._wellbeing.condition()

    async def next_due(self) -> datetime | None:
        """When time next brings something to do; None when nothing is in sight."""
        heartbeats = [feature.heartbeat for feature in FEATURES if feature.heartbeat is not None]
        moments = [await heartbeat.next_due(self._on) for heartbeat in heartbeats]
        return min((moment for moment in moments if moment is not None), default=None)

    async def _introduce(self) -> None:
        """Take up what the last process left, ask who we are, hang out the menu; waits while Telegram is away."""
        await self._release_claims()
        patience = Patience()
        while True:
            try:
                await self._bot.initialize()
                await self._behind.initialize()
                await menus.hang_out(self._bot, FEATURES, self._on.operators)
                log.info("This is @%s.", self._bot.username)
                return
            except TelegramError as error:
                await self._sleep(patience.after(error))

    async def _release_claims(self) -> None:
        """What the last process was about to send is to be sent again; waits while the disk is full."""
        while True:
            try:
                async with self._db.transaction() as tx:
                    await unsent.release_claims(tx, self._now())
                return
            except Stuck as stuck:
                self._complaint.say(stuck)
                await self._sleep(STUCK_SECONDS)

    async def _tell_operators(self, sentence: str) -> None:
        for operator in sorted(self._on.operators):
            await reach(self._on, operator, Reply(escape(sentence)), self._now(), silent=False)

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
        except Exception:  # noqa: BLE001 - the library raises whatever a part of the wrong shape leads to
            log.error("update %s cannot be understood: %s", raw.get("update_id"), type(error).__name__)
            return
        await apologise(context, error)

    async def _excuse(self, raw: dict[str, Any]) -> None:
        await excuse(self._context(raw))

    def _context(self, raw: dict[str, Any]) -> Context:
        return Context(self._on, Update.de_json(brief_update(raw), self._bot), self._now())
