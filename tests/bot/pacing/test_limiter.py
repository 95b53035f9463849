"""What is made again, how often, and what is left to whoever owes it."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.pacing.again import count
from bot.pacing.limiter import JITTER, RESTS, WAITS, Limiter, Tally
from bot.pacing.pace import LONGEST_WAIT, Lane, Open, Pace
from bot.transport import NeverSent, NeverSentInTime


class Calls:
    """Calls that fail to order; what was rested between them, and how often the call was made."""

    def __init__(self, errors: list[TelegramError]) -> None:
        self.errors = errors
        self.made = 0
        self.rested: list[float] = []
        self.held: list[tuple[Any, float]] = []
        self.tally = Tally()

    async def make(self, method: str, **data: Any) -> Any:
        limiter = Limiter(_Noting(self), Lane.PEOPLE, self.tally, chance=Random(1), sleep=self._rest)
        return await limiter.process_request(self._call, (), {}, method, data, None)

    async def _call(self) -> bool:
        self.made += 1
        if self.errors:
            raise self.errors.pop(0)
        return True

    async def _rest(self, seconds: float) -> None:
        self.rested.append(seconds)


class _Noting(Open):
    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def hold(self, chat: Any, seconds: float) -> None:
        self._calls.held.append((chat, seconds))


NOT_DONE = [
    NeverSent("no connection"),
    NeverSentInTime("no connection in time"),
    NetworkError("Internal Server Error"),
    NetworkError("Internal Server Error (500). Parsing the server response b'' failed"),
    NetworkError("Service Unavailable (503)"),
]
UNSURE = [
    TimedOut(),
    NetworkError("the connection failed (aiohttp.ServerDisconnectedError)"),
    NetworkError("Bad Gateway"),
    NetworkError("Gateway Timeout (504)"),
]
FINAL = [
    BadRequest("can't parse entities"),
    Forbidden("bot was blocked by the user"),
    InvalidToken(),
    Conflict("two"),
    ChatMigrated(-100),
]
SENDS = [
    "sendMessage",
    "sendPhoto",
    "copyMessage",
    "forwardMessage",
    "sendPoll",
    "pinChatMessage",
    "stopPoll",
]
REPEATED = [
    "editMessageText",
    "answerCallbackQuery",
    "deleteMessage",
    "getMe",
    "setMyCommands",
    "sendChatAction",
]


@pytest.mark.parametrize("method", SENDS + REPEATED)
@pytest.mark.parametrize("error", NOT_DONE, ids=str)
async def test_what_was_not_done_is_made_again_a_few_times_ever_later(
    method: str, error: TelegramError
) -> None:
    calls = Calls([error] * len(RESTS))
    assert await calls.make(method, chat_id=1)
    assert [least <= rest <= least * (1 + JITTER) for least, rest in zip(RESTS, calls.rested, strict=True)]
    assert calls.tally.unsure == 0

    calls = Calls([error] * (len(RESTS) + 1))
    with pytest.raises(NetworkError):
        await calls.make(method, chat_id=1)


@pytest.mark.parametrize("method", SENDS)
@pytest.mark.parametrize("error", UNSURE, ids=str)
async def test_a_message_that_may_have_arrived_is_not_sent_again_here_and_counted(
    method: str, error: TelegramError
) -> None:
    calls = Calls([error])
    with pytest.raises(NetworkError):
        await calls.make(method, chat_id=1)

    assert (calls.made, calls.tally.unsure) == (1, 1)


@pytest.mark.parametrize("method", REPEATED)
@pytest.mark.parametrize("error", UNSURE, ids=str)
async def test_what_may_be_done_twice_is_made_again_once(method: str, error: TelegramError) -> None:
    calls = Calls([error])
    assert await calls.make(method, chat_id=1)
    assert calls.made == 2

    calls = Calls([error] * 2)
    with pytest.raises(NetworkError):
        await calls.make(method, chat_id=1)
    assert calls.tally.unsure == 0


@pytest.mark.parametrize("method", SENDS + REPEATED)
@pytest.mark.parametrize("error", FINAL, ids=str)
async def test_what_is_refused_is_never_made_again(method: str, error: TelegramError) -> None:
    calls = Calls([error])
    with pytest.raises(type(error)):
        await calls.make(method, chat_id=1)

    assert calls.made == 1
    assert not calls.rested


@pytest.mark.parametrize("chat, held", [(7, 7), ("-100", -100), ("@group", "@group"), (None, None)])
async def test_a_time_to_wait_is_waited_and_kept_for_the_chat(chat: Any, held: Any) -> None:
    calls = Calls([RetryAfter(3)] * WAITS)
    assert await calls.make("sendMessage", chat_id=chat)

    assert len(calls.rested) == WAITS
    assert all(3 <= rest <= 3 * (1 + JITTER) for rest in calls.rested)
    assert calls.held == [(held, 3.0)] * WAITS
    assert calls.tally.told_to_wait == WAITS


async def test_waiting_has_an_end() -> None:
    often = Calls([RetryAfter(1)] * (WAITS + 1))
    with pytest.raises(RetryAfter):
        await often.make("sendMessage", chat_id=7)

    long = Calls([RetryAfter(int(LONGEST_WAIT) + 1)])
    with pytest.raises(RetryAfter):
        await long.make("sendMessage", chat_id=7)
    assert not long.rested
    assert long.held == [(7, LONGEST_WAIT + 1)]


async def test_a_call_that_is_no_message_waits_by_itself() -> None:
    calls = Calls([RetryAfter(3)])
    assert await calls.make("answerCallbackQuery")

    assert calls.rested
    assert not calls.held


@pytest.mark.parametrize(
    "method, data, messages",
    [
        ("sendMessage", {}, 1),
        ("editMessageReplyMarkup", {}, 1),
        ("sendMediaGroup", {"media": [1, 2, 3]}, 3),
        ("copyMessages", {"message_ids": [1, 2]}, 2),
        ("sendChatAction", {}, 0),
        ("answerCallbackQuery", {}, 0),
        ("getMe", {}, 0),
        ("deleteMessage", {}, 0),
    ],
)
def test_what_a_call_counts_for(method: str, data: dict[str, Any], messages: int) -> None:
    assert count(method, data) == messages


async def test_a_last_look_when_its_turn_has_come_may_leave_it_unsaid_and_gives_the_turn_back() -> None:
    calls = Calls([])
    pace = Pace(1)
    limiter = Limiter(pace, Lane.PEOPLE, calls.tally, chance=Random(1))

    async def look() -> None:
        raise LookupError("it was stopped")

    with pytest.raises(LookupError):
        await limiter.process_request(calls._call, (), {}, "sendMessage", {"chat_id": 7}, look)

    assert calls.made == 0
    assert not pace._under_way._on_their_way
