"""Turns: nobody faster than Telegram allows, people first, each chat in order, nobody for ever behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.pacing.budget import STEADY_CALLS
from bot.pacing.pace import (
    A_CHAT_AT_ONCE,
    LONGEST_WAIT,
    OVERTAKEN_AT_MOST,
    SUSPECTS,
    SWEEP_EVERY,
    Lane,
    Open,
    Pace,
)
from playground.limits import GRAIN, Limits
from tests.bot.pacing.virtual_time import VirtualTime, settle


class Stage:
    """A pace on virtual time, and a list of who has had their turn: (name, seconds since the beginning)."""

    def __init__(self, per_second: int = 28) -> None:
        self.time = VirtualTime()
        self.pace = Pace(per_second, now=self.time.now, sleep=self.time.sleep)
        self.gone: list[tuple[object, float]] = []
        self.tasks: list[asyncio.Task[None]] = []
        self._begin = self.time.now()

    def ask(self, name: object, chat: int | str | None, lane: Lane = Lane.PEOPLE, count: int = 1) -> None:
        self.tasks.append(asyncio.create_task(self._ask(name, chat, lane, count)))

    async def _ask(self, name: object, chat: int | str | None, lane: Lane, count: int) -> None:
        ticket = await self.pace.turn(chat, count, lane)
        self.gone.append((name, round(self.time.now() - self._begin, 3)))
        self.pace.over(ticket)

    @property
    def order(self) -> list[object]:
        return [name for name, _ in self.gone]

    @property
    def moments(self) -> list[float]:
        return [at for _, at in self.gone]

    async def end(self) -> None:
        self.pace.close()
        await asyncio.gather(*self.tasks, return_exceptions=True)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    stage = Stage()
    yield stage
    await stage.end()


async def test_who_comes_alone_waits_for_nothing(stage: Stage) -> None:
    for chat in range(28):
        stage.ask(chat, chat)
    await settle()

    assert stage.moments == [0.0] * 28


async def test_all_together_are_held_to_the_rate(stage: Stage) -> None:
    for chat in range(100):
        stage.ask(chat, chat)
    await stage.time.walk(3.5)

    assert stage.moments == [0.0] * 28 + [1.0] * 28 + [2.0] * 28 + [3.0] * 16
    assert stage.order == list(range(100))


async def test_one_chat_gets_a_short_burst_and_then_one_a_second(stage: Stage) -> None:
    for number in range(A_CHAT_AT_ONCE + 3):
        stage.ask(number, 7)
    await stage.time.walk(10)

    assert stage.moments == [0.0] * A_CHAT_AT_ONCE + [1.0, 2.0, 3.0]
    assert stage.order == list(range(A_CHAT_AT_ONCE + 3))


@pytest.mark.parametrize("group", [-100123, "@a_group"])
async def test_a_group_gets_twenty_a_minute(stage: Stage, group: int | str) -> None:
    for number in range(25):
        stage.ask(number, group)

    await stage.time.walk(60)
    assert len(stage.gone) == 20

    await stage.time.walk(30)
    assert len(stage.gone) == 25


async def test_a_busy_chat_holds_up_no_other(stage: Stage) -> None:
    for number in range(10):
        stage.ask(number, 7)
    stage.ask("other", 8)
    await settle()

    assert ("other", 0.0) in stage.gone


async def test_an_album_counts_as_many_as_it_has_pieces(stage: Stage) -> None:
    stage.ask("album", 1, count=10)
    for chat in range(2, 30):
        stage.ask(chat, chat)
    await settle()

    assert len(stage.gone) == 1 + 18


async def test_people_overtake_what_is_owed(stage: Stage) -> None:
    for chat in range(1_000, 1_300):
        stage.ask("owed", chat, Lane.OWED)
    await stage.time.walk(5)
    at = len(stage.gone)
    stage.ask("person", 1)
    await stage.time.walk(0.04)

    assert "person" in stage.order[at:]


async def test_what_is_owed_goes_evenly_at_the_rate(stage: Stage) -> None:
    for chat in range(280):
        stage.ask(chat, chat, Lane.OWED)
    await stage.time.walk(10)

    assert len(stage.gone) >= 275
    gaps = [later - earlier for earlier, later in zip(stage.moments, stage.moments[1:], strict=False)]
    assert min(gaps) > 0.034


async def test_however_many_people_there_are_what_is_owed_goes_on(stage: Stage) -> None:
    for chat in range(600):
        stage.ask("person", chat)
    for chat in range(1_000, 1_010):
        stage.ask("owed", chat, Lane.OWED)
    await stage.time.walk(10)

    owed = stage.order.count("owed")
    assert owed == 10
    longest = max(
        len(part) for part in "".join("p" if n == "person" else "o" for n in stage.order[:100]).split("o")
    )
    assert longest <= OVERTAKEN_AT_MOST + 28


async def test_silence_for_one_chat_is_kept_and_others_speak(stage: Stage) -> None:
    stage.pace.hold(7, 5)
    stage.ask("held", 7)
    stage.ask("free", 8)
    await stage.time.walk(4.9)
    assert stage.order == ["free"]

    await stage.time.walk(0.2)
    assert stage.order == ["free", "held"]


async def test_when_several_chats_are_told_to_wait_everybody_does(stage: Stage) -> None:
    for chat in range(SUSPECTS):
        stage.pace.hold(chat, 5)
    stage.ask("other", 99)

    await stage.time.walk(4.9)
    assert not stage.gone

    await stage.time.walk(0.2)
    assert stage.order == ["other"]


async def test_silences_that_are_over_do_not_add_up(stage: Stage) -> None:
    for chat in range(SUSPECTS - 1):
        stage.pace.hold(chat, 1)
    await stage.time.walk(2)
    stage.pace.hold(50, 5)
    stage.ask("other", 99)
    await settle()

    assert stage.order == ["other"]


async def test_a_long_silence_is_told_instead_of_waited_out(stage: Stage) -> None:
    for number in range(A_CHAT_AT_ONCE + 1):
        stage.ask(number, 7)
    await settle()
    stage.pace.hold(7, LONGEST_WAIT + 10)
    stage.ask("later", 7)
    stage.ask("other", 8)
    await settle()

    assert stage.order == [*range(A_CHAT_AT_ONCE), "other"]
    for task in stage.tasks[A_CHAT_AT_ONCE : A_CHAT_AT_ONCE + 2]:
        assert isinstance(task.exception(), RetryAfter)


async def test_however_unlike_the_ways_are_no_second_at_telegrams_has_more_than_thirty(stage: Stage) -> None:
    """A burst that is slow on its way, and the next that is fast, must not meet there."""
    arrived: list[float] = []

    async def speak(chat: int) -> None:
        ticket = await stage.pace.turn(chat)
        await stage.time.sleep(0.4 if chat < 28 else 0.01)
        arrived.append(stage.time.now())
        stage.pace.over(ticket)

    tasks = [asyncio.create_task(speak(chat)) for chat in range(90)]
    await stage.time.walk(5)

    assert all(task.done() for task in tasks)
    for at in arrived:
        assert sum(at - 1 < other <= at for other in arrived) <= 30


async def test_a_long_but_steady_way_costs_nothing_and_telegram_has_no_more_than_thirty_a_second(
    stage: Stage,
) -> None:
    arrived: list[float] = []

    async def speak(chat: int) -> None:
        ticket = await stage.pace.turn(chat, 1, Lane.OWED)
        await stage.time.sleep(0.7 + 0.001 * (chat % 50))
        arrived.append(stage.time.now())
        await stage.time.sleep(0.3)
        stage.pace.over(ticket)

    tasks = [asyncio.create_task(speak(chat)) for chat in range(28 * 20)]
    await stage.time.walk(10)
    before = len(arrived)
    await stage.time.walk(10)

    assert len(arrived) - before >= 265
    for at in arrived:
        assert sum(at - 1 < other <= at for other in arrived) <= 30
    for task in tasks:
        task.cancel()


async def test_one_way_that_is_unlike_the_others_ends_the_trust(stage: Stage) -> None:
    async def speak(chat: int, way: float) -> None:
        ticket = await stage.pace.turn(chat)
        await stage.time.sleep(way)
        stage.pace.over(ticket)

    tasks = [asyncio.create_task(speak(chat, 1.0)) for chat in range(STEADY_CALLS)]
    await stage.time.walk(10)
    assert stage.pace._under_way._surely() == 1.0
    tasks.append(asyncio.create_task(speak(99, 0.1)))
    await stage.time.walk(1)

    assert stage.pace._under_way._surely() == 0.0
    await asyncio.gather(*tasks)


async def test_calls_that_never_come_back_hold_nobody_up_for_long(stage: Stage) -> None:
    for chat in range(30):
        await asyncio.wait({asyncio.create_task(stage.pace.turn(chat))}, timeout=0)
    stage.ask("other", 99)

    await stage.time.walk(3.1)

    assert stage.order == ["other"]


async def test_who_gives_up_takes_nobodys_turn(stage: Stage) -> None:
    for number in range(A_CHAT_AT_ONCE + 4):
        stage.ask(number, 7)
    await settle()
    for task in stage.tasks[A_CHAT_AT_ONCE : A_CHAT_AT_ONCE + 3]:
        task.cancel()
    await stage.time.walk(1.1)

    assert stage.order == [*range(A_CHAT_AT_ONCE), A_CHAT_AT_ONCE + 3]
    assert stage.pace.waiting == 0


async def test_chats_that_are_silent_again_are_forgotten(stage: Stage) -> None:
    for chat in range(SWEEP_EVERY):
        stage.ask(chat, chat if chat % 2 else -chat - 1)
        stage.pace.hold(chat, 0.0)
    await stage.time.walk(SWEEP_EVERY / 28 + 5)
    assert stage.pace.remembered <= SWEEP_EVERY

    await stage.time.walk(120)
    for chat in range(SWEEP_EVERY):
        stage.ask(chat, chat)
    await stage.time.walk(SWEEP_EVERY / 28 + 5)

    assert stage.pace.remembered < 200


async def test_closing_ends_all_waiting(stage: Stage) -> None:
    for number in range(10):
        stage.ask(number, 7)
    await settle()
    stage.pace.close()
    await asyncio.gather(*stage.tasks, return_exceptions=True)

    assert sum(task.cancelled() for task in stage.tasks) == 10 - A_CHAT_AT_ONCE


async def test_in_a_silenced_lane_nobody_goes_any_more_and_in_the_other_everybody(stage: Stage) -> None:
    for number in range(3):
        stage.ask(f"owed {number}", number, Lane.OWED)
    await settle()
    stage.pace.silence(Lane.OWED)
    stage.ask("owed late", 8, Lane.OWED)
    stage.ask("person", 9)
    await stage.time.walk(5)

    assert stage.order == ["owed 0", "person"]
    assert [task.cancelled() for task in stage.tasks] == [False, True, True, True, False]


async def test_without_a_pace_a_silenced_lane_is_silent_too() -> None:
    way = Open()
    way.silence(Lane.OWED)

    assert len(await way.turn(7, 1, Lane.PEOPLE)) == 0
    with pytest.raises(asyncio.CancelledError):
        await way.turn(7, 1, Lane.OWED)


calls = st.lists(
    st.tuples(
        st.floats(0, 3),
        st.sampled_from([1, 2, 3, -4, "@five", None, *range(10, 60)]),
        st.sampled_from(Lane),
        st.integers(1, 4),
        st.booleans(),
        st.floats(0, 0.9),
        st.floats(0, 0.9),
    ),
    max_size=120,
)


@given(calls)
async def test_whatever_is_asked_telegram_never_has_to_refuse_and_nothing_is_left(
    asked: list[tuple[float, int | str | None, Lane, int, bool, float, float]],
) -> None:
    stage = Stage()
    begin = datetime(2026, 3, 2, tzinfo=UTC)
    limits = Limits(lambda: begin + timedelta(seconds=stage.time.now() + GRAIN / 2))
    spoken: list[tuple[int | str | None, Lane, int]] = []

    async def speak(
        number: int, chat: int | str | None, lane: Lane, count: int, there: float, back: float
    ) -> None:
        ticket = await stage.pace.turn(chat, count, lane)
        spoken.append((chat, lane, number))
        await stage.time.sleep(there)
        pieces = {"chat_id": chat, "message_ids": list(range(count))}
        limits.admit("forwardMessages", pieces)
        await stage.time.sleep(back)
        stage.pace.over(ticket)

    tasks = []
    for number, (pause, chat, lane, count, gives_up, there, back) in enumerate(asked):
        await stage.time.walk(pause if number % 7 == 0 else 0)
        task = asyncio.create_task(speak(number, chat, lane, count, there, back))
        if gives_up and number % 3 == 0:
            await settle()
            task.cancel()
        tasks.append(task)
    await stage.time.walk(2_000)
    done = await asyncio.gather(*tasks, return_exceptions=True)

    assert not [each for each in done if isinstance(each, Exception)]
    assert all(task.done() for task in tasks)
    assert stage.pace.waiting == 0
    for chat in {chat for chat, _, _ in spoken}:
        for lane in Lane:
            numbers = [number for where, its, number in spoken if (where, its) == (chat, lane)]
            assert numbers == sorted(numbers)
    await stage.end()
