"""The database: one connection, and transactions that are whole or never were."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiosqlite

from storage.at_once import BUSY_REST, BUSY_SECONDS, AtOnce
from storage.claim import Claim
from storage.migrating import connect, prepare
from storage.shared_commit import SharedCommit
from storage.transaction import Parameters, Transaction, to_the_end
from storage.unusable import Stuck, Unusable, stuck, told

__all__ = ["MIGRATIONS", "Database", "Parameters", "Stuck", "Transaction", "Unusable"]

MIGRATIONS = Path(__file__).with_name("migrations")

logger = logging.getLogger(__name__)
# its debug lines hold every parameter, and so what learners write
logging.getLogger("aiosqlite").setLevel(logging.INFO)


class Database:
    """A SQLite file that this process alone writes to. `async with await Database.open(path) as database`."""

    def __init__(
        self, path: Path, connection: aiosqlite.Connection, itself: sqlite3.Connection, claim: Claim
    ) -> None:
        self.path = path
        self._connection = connection
        self._at_once = AtOnce(itself)
        self._claim = claim
        self._lock = asyncio.Lock()
        self._owner: asyncio.Task[Any] | None = None
        self._in_line = 0
        self._shared: SharedCommit | None = None
        self._sharing: set[asyncio.Task[None]] = set()
        self._closed = False

    @classmethod
    async def open(
        cls, path: str | Path, migrations: Path = MIGRATIONS, save: Callable[[], None] | None = None
    ) -> Database:
        """Open or make the file, checked and brought up to date; `Unusable` says why it cannot be.

        `save` is called, in a thread, before a file of an older schema is changed, and may raise to prevent it.
        """
        opening = asyncio.ensure_future(_open(Path(path), migrations, save))
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            # a thread cannot be stopped half-way: let it finish, then close what it opened
            await asyncio.wait({opening})
            if not opening.cancelled() and opening.exception() is None:
                await opening.result().close()
            raise

    async def close(self) -> None:
        """Wait for the transaction under way, then close; harmless when done twice."""
        await to_the_end(self._close)

    async def settle_log(self) -> None:
        """Move all that stands in the log into the file itself, wherever that has gone, and leave the log empty.

        Waits three seconds for other programs that use it, and logs an error where that was in vain.
        """
        clock = asyncio.get_running_loop().time
        async with self._lock:
            await self._commit_shared(self._shared)
            given_up_at = clock() + BUSY_SECONDS
            while (trouble := await self._move_log()) is not None:
                if clock() >= given_up_at:
                    logger.error(
                        "The log of %s could not be moved into the file (%s): keep the file %s-wal, it holds what was"
                        " written last.",
                        self.path,
                        trouble,
                        self.path,
                    )
                    return
                await asyncio.sleep(BUSY_REST)

    async def _move_log(self) -> str | None:
        """What stood in the way; None where the log is empty now."""
        try:
            [(is_busy, _, _)] = await self._connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            return str(error)
        return "another program uses it" if is_busy else None

    async def _close(self) -> None:
        async with self._lock:
            await self._commit_shared(self._shared)
            self._closed = True
            try:
                await self._connection.close()
            finally:
                self._claim.release()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """All that is asked of `tx` happens when the block ends, or nothing where an exception leaves it.

        One at a time: reads wait here too. A cancelled block stands whole or never was, and the next finds
        the connection clean. Wait for nothing but the database inside. `Stuck` where the disk is full or fails.

        While others wait behind it, a block that wrote leaves the COMMIT to be shared with theirs, so that a hundred
        of them go to the disk at once; `async with` is over when that has been done. A block that raises is rolled
        back by itself, to the savepoint at which it began.
        """
        task = asyncio.current_task()
        if self._owner is not None and self._owner is task:
            raise RuntimeError("a transaction inside a transaction would wait for itself")
        shared: SharedCommit | None = None
        await self._turn()
        try:
            if self._closed:
                raise RuntimeError("the database is closed")
            self._owner = task
            tx = Transaction(self._connection, self._at_once, joins=self._shared is not None)
            try:
                # inside the try: what waits for the connection's thread runs even when it is cancelled
                await tx._begin()
                yield tx
                shared = await self._end(tx)
            except BaseException as error:
                shared = await self._undo(tx, error)
                trouble = stuck(self.path, error)
                if trouble is not None:
                    raise trouble from error
                raise
        finally:
            self._owner = None
            self._lock.release()
            if shared is not None:
                # what a refusal says may come from what others wrote: it is not to be said before that is safe
                await shared.reached_the_disk()

    async def _turn(self) -> None:
        self._in_line += 1
        try:
            # a transaction may be over without waiting for anything: let others have a turn, and who is cancelled end
            await asyncio.sleep(0)
            await self._lock.acquire()
        finally:
            self._in_line -= 1

    async def _end(self, tx: Transaction) -> SharedCommit | None:
        """Commit; or leave that to be done for all who wait in line by now, and whoever ends one waits for it."""
        if self._shared is None and not (tx._wrote and self._in_line):
            await tx._commit()
            return None
        await tx._leave()
        if self._shared is None:
            self._shared = SharedCommit(self.path)
            # a task of its own, which nobody cancels; it stands in line behind all that are there now
            sharing = asyncio.create_task(self._commit_in_turn(self._shared), name="shared commit")
            self._sharing.add(sharing)
            sharing.add_done_callback(self._sharing.discard)
        return self._shared

    async def _commit_in_turn(self, shared: SharedCommit) -> None:
        async with self._lock:
            await self._commit_shared(shared)

    async def _commit_shared(self, shared: SharedCommit | None) -> None:
        """Commit what was left open, if that has not been done; who took part is told how it went."""
        if shared is None or shared is not self._shared:
            return
        self._shared = None
        try:
            await self._connection.commit()
        except BaseException as error:
            shared.settle(error)
            await self._roll_back_all()
            if not isinstance(error, sqlite3.Error):
                raise
        shared.settle()

    async def _undo(self, tx: Transaction, error: BaseException) -> SharedCommit | None:
        """Drain the connection, then roll back if there is something to: its thread takes calls in order.

        What of others, written but not committed, may have led to `error`; None where nothing did.
        """
        joined = self._shared
        try:
            await tx._roll_back()
        except sqlite3.Error:
            # the next transaction rolls back again before it begins
            logger.exception("a transaction could not be rolled back")
            if self._shared is not None:
                await self._roll_back_all()
        finally:
            if self._shared is not None and not self._at_once.in_transaction:
                # it took down with it what others had left to be committed
                self._shared.settle(error)
                self._shared = None
        if not isinstance(error, Exception):
            return None
        # whoever brought the others down has a failure of its own, and must not be tried again for ever
        brought_down = self._shared is None and isinstance(error, sqlite3.Error)
        return None if brought_down else joined

    async def _roll_back_all(self) -> None:
        try:
            await to_the_end(self._connection.rollback)
        except sqlite3.Error:
            logger.exception("a transaction could not be rolled back")


async def _open(path: Path, migrations: Path, save: Callable[[], None] | None) -> Database:
    claim = _claim(path)
    opened: list[sqlite3.Connection] = []

    def open_it() -> sqlite3.Connection:
        opened.append(connect(path))
        return opened[0]

    try:
        await asyncio.to_thread(prepare, path, migrations, save)
        with told(path):
            connection = await aiosqlite.Connection(open_it, iter_chunk_size=64)
    except BaseException:
        claim.release()
        raise
    return Database(path, connection, opened[0], claim)


def _claim(path: Path) -> Claim:
    if not path.parent.is_dir():
        raise Unusable(f"The folder {path.parent} does not exist: make it, or change DATABASE_PATH.")
    if path.is_dir():
        raise Unusable(f"{path} is a folder: let DATABASE_PATH name a file.")
    with told(path):
        return Claim.take(path)
