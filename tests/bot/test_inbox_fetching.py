import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.inbox import STUCK_SECONDS, Inbox, queue_of
from bot.patience import Stop
from bot.polling import Update
from storage import inbox as table
from storage.database import Database
from tests.bot.telegram_source import Source, message, running

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with await Database.open(tmp_path / "bot.db") as database:
        yield database


class Rests:
    """Remembers how long it was asked to sleep, and does not."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


async def nothing(update: Update) -> None:
    return None


def make(database: Database, source: Source, **more: object) -> tuple[Inbox, Rests]:
    rests = Rests()
    given = {"process": nothing, "now": lambda: NOW, "sleep": rests} | more
    return Inbox(database, source.fetch, **given), rests  # type: ignore[arg-type]


async def stored(database: Database) -> list[int]:
    async with database.transaction() as tx:
        return [row["update_id"] for row in await tx.all("SELECT update_id FROM inbox ORDER BY update_id")]


async def test_every_update_is_written_down_before_telegram_hears_that_it_arrived(database: Database) -> None:
    written: list[list[int]] = []

    class Watched(Source):
        async def fetch(self, offset: int, timeout: int) -> list[Update]:
            written.append(await stored(database))
            return await super().fetch(offset, timeout)

    source = Watched([message(n) for n in range(501, 651)])
    inbox, _ = make(database, source)

    async with running(inbox):
        await source.all_confirmed()

    assert source.offsets == [0, 601, 651]
    assert written == [[], list(range(501, 601)), list(range(501, 651))]


async def test_what_comes_twice_runs_once(database: Database) -> None:
    ran: list[int] = []

    async def process(update: Update) -> None:
        ran.append(update["update_id"])

    source = Source()
    inbox, _ = make(database, source, process=process)

    async with running(inbox):
        await source.all_confirmed()
        await inbox.receive([message(7), message(8)])
        await inbox.receive([message(8), message(7), message(9)])
        await inbox.quiet()

    assert sorted(ran) == [7, 8, 9]


async def test_after_a_restart_it_continues_behind_the_newest(database: Database) -> None:
    source = Source([message(7), message(8)])
    inbox, _ = make(database, source)
    async with running(inbox):
        await source.all_confirmed()

    again = Source([message(9)])
    inbox, _ = make(database, again)
    async with running(inbox):
        await again.all_confirmed()

    assert again.offsets == [9, 10]


@pytest.mark.parametrize("days, offset", [(5.9, 8), (6.1, 0)])
async def test_after_a_quiet_week_it_does_not_rely_on_the_old_count(
    database: Database, days: float, offset: int
) -> None:
    source = Source([message(7)])
    inbox, _ = make(database, source)
    async with running(inbox):
        await source.all_confirmed()

    later = Source([message(3, text="counted anew")] if not offset else [message(8)])
    inbox, _ = make(database, later, now=lambda: NOW + timedelta(days=days))
    async with running(inbox):
        await later.all_confirmed()

    assert later.offsets[0] == offset
    assert later.offsets[1] == (4 if not offset else 9)


async def test_a_refused_token_ends_it_with_a_sentence(database: Database) -> None:
    source = Source()
    source.errors = [InvalidToken("Unauthorized")]
    inbox, rests = make(database, source)

    with pytest.raises(Stop, match="does not know this token: check TELEGRAM_BOT_TOKEN"):
        await inbox.run()
    await inbox.stop(1)

    assert rests.seconds == []


async def test_failures_in_a_row_wait_longer_up_to_half_a_minute_and_a_success_resets(
    database: Database,
) -> None:
    source = Source()
    source.errors = [NetworkError("Bad Gateway (502)")] * 7
    inbox, rests = make(database, source)

    async with running(inbox):
        await source.all_confirmed()
        source.errors = [TelegramError("Invalid server response")]
        await source.send(message(1))
        await source.all_confirmed()

    assert rests.seconds == [1, 2, 4, 8, 16, 30, 30, 1]


async def test_when_telegram_names_a_time_that_is_how_long_it_waits(database: Database) -> None:
    source = Source()
    source.errors = [RetryAfter(17)]
    inbox, rests = make(database, source)

    async with running(inbox):
        await source.all_confirmed()

    assert rests.seconds == [17]


async def test_another_copy_is_waited_for_and_mentioned_once(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    source = Source()
    source.errors = [Conflict("terminated by other getUpdates request")] * 4
    inbox, rests = make(database, source)

    with caplog.at_level(logging.INFO):
        async with running(inbox):
            await source.all_confirmed()
            await source.send(message(1))
            await source.all_confirmed()

    assert rests.seconds == [5, 5, 5, 5]
    assert caplog.text.count("Another copy") == 1
    assert caplog.text.count("coming in again") == 1


async def test_a_stranger_among_errors_is_not_quoted_and_ends_nothing(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    source = Source([message(1)])
    source.errors = [KeyError("https://api.telegram.org/bot123:secret/getUpdates")]
    inbox, _ = make(database, source)

    async with running(inbox):
        await source.all_confirmed()

    assert await stored(database) == [1]
    assert "KeyError" in caplog.text
    assert "secret" not in caplog.text


async def test_a_webhook_is_removed_before_the_first_fetch_and_again_when_one_stands_in_the_way(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[str] = []

    async def free() -> None:
        asked.append("free")
        if len(asked) == 1:
            raise NetworkError("not yet")

    class Watched(Source):
        async def fetch(self, offset: int, timeout: int) -> list[Update]:
            asked.append("fetch")
            return await super().fetch(offset, timeout)

    source = Watched()
    source.errors = [Conflict("can't use getUpdates method while webhook is active")]
    inbox, _ = make(database, source, free=free)

    async with running(inbox):
        await source.all_confirmed()

    assert asked == ["free", "free", "fetch", "free", "fetch"]
    assert "Another program has set a webhook" in caplog.text
    assert "Another copy" not in caplog.text


async def test_what_cannot_be_written_down_is_not_confirmed(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute(
            "CREATE TRIGGER full BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )

    async def make_room(seconds: float) -> None:
        async with database.transaction() as tx:
            await tx.execute("DROP TRIGGER IF EXISTS full")

    source = Source([message(7)])
    inbox, _ = make(database, source, sleep=make_room)

    async with running(inbox):
        await source.all_confirmed()

    assert source.offsets == [0, 0, 8]
    assert await stored(database) == [7]


async def test_it_fetches_no_more_than_it_can_hold(database: Database) -> None:
    gate = asyncio.Event()

    async def process(update: Update) -> None:
        await gate.wait()

    source = Source([message(n) for n in range(1, 301)])
    inbox, _ = make(database, source, process=process, limit=150)

    async with running(inbox):
        while len(await stored(database)) < 200:
            pass
        fetched = len(source.offsets)
        for _ in range(50):
            await stored(database)
        assert (fetched, len(source.offsets), len(await stored(database))) == (2, 2, 200)

        gate.set()
        await source.all_confirmed()
    assert len(await stored(database)) == 300


async def test_an_odd_update_harms_no_other(database: Database) -> None:
    ran: list[int] = []

    async def process(update: Update) -> None:
        ran.append(update["update_id"])

    source = Source(
        [
            {"update_id": 1},
            {"update_id": 2, "message": {"chat": {}, "from": None, "text": "half a pair: \ud83d"}},
            {"update_id": 3, "something_new": [1, 2]},
            message(4),
        ]
    )
    inbox, _ = make(database, source, process=process)

    async with running(inbox):
        await source.all_confirmed()
        await inbox.quiet()

    assert sorted(ran) == [1, 2, 3, 4]


CHAT, PERSON = {"id": -100}, {"id": 7}


@pytest.mark.parametrize(
    "update, queue",
    [
        ({"message": {"chat": CHAT, "from": PERSON}}, -100),
        ({"edited_message": {"chat": CHAT, "from": PERSON}}, -100),
        ({"channel_post": {"chat": CHAT}}, -100),
        ({"callback_query": {"from": PERSON, "message": {"chat": CHAT, "from": {"id": 1}}}}, -100),
        ({"callback_query": {"from": PERSON, "inline_message_id": "x"}}, 7),
        ({"my_chat_member": {"chat": CHAT, "from": PERSON}}, -100),
        ({"poll_answer": {"user": PERSON, "poll_id": "1"}}, 1),
        ({"inline_query": {"from": PERSON, "query": "x"}}, 7),
        ({"message_reaction": {"chat": CHAT, "user": PERSON}}, -100),
        ({"poll": {"id": "1", "options": []}}, 1),
        ({}, 0),
    ],
)
def test_an_update_waits_in_its_chats_queue_else_its_persons_else_the_common_one(
    update: Update, queue: int
) -> None:
    assert queue_of({"update_id": 1} | update) == queue


async def test_the_newest_of_a_jumbled_batch_is_the_highest(database: Database) -> None:
    source = Source()
    inbox, _ = make(database, source)

    async with running(inbox):
        await source.all_confirmed()
        await source.send(message(9), message(8))
        await source.all_confirmed()

    assert source.offsets == [0, 10]
    async with database.transaction() as tx:
        assert await table.newest(tx) == (9, NOW)


async def test_what_is_cancelled_that_the_intake_waits_for_does_not_end_it(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    class CutShort(Source):
        async def fetch(self, offset: int, timeout: int) -> list[Update]:
            if not self.offsets:
                self.offsets.append(offset)
                raise asyncio.CancelledError
            return await super().fetch(offset, timeout)

    source = CutShort([message(7)])
    inbox, rests = make(database, source)

    async with running(inbox):
        await source.all_confirmed()

    assert await stored(database) == [7]
    assert rests.seconds == [STUCK_SECONDS]
    assert "cut short by what it waited for" in caplog.text
