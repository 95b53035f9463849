"""Ordered trouble strikes as often as it was ordered, at every door."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TimedOut

from playground.faults import Faults
from playground.ptb import BoxRequest
from playground.refusals import PersonRefused
from playground.state import Box

SEND = "/bot42:playground/sendMessage"


@pytest.fixture
async def bot(box: Box) -> AsyncIterator[Bot]:
    async with Bot(box.token, request=BoxRequest(box), get_updates_request=BoxRequest(box)) as bot:
        yield bot


def said(box: Box) -> list[str]:
    return [message["text"] for message in box.messages("alice")][1:]


async def test_a_refusal_strikes_as_often_as_it_was_ordered(api: Any, box: Box, alice: int) -> None:
    box.faults.order([{"method": "sendMessage", "kind": "429", "times": 2, "retry_after": 7}])

    answers = [await api.answer("sendMessage", chat_id=alice, text=f"{n}") for n in range(3)]

    flood = {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    assert answers[:2] == [(429, flood), (429, flood)]
    assert answers[2][0] == 200
    assert said(box) == ["2"]


async def test_a_server_error_does_nothing(api: Any, box: Box, alice: int) -> None:
    box.faults.order({"method": "sendmessage", "kind": "500"})

    assert await api.refused("sendMessage", chat_id=alice, text="a") == (500, "Internal Server Error")
    await api("sendMessage", chat_id=alice, text="b")

    assert said(box) == ["b"]


async def test_other_methods_are_spared_and_patterns_strike_all_that_fit(
    api: Any, box: Box, alice: int
) -> None:
    box.faults.order([{"method": "send*", "kind": "500", "times": 2}, {"method": "*", "kind": "429"}])

    codes = [
        (await api.answer("sendChatAction", chat_id=alice, action="typing"))[0],
        (await api.answer("getMe"))[0],
        (await api.answer("sendMessage", chat_id=alice, text="a"))[0],
        (await api.answer("sendMessage", chat_id=alice, text="a"))[0],
    ]

    assert codes == [500, 429, 500, 200]


async def test_what_is_left_is_listed_and_cleared(box: Box) -> None:
    box.faults.order([
        {"method": "sendMessage", "kind": 429, "times": 2, "retry_after": 3},
        {"method": "*", "kind": "reset", "share": 0.5, "seed": 4},
    ])  # fmt: skip
    box.faults.strike("sendMessage")

    left = box.faults.left()
    box.faults.clear()

    assert left == [
        {"method": "sendMessage", "kind": "429", "times": 1, "retry_after": 3},
        {"method": "*", "kind": "reset", "times": None, "share": 0.5, "seed": 4},
    ]
    assert box.faults.left() == []


def test_a_share_strikes_that_many_calls_and_always_the_same_ones() -> None:
    def struck(seed: int) -> list[bool]:
        faults = Faults()
        faults.order({"method": "*", "kind": "500", "share": 0.2, "seed": seed})
        return [faults.strike("getMe") is not None for _ in range(1000)]

    assert 150 < sum(struck(1)) < 250
    assert struck(1) == struck(1)
    assert struck(1) != struck(2)


@pytest.mark.parametrize(
    "order, sentence",
    [
        ("x", 'Send a list: [{"method": "sendMessage", "kind": "500", "times": 1}].'),
        (["x"], 'A fault is an object: {"method", "kind", "times"}.'),
        ([{"method": "getMe"}], '"kind" must be 429, 500, reset, hang or lost_reply.'),
        (
            [{"kind": "500"}],
            '"method" must be the name of a method, like sendMessage, or a pattern, like * or send*.',
        ),
        (
            [{"method": "sendMassage", "kind": "500"}],
            "The Bot API has no method sendMassage; use a name like sendMessage, or * for any.",
        ),
        (
            [{"method": "*", "kind": "500", "times": 0}],
            '"times" must be a whole number from 1 up.',
        ),
        (
            [{"method": "*", "kind": "429", "retry_after": True}],
            '"retry_after" must be a whole number from 1 up.',
        ),
        ([{"method": "*", "kind": "500", "share": 2}], '"share" must be a number from 0 to 1.'),
        (
            [{"method": "*", "kind": "500", "time": 2}],
            "A fault has no field time; it has method, kind, times, retry_after, share, seed.",
        ),
    ],
)
def test_an_order_that_makes_no_sense_is_refused_whole(order: Any, sentence: str) -> None:
    faults = Faults()
    good = {"method": "*", "kind": "500"}

    with pytest.raises(PersonRefused) as refused:
        faults.order([good, *order] if isinstance(order, list) else order)

    assert refused.value.sentence == sentence
    assert faults.left() == []


async def test_in_process_a_fault_is_the_error_a_transport_would_raise(
    box: Box, bot: Bot, alice: int
) -> None:
    box.faults.order([
        {"method": "sendMessage", "kind": kind} for kind in ("reset", "hang", "lost_reply", "429", "500")
    ])  # fmt: skip

    with pytest.raises(NetworkError, match="reset") as reset:
        await bot.send_message(alice, "reset")
    with pytest.raises(TimedOut):
        await bot.send_message(alice, "hang")
    with pytest.raises(TimedOut):
        await bot.send_message(alice, "lost")
    with pytest.raises(RetryAfter):
        await bot.send_message(alice, "flood")
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.send_message(alice, "error")
    await bot.send_message(alice, "at last")

    assert not isinstance(reset.value, TimedOut)
    assert said(box) == ["lost", "at last"]


async def test_updates_lost_on_the_way_come_again(box: Box, bot: Bot, alice: int) -> None:
    box.say("alice", "alice", "x")
    box.faults.order({"method": "getUpdates", "kind": "lost_reply"})

    with pytest.raises(TimedOut):
        await bot.get_updates()
    (update,) = await bot.get_updates()

    assert update.message is not None
    assert update.message.text == "x"


async def test_over_http_a_reset_connection_has_done_nothing(
    site: aiohttp.ClientSession, box: Box, alice: int
) -> None:
    ordered = await site.post("/people/faults", json=[{"method": "sendMessage", "kind": "reset"}])
    with pytest.raises(aiohttp.ClientConnectionError):
        await site.post(SEND, json={"chat_id": alice, "text": "a"})
    left = await (await site.get("/people/faults")).json()
    answer = await site.post(SEND, json={"chat_id": alice, "text": "b"})

    assert await ordered.json() == [{"method": "sendMessage", "kind": "reset", "times": 1}]
    assert left == []
    assert answer.status == 200
    assert said(box) == ["b"]


async def test_over_http_a_lost_reply_has_done_its_work(
    site: aiohttp.ClientSession, box: Box, alice: int
) -> None:
    await site.post("/people/faults", json=[{"method": "sendMessage", "kind": "lost_reply"}])
    with pytest.raises(aiohttp.ClientConnectionError):
        await site.post(SEND, json={"chat_id": alice, "text": "a"})

    assert said(box) == ["a"]


async def test_over_http_a_hanging_call_never_answers_and_leaves_nothing(
    site: aiohttp.ClientSession, box: Box, alice: int
) -> None:
    await site.post("/people/faults", json=[{"method": "sendMessage", "kind": "hang"}])
    with pytest.raises(TimeoutError):
        await site.post(SEND, json={"chat_id": alice, "text": "a"}, timeout=aiohttp.ClientTimeout(total=0.05))
    answer = await site.post(SEND, json={"chat_id": alice, "text": "b"})

    assert answer.status == 200
    assert said(box) == ["b"]


async def test_faults_are_cleared_over_http(site: aiohttp.ClientSession, box: Box) -> None:
    await site.post("/people/faults", json={"method": "*", "kind": "500", "times": 99})
    cleared = await site.delete("/people/faults")
    wrong = await site.post("/people/faults", json=[{"method": "*", "kind": "flood"}])

    assert await cleared.json() == []
    assert box.faults.left() == []
    assert wrong.status == 400
    assert (await wrong.json())["error"].startswith('"kind" must be')
