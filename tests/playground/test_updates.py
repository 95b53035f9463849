"""Updates are kept until confirmed, for one poller at a time."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from playground.clock import Clock
from playground.state import Box

CONFLICT = (
    409,
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
)


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(
    api: Any, box: Box, alice: int
) -> None:
    for text in "abc":
        box.say("alice", "alice", text)

    first = await api("getUpdates")
    again = await api("getUpdates", limit=2)
    rest = await api("getUpdates", offset=first[1]["update_id"])

    assert texts(first) == ["a", "b", "c"]
    assert texts(again) == ["a", "b"]
    assert texts(rest) == ["b", "c"]
    assert [update["update_id"] - first[0]["update_id"] for update in first] == [0, 1, 2]
    assert (await api("getWebhookInfo"))["pending_update_count"] == 2


async def test_a_negative_offset_keeps_the_last_ones_and_forgets_the_rest(
    api: Any, box: Box, alice: int
) -> None:
    for text in "abc":
        box.say("alice", "alice", text)

    assert texts(await api("getUpdates", offset=-2)) == ["b", "c"]
    assert texts(await api("getUpdates")) == ["b", "c"]
    assert texts(await api("getUpdates", offset=-9)) == ["b", "c"]


async def test_a_waiting_poller_gets_what_comes(api: Any, box: Box, alice: int) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.sleep(0)

    box.say("alice", "alice", "a")
    box.say("alice", "alice", "b")

    assert texts(await poll) == ["a", "b"]


async def test_the_second_poller_ends_the_first(api: Any, box: Box, alice: int) -> None:
    first = asyncio.create_task(api.refused("getUpdates", timeout=30))
    await asyncio.sleep(0)
    second = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.sleep(0)

    box.say("alice", "alice", "a")

    assert await first == CONFLICT
    assert texts(await second) == ["a"]


async def test_a_poller_that_hangs_up_loses_nothing(api: Any, box: Box, alice: int) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.sleep(0)
    box.say("alice", "alice", "a")
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)

    assert texts(await api("getUpdates", timeout=30)) == ["a"]


async def test_only_wanted_kinds_are_kept_from_then_on(api: Any, box: Box, alice: int) -> None:
    box.say("alice", "alice", "a")
    await api.updates(allowed_updates=["callback_query"])
    box.say("alice", "alice", "b")
    none = await api.updates()
    await api.updates(allowed_updates=[])
    box.say("alice", "alice", "c")

    assert none == []
    assert texts(await api.updates()) == ["c"]


@pytest.mark.parametrize(
    "kinds, words",
    [
        (["massage"], "there are no updates of the kind massage"),
        (["update_id"], "there are no updates of the kind update_id"),
        ([["message"]], 'can\'t parse allowed_updates: Field "allowed_updates" must be of type String'),
        ("message", "can't parse allowed_updates JSON object"),
    ],
)
async def test_a_kind_that_does_not_exist_is_refused(api: Any, kinds: Any, words: str) -> None:
    assert await api.refused("getUpdates", allowed_updates=kinds) == (400, f"Bad Request: {words}")


async def test_updates_are_kept_a_day(api: Any, box: Box, clock: Clock, alice: int) -> None:
    box.say("alice", "alice", "a")
    await clock.advance(timedelta(hours=23).total_seconds())
    box.say("alice", "alice", "b")
    await clock.advance(timedelta(hours=1).total_seconds())

    assert texts(await api("getUpdates")) == ["b"]


async def test_pending_updates_can_be_dropped(api: Any, box: Box, alice: int) -> None:
    box.say("alice", "alice", "a")

    await api("deleteWebhook", drop_pending_updates=True)

    assert await api("getUpdates") == []


async def test_whoever_waits_for_confirmation_is_told(api: Any, box: Box, alice: int) -> None:
    box.say("alice", "alice", "a")
    waiting = asyncio.create_task(box.confirmed(30))
    await asyncio.sleep(0)
    assert not waiting.done()

    await api.updates()

    assert await waiting is True
    box.say("alice", "alice", "b")
    assert await box.confirmed(0) is False


@pytest.mark.parametrize("limit, count", [(0, 1), (1, 1), (500, 100), (-5, 1)])
async def test_the_limit_is_clamped(api: Any, box: Box, alice: int, limit: int, count: int) -> None:
    for number in range(120):
        box.say("alice", "alice", f"{number}")

    assert len(await api("getUpdates", limit=limit)) == count
