"""The intake: every update is written down before Telegram is told it arrived, and runs until it is done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from telegram.error import BadRequest, Conflict, NetworkError, RetryAfter, TelegramError

from bot.complaint import Complaint
from bot.flood import REASON, Flood, Verdict
from bot.patience import Patience, rest_after
from bot.polling import Update
from bot.raw_json import dump, parse
from bot.turns import Sleep, Turns, cancelling
from storage import inbox
from storage.database import Database, Stuck
from storage.inbox import Arrival

Fetch = Callable[[int, int], Awaitable[list[Update]]]
Process = Callable[[Update], Awaitable[None]]

ATTEMPTS = 3
RESTS = (1.0, 5.0)
"""Seconds between the attempts of one update."""

STUCK_SECONDS, STUCK_LONGEST_SECONDS = 5.0, 60.0
"""Until the next try where the database could not be written."""

FULL = 100
"""Updates that Telegram gives at once: after so many there may be more."""

QUIET_WEEK = timedelta(days=6)
"""After a week without updates Telegram may begin to count anew; a day less is on the safe side."""

logger = logging.getLogger(__name__)


async def _nothing() -> None:
    return None


async def _without_a_word(update: Update) -> None:
    return None


async def _nobody(update: Update, error: BaseException) -> None:
    return None


class Inbox:
    """Fetches, writes down, hands over in turn, and marks what is done.

    `process` runs an update and raises when it failed; after three failures the update is set aside and
    `given_up` is told. `free` is called before the first fetch. What `flood` finds too much is done without being
    run, and `excuse` told the first of it. Both `run` and `stop` once each.
    """

    def __init__(
        self,
        database: Database,
        fetch: Fetch,
        process: Process,
        *,
        now: Callable[[], datetime],
        free: Callable[[], Awaitable[None]] = _nothing,
        given_up: Callable[[Update, BaseException], Awaitable[None]] = _nobody,
        sleep: Sleep = asyncio.sleep,
        poll_seconds: int = 50,
        workers: int = 48,
        limit: int = 4_000,
        complaint: Complaint | None = None,
        flood: Flood | None = None,
        excuse: Process = _without_a_word,
    ) -> None:
        self._database = database
        self._fetch = fetch
        self._process = process
        self._now = now
        self._free = free
        self._given_up = given_up
        self._sleep = sleep
        self._poll_seconds = poll_seconds
        self._turns: Turns[Arrival] = Turns(self._take, sleep=sleep, workers=workers, limit=limit)
        self._last: tuple[int, datetime] | None = None
        self._behind = True  # what comes now may have waited at Telegram while we were away
        self._handed = asyncio.Event()
        self._intake: asyncio.Task[None] | None = None
        self._finished: dict[int, str | None] = {}  # with the reason where they were not run
        self._flood = flood
        self._excuse = excuse
        self._to_excuse: set[int] = set()
        self._outages: dict[int, int] = {}  # how often each waiting update found Telegram, or the disk, away
        self._marking = asyncio.Lock()
        self._complaint = complaint or Complaint(now)

    async def run(self) -> None:
        """Replay what is unfinished, then fetch until `stop` or a cancellation; `Stop` for a refused token."""
        self._intake = asyncio.create_task(self._take_in(), name="intake")
        try:
            await self._intake
        except asyncio.CancelledError:
            if cancelling():
                raise

    async def stop(self, grace: float = 2.5) -> None:
        """Fetch no more, give running updates `grace` seconds, cancel the rest: they run again next time."""
        if self._intake is not None:
            self._intake.cancel()
            await asyncio.wait({self._intake}, timeout=1)
        await self._turns.stop(grace)
        try:
            if self._finished:
                await self._write_finished()
        except Stuck as stuck:
            logger.error("%d updates will run again at the next start. %s", len(self._finished), stuck)

    async def quiet(self) -> None:
        """Wait until all that was fetched is handed over and nothing is queued, running or resting.

        Before `run` has replayed what was unfinished this waits for that; after `stop` it may wait for ever.
        """
        while not self._handed.is_set() or self._turns.waiting:
            await self._handed.wait()
            await self._turns.idle()

    async def receive(self, updates: Sequence[Update]) -> None:
        """Write updates down in one transaction, then hand over those that are new."""
        self._handed.clear()
        try:
            arrivals = [
                Arrival(update["update_id"], queue_of(update), dump(update).decode(), is_belated=self._behind)
                for update in updates
                if not _says_nothing_new(update)
            ]
            now = self._now()
            async with self._database.transaction() as tx:
                new = await inbox.add_many(tx, arrivals, now)
            self._complaint.over()
            self._last = (max(update["update_id"] for update in updates), now)
            for arrival in self._measured(new, updates):
                # the excuse waits for nothing: behind all that was taken it would come when nobody wonders any more
                excused = arrival.update_id in self._to_excuse
                self._turns.offer(("excuse", arrival.chat_id) if excused else arrival.chat_id, arrival)
            if self._finished:
                await self._write_finished()
        finally:
            self._handed.set()

    def _measured(self, new: Sequence[Arrival], updates: Sequence[Update]) -> Sequence[Arrival]:
        """What is to be run, or excused; the rest of what is too much for one person is done with."""
        if self._flood is None:
            return new
        known = {update["update_id"]: update for update in updates}
        taken = []
        for arrival in new:
            verdict = self._flood.judge(known[arrival.update_id])
            if verdict is Verdict.PASS_OVER:
                self._finished[arrival.update_id] = REASON
                continue
            if verdict is Verdict.EXCUSE:
                self._to_excuse.add(arrival.update_id)
            taken.append(arrival)
        return taken

    async def _take_in(self) -> None:
        await self._replay()
        patience = Patience()
        free = False
        while True:
            await self._turns.room()
            try:
                if not free:
                    await self._free()
                    free = True
                updates = await self._fetch(self._offset(), 0 if self._behind else self._poll_seconds)
                if updates:
                    await self.receive(updates)
                if len(updates) < FULL:
                    self._behind = False
            except Stuck as stuck:
                # not written down, so not confirmed: Telegram keeps them and gives them again
                self._behind = True
                self._complaint.say(stuck)
                await self._sleep(STUCK_SECONDS)
            except asyncio.CancelledError:
                if cancelling():
                    raise
                self._behind = True
                logger.error("Taking updates in was cut short by what it waited for, and goes on.")
                await self._sleep(STUCK_SECONDS)
            except Exception as error:  # noqa: BLE001 whatever it was, people are waiting: say it and try again
                self._behind = True
                if isinstance(error, Conflict):
                    free = False  # it may be a webhook that stands in the way
                await self._sleep(patience.after(error))
            else:
                patience.calm()

    async def _replay(self) -> None:
        while (left := await self._unfinished()) is None:
            await self._sleep(STUCK_SECONDS)
        if left:
            logger.info("%d updates were left unfinished and run again.", len(left))
        for arrival in left:
            self._turns.offer(arrival.chat_id, arrival)
        self._turns.start()
        self._handed.set()

    async def _unfinished(self) -> Sequence[Arrival] | None:
        """None where the database does not say just now."""
        try:
            async with self._database.transaction() as tx:
                self._last = await inbox.newest(tx)
                return await inbox.unfinished(tx)
        except Stuck as stuck:
            self._complaint.say(stuck)
            return None

    def _offset(self) -> int:
        """Behind the newest update; 0, which confirms nothing, where Telegram may count anew."""
        if self._last is None or self._now() - self._last[1] > QUIET_WEEK:
            return 0
        return self._last[0] + 1

    async def _take(self, arrival: Arrival) -> float | None:
        """Run one update; the seconds after which it should run again, or None when it is over."""
        try:
            if arrival.update_id not in self._finished:  # else it ran, which only could not be written down
                await self._run(arrival)
        except (Exception, asyncio.CancelledError) as error:
            if cancelling():
                raise
            return await self._failed(arrival, error)
        self._outages.pop(arrival.update_id, None)
        excused = arrival.update_id in self._to_excuse
        self._to_excuse.discard(arrival.update_id)
        self._finished[arrival.update_id] = REASON if excused else None
        try:
            await self._write_finished(arrival.update_id)
        except Stuck as stuck:
            self._complaint.say(stuck)
            return STUCK_SECONDS
        return None

    async def _run(self, arrival: Arrival) -> None:
        if arrival.update_id not in self._to_excuse:
            await self._process(parse(arrival.payload))
            return
        try:
            await self._excuse(parse(arrival.payload))
        except TelegramError as unsaid:
            logger.info(
                "Update %d is passed over without a word (%s).", arrival.update_id, type(unsaid).__name__
            )

    async def _failed(self, arrival: Arrival, error: BaseException) -> float | None:
        what = type(error).__name__  # its text may hold a learner's words
        outages = self._outages.get(arrival.update_id, 0)
        if isinstance(error, Stuck):
            self._outages[arrival.update_id] = outages + 1
            self._complaint.say(error)
            # ever longer: what was said before the disk failed it says again each time
            return min(STUCK_SECONDS * float(2 ** min(outages, 10)), STUCK_LONGEST_SECONDS)
        if _is_outage(error):
            self._outages[arrival.update_id] = outages + 1
            rest = rest_after(error, outages)
            logger.warning("Update %d waits %.0f s for Telegram (%s).", arrival.update_id, rest, what)
            return rest
        try:
            failures = await self._count_failure(arrival.update_id, what)
        except Exception as trouble:  # noqa: BLE001 a full disk, say: nothing can be counted, nothing is lost by waiting
            why = type(trouble).__name__
            logger.error(
                "Update %d failed (%s), which could not be noted (%s).", arrival.update_id, what, why
            )
            return RESTS[-1]
        if failures < ATTEMPTS:
            logger.warning("Update %d failed (%s) and runs again.", arrival.update_id, what)
            return RESTS[failures - 1]
        logger.error("Update %d failed %d times (%s) and is set aside.", arrival.update_id, failures, what)
        await self._given_up(parse(arrival.payload), error)
        return None

    async def _count_failure(self, update_id: int, what: str) -> int:
        async with self._database.transaction() as tx:
            failures = await inbox.mark_failed(tx, update_id, what)
            if failures >= ATTEMPTS:
                await inbox.set_aside(tx, update_id, self._now())
            return failures

    async def _write_finished(self, update_id: int | None = None) -> None:
        """Mark as done: whoever comes first writes for all who wait, which is one transaction instead of many."""
        async with self._marking:
            if update_id is not None and update_id not in self._finished:
                return
            batch = self._finished
            self._finished = {}
            try:
                async with self._database.transaction() as tx:
                    await inbox.mark_done(tx, batch, self._now())
            except BaseException:
                self._finished |= batch
                raise
            self._complaint.over()


def _is_outage(error: BaseException) -> bool:
    """Whether Telegram, or the way there, is at fault: such an update is not broken and waits as long as it takes."""
    return isinstance(error, RetryAfter) or (
        isinstance(error, NetworkError) and not isinstance(error, BadRequest)
    )


def _says_nothing_new(update: Update) -> bool:
    """Whether it counts the votes of an open poll, as comes after each of them: they come by name as well."""
    poll = update.get("poll")
    return isinstance(poll, dict) and poll.get("is_closed") is False


def queue_of(update: Update) -> int:
    """Whose queue an update waits in: its poll's, so that a poll is closed after its votes; else its chat's, else the
    person's, else 0."""
    poll, vote = update.get("poll"), update.get("poll_answer")
    poll_id = poll.get("id") if isinstance(poll, dict) else None
    if isinstance(vote, dict):
        poll_id = poll_id or vote.get("poll_id")
    if isinstance(poll_id, str):
        return inbox.queue_of_poll(poll_id)
    for part in update.values():
        if isinstance(part, dict):
            message = part.get("message")  # a press names the message it hangs on, and so the chat
            known = {**part, **message} if isinstance(message, dict) else part
            for holder in ("chat", "from", "user"):
                if isinstance(known.get(holder), dict) and isinstance(known[holder].get("id"), int):
                    return int(known[holder]["id"])
    return 0
