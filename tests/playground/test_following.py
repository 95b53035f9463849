"""Bots in other processes follow the box's clock over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from time import process_time

import aiohttp
import pytest

from playground.clock import Clock
from playground.server import serve
from playground.state import Box

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def address(box: Box, clock: Clock) -> AsyncIterator[str]:
    runner, port = await serve(box, clock, 0)
    yield f"http://127.0.0.1:{port}/people/clock"
    await runner.cleanup()


class Distant:
    """A follower: does its heartbeat, says so, asks for the next step."""

    def __init__(self, address: str, due_every: timedelta | None = None, name: str = "") -> None:
        self.address, self.due_every, self.name = address, due_every, name
        self.beats: list[datetime] = []

    async def follow(self, session: aiohttp.ClientSession) -> None:
        asked: dict[str, str] = {}
        while True:
            async with session.get(self.address, params=asked) as answer:
                now = datetime.fromisoformat((await answer.json())["now"])
            self.beats.append(now)
            asked = {"after": now.isoformat(), "follower": self.name}
            if self.due_every is not None:
                asked["next"] = (now + self.due_every).isoformat()


async def walk(session: aiohttp.ClientSession, address: str, seconds: float) -> datetime:
    async with session.post(address, json={"advance_seconds": seconds}) as answer:
        return datetime.fromisoformat((await answer.json())["now"])


async def test_a_simulated_day_goes_minute_by_minute_in_under_three_seconds(
    address: str, clock: Clock
) -> None:
    bot = Distant(address)
    async with aiohttp.ClientSession() as session:
        following = asyncio.create_task(bot.follow(session))
        assert await clock.distant.gathered(1, 5)
        before = process_time()  # of work: the machine may be busy with something else

        arrived = await walk(session, address, 86_400)

        assert process_time() - before < 3
        following.cancel()
    begin = datetime(2026, 11, 20, 9, 0, 30, tzinfo=UTC)
    assert arrived == begin + timedelta(days=1)
    minutes = [begin.replace(second=0) + n * MINUTE for n in range(1, 1441)]
    assert bot.beats == [begin, *minutes, arrived]


async def test_a_follower_that_says_when_it_is_due_is_left_alone_until_then(
    address: str, clock: Clock
) -> None:
    bot, other = Distant(address, timedelta(hours=2), "bot"), Distant(address, timedelta(hours=5), "other")
    async with aiohttp.ClientSession() as session:
        following = [asyncio.create_task(each.follow(session)) for each in (bot, other)]
        assert await clock.distant.gathered(2, 5)

        await walk(session, address, 4 * 3600)
        for task in following:
            task.cancel()

    assert [f"{beat:%H:%M:%S}" for beat in bot.beats] == ["09:00:30", "09:01:00", "11:01:00", "13:00:30"]
    assert other.beats == bot.beats


async def test_a_follower_that_does_not_come_back_is_waited_for_once(
    address: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.clock.PATIENCE", 0.02)
    async with aiohttp.ClientSession() as session:
        asking = asyncio.create_task(session.get(address, params={"after": clock.now().isoformat()}))
        assert await clock.distant.gathered(1, 5)

        arrived = await walk(session, address, 3600)

        answer = await (await asking).json()
    assert answer["now"] == "2026-11-20T09:01:00+00:00"
    assert arrived == clock.now()
    assert not await clock.distant.gathered(1, 0)


async def test_flowing_time_answers_within_a_second(box: Box) -> None:
    real = [datetime(2026, 11, 20, 9, 0, tzinfo=UTC)]
    clock = Clock(lambda: real[0])
    real[0] += timedelta(seconds=1)

    loop = asyncio.get_running_loop()
    asked = loop.time()
    now = await clock.later_than(real[0] - timedelta(seconds=1), 0.01)

    assert now == real[0]
    assert loop.time() - asked >= 0.009  # not at once, or a follower would ask without end


async def test_a_follower_hears_of_a_walk_while_it_waits(clock: Clock) -> None:
    waiting = asyncio.create_task(clock.later_than(clock.now(), 30))
    await asyncio.sleep(0)

    await clock.advance(1)

    assert await waiting == datetime(2026, 11, 20, 9, 0, 31, tzinfo=UTC)
