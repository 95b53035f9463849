from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import inbox
from storage.database import Database, Transaction
from storage.inbox import Arrival

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with await Database.open(tmp_path / "bot.db") as database, database.transaction() as tx:
        yield tx


def arrival(update_id: int, chat_id: int = 7, payload: str = '{"message":{"text":"hello"}}') -> Arrival:
    return Arrival(update_id, chat_id, payload)


async def ids(tx: Transaction) -> list[int]:
    return [each.update_id for each in await inbox.unfinished(tx)]


async def payloads(tx: Transaction) -> dict[int, str]:
    return {row["update_id"]: row["payload"] for row in await tx.all("SELECT update_id, payload FROM inbox")}


async def test_only_what_is_new_is_added_once_and_in_its_order(tx: Transaction) -> None:
    await inbox.add_many(tx, [arrival(10), arrival(11)], NOW)

    new = await inbox.add_many(tx, [arrival(13), arrival(11), arrival(12), arrival(13)], NOW)

    assert [each.update_id for each in new] == [13, 12]
    assert await ids(tx) == [10, 11, 12, 13]


async def test_an_update_seen_before_keeps_its_payload_and_its_state(tx: Transaction) -> None:
    await inbox.add_many(tx, [arrival(10)], NOW)
    await inbox.mark_done(tx, [10], NOW)

    assert await inbox.add_many(tx, [arrival(10, payload='{"message":{"text":"again"}}')], NOW) == []
    assert await ids(tx) == []


async def test_unfinished_updates_come_in_the_order_they_arrived_even_when_telegram_counts_anew(
    tx: Transaction,
) -> None:
    await inbox.add_many(tx, [arrival(900), arrival(901, chat_id=-5)], NOW)
    await inbox.add_many(tx, [arrival(3)], NOW + timedelta(days=8))
    await inbox.mark_failed(tx, 901, "ValueError")

    assert await inbox.unfinished(tx) == [
        arrival(900),
        Arrival(901, -5, arrival(901).payload, failures=1),
        arrival(3),
    ]


async def test_the_newest_is_the_one_that_came_last(tx: Transaction) -> None:
    assert await inbox.newest(tx) is None

    await inbox.add_many(tx, [arrival(900), arrival(901)], NOW)
    assert await inbox.newest(tx) == (901, NOW)

    await inbox.add_many(tx, [arrival(3)], NOW + timedelta(days=8))
    assert await inbox.newest(tx) == (3, NOW + timedelta(days=8))


async def test_what_is_done_does_not_run_again_and_keeps_no_words(tx: Transaction) -> None:
    await inbox.add_many(tx, [arrival(10), arrival(11)], NOW)

    await inbox.mark_done(tx, [10], NOW)

    assert await ids(tx) == [11]
    assert await payloads(tx) == {10: "", 11: arrival(11).payload}


async def test_failures_are_counted_and_name_the_class_of_the_last(tx: Transaction) -> None:
    await inbox.add_many(tx, [arrival(10)], NOW)

    assert await inbox.mark_failed(tx, 10, "ValueError") == 1
    assert await inbox.mark_failed(tx, 10, "KeyError") == 2
    row = await tx.one("SELECT error FROM inbox")
    assert row is not None
    assert row["error"] == "KeyError"
    assert await ids(tx) == [10]


async def test_a_failure_of_an_update_nobody_knows_is_a_bug(tx: Transaction) -> None:
    with pytest.raises(LookupError, match="no update 10"):
        await inbox.mark_failed(tx, 10, "ValueError")


async def test_what_is_set_aside_never_runs_again_and_is_kept(tx: Transaction) -> None:
    await inbox.add_many(tx, [arrival(10)], NOW)

    await inbox.set_aside(tx, 10, NOW)

    assert await ids(tx) == []
    assert await payloads(tx) == {10: arrival(10).payload}


async def test_pruning_takes_what_is_over_and_old_but_never_the_newest(tx: Transaction) -> None:
    old, new = NOW - timedelta(days=3), NOW
    await inbox.add_many(tx, [arrival(1), arrival(2), arrival(3)], old)
    await inbox.mark_done(tx, [1], old)
    await inbox.set_aside(tx, 2, old)
    await inbox.add_many(tx, [arrival(4), arrival(5)], new)
    await inbox.mark_done(tx, [4, 5], new)

    assert await inbox.prune(tx, NOW - timedelta(days=2)) == 2
    assert set(await payloads(tx)) == {3, 4, 5}

    assert await inbox.prune(tx, NOW + timedelta(days=9)) == 1
    assert set(await payloads(tx)) == {3, 5}


async def test_pruning_takes_no_more_at_once_than_it_may(tx: Transaction) -> None:
    await inbox.add_many(tx, [arrival(n) for n in range(1, 9)], NOW)
    await inbox.mark_done(tx, range(1, 9), NOW)

    assert await inbox.prune(tx, NOW + timedelta(days=1), limit=5) == 5
    assert set(await payloads(tx)) == {6, 7, 8}


async def test_forgetting_a_person_wipes_what_was_set_aside_of_theirs_wherever_they_wrote_it(
    tx: Transaction,
) -> None:
    in_group = '{"message":{"chat":{"id":-5},"from":{"id":7},"text":"mine"}}'
    of_others = '{"message":{"chat":{"id":-5},"from":{"id":8},"message_id":7,"text":"7"}}'
    private = '{"message":{"text":"hello"}}'
    await inbox.add_many(
        tx,
        [
            arrival(1, 7, private),
            arrival(2, -5, in_group),
            arrival(3, -5, of_others),
            arrival(4, 7, private),
        ],
        NOW,
    )
    for update_id in (1, 2, 3):
        await inbox.set_aside(tx, update_id, NOW)

    assert await inbox.blank(tx, 7) == 2
    assert await payloads(tx) == {1: "", 2: "", 3: of_others, 4: private}


async def test_a_full_inbox_is_never_read_from_end_to_end(tx: Transaction) -> None:
    asked: list[str] = []
    await tx._connection.set_trace_callback(asked.append)
    await inbox.add_many(tx, [arrival(1), arrival(2)], NOW)
    await inbox.unfinished(tx)
    await inbox.newest(tx)
    await inbox.mark_failed(tx, 2, "ValueError")
    await inbox.set_aside(tx, 2, NOW)
    await inbox.mark_done(tx, [1], NOW)
    await inbox.blank(tx, 7)
    await inbox.prune(tx, NOW)
    await tx._connection.set_trace_callback(None)  # type: ignore[arg-type]

    plans = {sql: [row["detail"] for row in await tx.all(f"EXPLAIN QUERY PLAN {sql}")] for sql in set(asked)}

    assert len(plans) >= 9
    for sql, steps in plans.items():
        assert "SCAN inbox" not in steps, sql
        assert not any("TEMP B-TREE" in step for step in steps), sql
