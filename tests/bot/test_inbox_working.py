import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.inbox import Inbox
from bot.polling import Update
from storage import inbox as table
from storage.database import Database
from tests.bot.telegram_source import LIMIT, Source, message, running

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with await Database.open(tmp_path / "bot.db") as database:
        yield database


class Work:
    """Notes which updates ran; `errors` maps an update's id to what its next runs raise."""

    def __init__(self) -> None:
        self.ran: list[int] = []
        self.errors: dict[int, list[BaseException]] = {}
        self.gates: dict[int, asyncio.Event] = {}
        self.begun = asyncio.Condition()

    async def __call__(self, update: Update) -> None:
        update_id = update["update_id"]
        self.ran.append(update_id)
        async with self.begun:
            self.begun.notify_all()
        if update_id in self.gates:
            await self.gates[update_id].wait()
        if self.errors.get(update_id):
            raise self.errors[update_id].pop(0)

    async def until_begun(self, *update_ids: int) -> None:
        async with asyncio.timeout(LIMIT), self.begun:
            await self.begun.wait_for(lambda: set(update_ids) <= set(self.ran))


class Rests:
    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


async def unfinished(database: Database) -> list[int]:
    async with database.transaction() as tx:
        return [arrival.update_id for arrival in await table.unfinished(tx)]


async def set_aside(database: Database) -> dict[int, tuple[int, str]]:
    async with database.transaction() as tx:
        rows = await tx.all("SELECT update_id, failures, error FROM inbox WHERE set_aside_at IS NOT NULL")
    return {row["update_id"]: (row["failures"], row["error"]) for row in rows}


async def test_what_ran_is_marked_and_does_not_run_after_a_restart(database: Database) -> None:
    work = Work()
    source = Source([message(n, chat_id=n % 3) for n in range(1, 21)])
    inbox = Inbox(database, source.fetch, work, now=lambda: NOW)
    async with running(inbox):
        await source.all_confirmed()
        await inbox.quiet()
        assert await unfinished(database) == []
    assert sorted(work.ran) == list(range(1, 21))

    again = Work()
    inbox = Inbox(database, Source().fetch, again, now=lambda: NOW)
    async with running(inbox):
        await inbox.quiet()
    assert again.ran == []


async def test_after_a_sudden_end_all_that_was_confirmed_still_runs_in_order(database: Database) -> None:
    work = Work()
    work.gates = {n: asyncio.Event() for n in (3, 4)}
    source = Source([message(n, chat_id=n % 2) for n in range(1, 51)])
    inbox = Inbox(database, source.fetch, work, now=lambda: NOW)
    async with running(inbox, grace=0):
        await source.all_confirmed()
        await work.until_begun(3, 4)
    assert await unfinished(database) == list(range(3, 51))
    async with database.transaction() as tx:
        assert {arrival.failures for arrival in await table.unfinished(tx)} == {0}

    again = Work()
    inbox = Inbox(database, Source().fetch, again, now=lambda: NOW)
    async with running(inbox):
        await inbox.quiet()

    assert sorted(again.ran) == list(range(3, 51))
    for chat in (0, 1):
        own = [n for n in again.ran if n % 2 == chat]
        assert own == sorted(own)


async def test_what_runs_may_finish_when_it_ends_and_is_marked(database: Database) -> None:
    work = Work()
    work.gates = {1: asyncio.Event()}
    source = Source([message(1), message(2)])
    inbox = Inbox(database, source.fetch, work, now=lambda: NOW)
    serving = asyncio.create_task(inbox.run())
    await work.until_begun(1)

    stopping = asyncio.create_task(inbox.stop(grace=60))
    await asyncio.wait({serving})
    work.gates[1].set()
    await stopping

    assert work.ran == [1]
    assert await unfinished(database) == [2]
    serving.result()


async def test_a_cancelled_run_is_cancelled(database: Database) -> None:
    source = Source()
    inbox = Inbox(database, source.fetch, Work(), now=lambda: NOW)
    serving = asyncio.create_task(inbox.run())
    await source.all_confirmed()

    serving.cancel()
    await asyncio.wait({serving})
    await inbox.stop(0)

    assert serving.cancelled()


async def test_after_three_failures_an_update_is_set_aside_and_its_chat_goes_on(database: Database) -> None:
    work, rests = Work(), Rests()
    work.errors = {
        1: [ValueError("her words"), KeyError("his words"), LookupError("their words"), ValueError()]
    }
    told: list[tuple[int, str]] = []

    async def given_up(update: Update, error: BaseException) -> None:
        told.append((update["update_id"], type(error).__name__))

    source = Source([message(1), message(2)])
    inbox = Inbox(database, source.fetch, work, now=lambda: NOW, sleep=rests, given_up=given_up)

    async with running(inbox):
        await source.all_confirmed()
        await inbox.quiet()

    assert work.ran == [1, 1, 1, 2]
    assert rests.seconds == [1, 5]
    assert told == [(1, "LookupError")]
    assert await set_aside(database) == {1: (3, "LookupError")}
    assert await unfinished(database) == []


async def test_failures_before_a_restart_count(database: Database) -> None:
    work = Work()
    work.errors = {1: [ValueError()] * 2}
    resting = asyncio.Event()

    async def sleep(seconds: float) -> None:
        if seconds > 1:
            resting.set()
            await asyncio.Event().wait()

    source = Source([message(1)])
    inbox = Inbox(database, source.fetch, work, now=lambda: NOW, sleep=sleep)
    async with running(inbox):
        await resting.wait()

    again = Work()
    again.errors = {1: [ValueError()] * 2}
    inbox = Inbox(database, Source().fetch, again, now=lambda: NOW)
    async with running(inbox):
        await inbox.quiet()

    assert again.ran == [1]
    assert await set_aside(database) == {1: (3, "ValueError")}


async def test_a_failure_that_passes_costs_nothing_but_time(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    work, rests = Work(), Rests()
    work.errors = {1: [ValueError("her words")]}
    source = Source([message(1), message(2)])
    inbox = Inbox(database, source.fetch, work, now=lambda: NOW, sleep=rests)

    async with running(inbox):
        await source.all_confirmed()
        await inbox.quiet()

    assert work.ran == [1, 1, 2]
    assert await unfinished(database) == []
    assert await set_aside(database) == {}
    assert "Update 1 failed (ValueError)" in caplog.text
    assert "her words" not in caplog.text


async def test_a_cancellation_from_within_is_a_failure_like_any_other(database: Database) -> None:
    work, rests = Work(), Rests()
    work.errors = {1: [asyncio.CancelledError()]}
    source = Source([message(1), message(2)])
    inbox = Inbox(database, source.fetch, work, now=lambda: NOW, sleep=rests, workers=1)

    async with running(inbox):
        await source.all_confirmed()
        await inbox.quiet()

    assert work.ran == [1, 1, 2]


async def test_the_news_of_a_given_up_update_may_fail_too(database: Database) -> None:
    async def given_up(update: Update, error: BaseException) -> None:
        raise OSError("no connection")

    work = Work()
    work.errors = {1: [ValueError()] * 3}
    source = Source([message(1), message(2)])
    inbox = Inbox(database, source.fetch, work, now=lambda: NOW, sleep=Rests(), given_up=given_up)

    async with running(inbox):
        await source.all_confirmed()
        await inbox.quiet()

    assert work.ran == [1, 1, 1, 2]
    assert set(await set_aside(database)) == {1}


async def test_while_nothing_can_be_counted_an_update_is_tried_again_and_again(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute(
            "CREATE TRIGGER full BEFORE UPDATE ON inbox BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    tries = 0

    async def sleep(seconds: float) -> None:
        nonlocal tries
        tries += 1
        if tries == 5:
            async with database.transaction() as tx:
                await tx.execute("DROP TRIGGER full")

    work = Work()
    work.errors = {1: [ValueError()] * 6}
    source = Source([message(1)])
    inbox = Inbox(database, source.fetch, work, now=lambda: NOW, sleep=sleep)

    async with running(inbox):
        await source.all_confirmed()
        await inbox.quiet()

    assert work.ran == [1] * 7
    assert await unfinished(database) == []
    assert await set_aside(database) == {}


async def test_a_mark_that_could_not_be_written_is_written_with_the_next(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute(
            "CREATE TRIGGER full BEFORE UPDATE ON inbox BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    source, work = Source([message(1)]), Work()
    inbox = Inbox(database, source.fetch, work, now=lambda: NOW)

    async with running(inbox):
        await source.all_confirmed()
        await inbox.quiet()
        assert await unfinished(database) == [1]
        async with database.transaction() as tx:
            await tx.execute("DROP TRIGGER full")

        await source.send(message(2))
        await source.all_confirmed()
        await inbox.quiet()

        assert await unfinished(database) == []
    assert work.ran == [1, 2]


async def test_a_mark_that_could_not_be_written_is_written_at_the_end(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute(
            "CREATE TRIGGER full BEFORE UPDATE ON inbox BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    source = Source([message(1)])
    inbox = Inbox(database, source.fetch, Work(), now=lambda: NOW)

    async with running(inbox):
        await source.all_confirmed()
        await inbox.quiet()
        async with database.transaction() as tx:
            await tx.execute("DROP TRIGGER full")

    assert await unfinished(database) == []


async def test_it_is_not_quiet_while_a_batch_is_being_written_down(database: Database) -> None:
    source, work = Source(), Work()
    inbox = Inbox(database, source.fetch, work, now=lambda: NOW)

    async with running(inbox):
        await source.all_confirmed()
        await inbox.quiet()
        async with database.transaction() as tx:
            receiving = asyncio.create_task(inbox.receive([message(1)]))
            await tx.all("SELECT 1")
            quiet = asyncio.create_task(inbox.quiet())
            await tx.all("SELECT 1")
            assert not quiet.done()
        await receiving
        await quiet

    assert work.ran == [1]


async def test_quiet_means_that_everything_fetched_has_run(database: Database) -> None:
    work = Work()
    work.gates = {2: asyncio.Event()}
    source = Source([message(1), message(2)])
    inbox = Inbox(database, source.fetch, work, now=lambda: NOW)

    early = asyncio.create_task(inbox.quiet())
    async with running(inbox):
        await source.all_confirmed()
        await work.until_begun(2)
        late = asyncio.create_task(inbox.quiet())
        await asyncio.sleep(0)
        assert not late.done()
        work.gates[2].set()
        await late
        await early

        assert await unfinished(database) == []


async def test_those_who_finish_together_are_marked_together(database: Database) -> None:
    statements: Counter[str] = Counter()
    gate = asyncio.Event()
    work = Work()
    work.gates = dict.fromkeys(range(1, 41), gate)
    source = Source([message(n, chat_id=n) for n in range(1, 41)])
    inbox = Inbox(database, source.fetch, work, now=lambda: NOW)

    async with running(inbox):
        await source.all_confirmed()
        await work.until_begun(*range(1, 41))
        await database._connection.set_trace_callback(lambda sql: statements.update([sql]))
        gate.set()
        await inbox.quiet()
        await database._connection.set_trace_callback(None)  # type: ignore[arg-type]

    assert await unfinished(database) == []
    assert statements["COMMIT"] <= 3
