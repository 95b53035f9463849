"""Who writes too fast is told to wait."""

from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from playground.__main__ import arguments, make_box
from playground.clock import Clock
from playground.limits import Limits, weight
from playground.refusals import Refused
from playground.state import Box

BEGIN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PEOPLE = range(1001, 1101)
A_SECOND = 30
BURST = 5


@pytest.fixture
def limits(clock: Clock) -> Limits:
    return Limits(clock.now)


def wait(limits: Limits, chat_id: int, method: str = "sendMessage") -> int:
    """Seconds the bot is told to wait; 0: the call passes."""
    try:
        limits.admit(method, {"chat_id": chat_id})
    except Refused as refused:
        return int((refused.parameters or {})["retry_after"])
    return 0


async def test_thirty_messages_pass_within_a_second_and_no_more(limits: Limits, clock: Clock) -> None:
    first = [wait(limits, chat) for chat in PEOPLE[:A_SECOND]]
    one_more = wait(limits, PEOPLE[A_SECOND])
    await clock.advance(0.9)
    too_soon = wait(limits, PEOPLE[A_SECOND])
    await clock.advance(0.1)
    then = [wait(limits, chat) for chat in PEOPLE[A_SECOND : 2 * A_SECOND + 1]]

    assert first == [0] * A_SECOND
    assert (one_more, too_soon) == (1, 1)
    assert then == [0] * A_SECOND + [1]


async def test_a_chat_takes_a_short_burst_and_then_one_a_second(limits: Limits, clock: Clock) -> None:
    burst = [wait(limits, 1001) for _ in range(BURST + 1)]
    elsewhere = wait(limits, 1002)
    await clock.advance(1)
    second = [wait(limits, 1001) for _ in range(2)]
    await clock.advance(3)
    fifth = [wait(limits, 1001) for _ in range(4)]

    assert burst == [0] * BURST + [1]
    assert elsewhere == 0
    assert second == [0, 1]
    assert fifth == [0, 0, 0, 1]


async def test_a_group_takes_twenty_a_minute(limits: Limits, clock: Clock) -> None:
    for _ in range(20):
        assert wait(limits, -1001) == 0
        await clock.advance(2)
    refused = wait(limits, -1001)
    person = [wait(limits, 1001) for _ in range(2)]
    await clock.advance(20)

    assert refused == 20
    assert person == [0, 0]
    assert wait(limits, -1001) == 0


async def test_a_refused_call_does_not_count(limits: Limits, clock: Clock) -> None:
    for _ in range(BURST + 10):
        wait(limits, 1001)
    await clock.advance(1)

    assert wait(limits, 1001) == 0


@pytest.mark.parametrize(
    "method, args, count",
    [
        ("sendMessage", {}, 1),
        ("editMessageText", {}, 1),
        ("copyMessage", {}, 1),
        ("forwardMessages", {"message_ids": [1, 2, 3]}, 3),
        ("sendMediaGroup", {"media": [{}, {}]}, 2),
        ("sendChatAction", {}, 0),
        ("answerCallbackQuery", {}, 0),
        ("deleteMessage", {}, 0),
        ("getUpdates", {}, 0),
    ],
)
def test_what_counts_as_a_message(method: str, args: dict[str, Any], count: int) -> None:
    assert weight(method, args) == count


async def test_the_bot_reads_when_to_come_again(api: Any, box: Box, clock: Clock, alice: int) -> None:
    box.limits = Limits(clock.now)
    for number in range(BURST):
        await api("sendMessage", chat_id=alice, text=f"{number}")

    status, answer = await api.answer("sendMessage", chat_id=alice, text="x")

    assert status == 429
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert box.messages("alice")[-1]["text"] == f"{BURST - 1}"
    box.limits = None
    await api("sendMessage", chat_id=alice, text="x")


async def test_what_telegram_cannot_read_does_not_count(api: Any, box: Box, clock: Clock, alice: int) -> None:
    box.limits = Limits(clock.now)
    for _ in range(2 * BURST):
        assert (await api.refused("sendMessage", chat_id=alice))[0] == 400

    await api("sendMessage", chat_id=alice, text="x")


async def test_real_time_flows_for_the_limits_while_a_walk_stands_still(clock: Clock) -> None:
    real = [BEGIN]
    walked = Clock(lambda: real[0])
    seen: list[int] = []

    class Sender:
        async def beat(self, now: datetime) -> None:
            seen.append(sum(not wait(slow, chat) for chat in PEOPLE[:40]))
            real[0] += timedelta(seconds=1)
            seen.append(sum(not wait(slow, chat) for chat in PEOPLE[40:80]))

        async def next_due(self) -> None:
            return None

    slow = Limits(walked.flowing)
    walked.follow(Sender())
    await walked.advance(10)

    assert seen == [A_SECOND, A_SECOND]


def test_a_clock_that_steps_back_makes_nobody_wait_longer() -> None:
    moments = [BEGIN + timedelta(seconds=1), BEGIN]
    slow = Limits(lambda: moments[0])
    for chat in PEOPLE[:A_SECOND]:
        assert wait(slow, chat) == 0

    moments.pop(0)

    assert wait(slow, PEOPLE[A_SECOND]) == 1


async def test_the_limits_are_switched_over_http(
    site: aiohttp.ClientSession, api: Any, box: Box, alice: int
) -> None:
    switched = await site.post("/people/limits", json={"on": True})
    codes = [(await api.answer("sendMessage", chat_id=alice, text="x"))[0] for _ in range(BURST + 1)]
    state = await (await site.get("/people/limits")).json()
    off = await site.post("/people/limits", json={"on": False})
    wrong = await site.post("/people/limits", json={"on": 1})

    assert await switched.json() == state == {"on": True}
    assert codes == [200] * BURST + [429]
    assert await off.json() == {"on": False}
    assert (wrong.status, await wrong.json()) == (400, {"error": 'Send {"on": true} or {"on": false}.'})
    assert (await api.answer("sendMessage", chat_id=alice, text="x"))[0] == 200


def test_the_command_line_switches_the_limits_on() -> None:
    limited, _ = make_box(limits=arguments(["--limits"]).limits)
    free, _ = make_box(limits=arguments([]).limits)

    assert limited.limits is not None
    assert free.limits is None
