"""Backups while the bot runs: every night, and whenever an operator wants one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from threading import Event

from storage import backup, rotation
from storage.backup import Backup, BackupFailed, Stopped
from storage.database import Unusable

AT = time(3, 30, tzinfo=UTC)
"""Every night; UTC, because a machine's own zone is often that anyway, and no clock change skips or doubles it."""

AGAIN_AFTER = timedelta(hours=1)
GOOD_AGAIN = "A backup could be made again."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """Where backups go, and how many days and weeks keep their newest; with 0 and 0 none are made by themselves."""

    folder: Path
    days: int
    weeks: int

    @property
    def nightly(self) -> bool:
        """Whether any are made by themselves."""
        return self.days > 0 or self.weeks > 0

    @property
    def gone_after_days(self) -> int:
        """Days after which a backup is deleted, at the latest; 0 where the operator has to do it."""
        return rotation.longest_kept(self.days, self.weeks)


def before_migrating(database: Path, plan: Plan, now: datetime) -> None:
    """Keep a copy of a database that is about to be brought up to date, one among the other backups.

    `Unusable` with a sentence where there can be none: then nothing is changed. Blocks: for a thread.
    """
    try:
        made = backup.make(database, plan.folder, now)
    except BackupFailed as failed:
        why = str(failed)
        raise Unusable(
            f"Before {database} is brought up to date it is backed up, and {why[0].lower()}{why[1:]}"
        ) from failed
    log.info("The database is brought up to date; as it was it is kept in %s.", made.path)


def last_night(now: datetime) -> datetime:
    """The newest moment, up to now, at which a backup was to be made."""
    tonight = datetime.combine(now.astimezone(UTC).date(), AT)
    return tonight if tonight <= now else tonight - timedelta(days=1)


class Backups:
    """Makes them in a thread, one at a time. `tell` says a sentence to the operators and may raise."""

    def __init__(
        self,
        database: Path,
        plan: Plan,
        *,
        now: Callable[[], datetime],
        tell: Callable[[str], Awaitable[None]],
    ) -> None:
        self.plan = plan
        self._database = database
        self._now = now
        self._tell = tell
        self._making: asyncio.Task[Backup] | None = None
        self._night: asyncio.Task[None] | None = None
        self._done_for: datetime | None = None
        self._not_before: datetime | None = None
        self._told = False
        self._stopping = Event()

    async def make(self) -> Backup:
        """One more, or the one that is being made anyway; `BackupFailed` with a sentence where there can be none."""
        if self._making is None or self._making.done():
            self._making = asyncio.create_task(self._make(), name="backup")
            self._making.add_done_callback(_taken_note_of)
        return await asyncio.shield(self._making)

    def beat(self, now: datetime) -> None:
        """Begin the night's backup if it is time and the folder has none; comes back at once."""
        night = last_night(now)
        waiting = self._not_before is not None and now < self._not_before
        busy = self._night is not None and not self._night.done()
        if not self.plan.nightly or self._done_for == night or waiting or busy or self._stopping.is_set():
            return
        self._night = asyncio.create_task(self._see_to(night, now), name="nightly backup")

    async def settled(self) -> None:
        """Wait until the night's backup that has begun is over."""
        if self._night is not None:
            await asyncio.wait({self._night})

    async def stop(self) -> None:
        """Give up what is under way; half a backup is deleted."""
        self._stopping.set()
        tasks = {task for task in (self._making, self._night) if task is not None}
        if tasks:
            await asyncio.wait(tasks, timeout=5)

    async def _make(self) -> Backup:
        plan, now = self.plan, self._now()
        try:
            made = await asyncio.to_thread(
                backup.make, self._database, plan.folder, now, stopped=self._stopping.is_set
            )
        finally:
            # in any case: how long a copy keeps what was forgotten does not depend on the next one
            await self._rotate(now)
        log.info("Backed up to %s (%.1f MB).", made.path, made.size / 1e6)
        return made

    async def _rotate(self, now: datetime) -> None:
        plan = self.plan
        if not plan.nightly:
            return
        try:
            gone = await asyncio.to_thread(
                backup.rotate, self._database, plan.folder, now, days=plan.days, weeks=plan.weeks
            )
        except BackupFailed as failed:
            log.error("Old backups could not be deleted. %s", failed)
        else:
            for path in gone:
                log.info("The backup %s is old and was deleted.", path.name)

    async def _see_to(self, night: datetime, now: datetime) -> None:
        try:
            if not await asyncio.to_thread(self._has_one_since, night):
                await self.make()
        except Stopped:
            return
        except (BackupFailed, OSError) as failed:
            self._not_before = now + AGAIN_AFTER
            log.error("No backup was made; the next try is in an hour. %s", failed)
            await self._say(str(failed), about_trouble=True)
        else:
            self._done_for = night
            await self._say(GOOD_AGAIN, about_trouble=False)

    def _has_one_since(self, night: datetime) -> bool:
        return any(each.made_at >= night for each in backup.found(self._database, self.plan.folder))

    async def _say(self, sentence: str, *, about_trouble: bool) -> None:
        """Tell operators once that something is wrong, and once that it is right again."""
        if self._told == about_trouble:
            return
        try:
            await self._tell(sentence)
        except Exception as unsaid:  # noqa: BLE001 it is said again in an hour; backups must not depend on it
            log.warning("the operators could not be told: %s", type(unsaid).__name__)
        else:
            self._told = about_trouble


def _taken_note_of(task: asyncio.Task[Backup]) -> None:
    """Whoever wanted it may have gone: nobody is to complain then that its failure was never looked at."""
    if not task.cancelled():
        task.exception()
