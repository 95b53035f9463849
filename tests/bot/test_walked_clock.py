import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.walked_clock import NOTHING_DUE, Follower, WalkedClock
from playground.clock import Clock
from playground.server import serve
from playground.state import Box
from tests.bot.loopback import Loopback, loopback, page, reset

REAL = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
async def here() -> AsyncIterator[Loopback]:
    async with loopback() as here:
        yield here


class Steps:
    """Notes what time it was at each step, and what it was told."""

    def __init__(self, clock: WalkedClock, due_in: timedelta | None = None) -> None:
        self.clock = clock
        self.due_in = due_in
        self.seen: list[tuple[datetime, datetime]] = []
        self.rests: list[float] = []
        self._changed = asyncio.Condition()

    async def step(self, now: datetime) -> None:
        async with self._changed:
            self.seen.append((now, self.clock.now()))
            self._changed.notify_all()

    async def next_due(self, now: datetime) -> datetime | None:
        return None if self.due_in is None else now + self.due_in

    async def sleep(self, seconds: float) -> None:
        self.rests.append(seconds)
        await asyncio.sleep(0)

    async def until(self, count: int) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.seen) >= count)

    def follower(self, url: str) -> Follower:
        return Follower(url, self.clock, step=self.step, next_due=self.next_due, sleep=self.sleep)


@asynccontextmanager
async def following(follower: Follower) -> AsyncIterator[None]:
    task = asyncio.create_task(follower.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


def tell(here: Loopback, *moments: datetime) -> None:
    """Answer with these one after the other, then with none."""
    left = list(moments)

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.json_response({"now": left.pop(0).isoformat()}) if left else await here.hang(request)

    here.answer = answer


def test_a_walked_clock_runs_with_the_real_one_from_where_it_was_set() -> None:
    real = REAL
    clock = WalkedClock(lambda: real)
    assert clock.now() == REAL

    clock.set(REAL + DAY)
    real += timedelta(seconds=5)

    assert clock.now() == REAL + DAY + timedelta(seconds=5)


async def test_joining_sets_the_clock_and_takes_no_step(here: Loopback) -> None:
    steps = Steps(WalkedClock(lambda: REAL))
    tell(here, REAL + DAY)

    await steps.follower(here.url).join()

    assert steps.clock.now() == REAL + DAY
    assert steps.seen == []
    assert here.calls == [("", {})]


async def test_each_step_is_taken_with_the_clock_set_and_its_end_told_by_asking_again(here: Loopback) -> None:
    steps = Steps(WalkedClock(lambda: REAL), due_in=timedelta(hours=2))
    moments = [REAL, REAL + DAY, REAL + 2 * DAY]
    tell(here, *moments)

    async with following(steps.follower(here.url)):
        await steps.until(3)
        while len(here.calls) < 4:
            await here.next_call()

    assert steps.seen == [(moment, moment) for moment in moments]
    assert here.calls == [
        ("", {}),
        *[("", {"after": m.isoformat(), "next": (m + timedelta(hours=2)).isoformat()}) for m in moments],
    ]


async def test_when_nothing_is_due_the_box_hears_of_a_day_far_away(here: Loopback) -> None:
    steps = Steps(WalkedClock(lambda: REAL))
    tell(here, REAL)

    async with following(steps.follower(here.url)):
        while len(here.calls) < 2:
            await here.next_call()

    assert here.calls[1][1]["next"] == NOTHING_DUE.isoformat()


async def test_a_box_that_is_away_is_waited_for_and_asked_the_time_anew(
    here: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    steps = Steps(WalkedClock(lambda: REAL))
    answers = [{"now": (REAL + DAY).isoformat()}, reset, page(500), {"no": "time"}, {"now": "2026-01-01"}]
    answers.append({"now": REAL.isoformat()})

    async def answer(request: web.Request) -> web.StreamResponse:
        if not answers:
            return await here.hang(request)
        given = answers.pop(0)
        return web.json_response(given) if isinstance(given, dict) else await given(request)  # type: ignore[operator]

    here.answer = answer
    async with following(steps.follower(here.url)):
        await steps.until(2)

    assert [told for told, _ in steps.seen] == [REAL + DAY, REAL]
    # over a kept connection that breaks aiohttp asks once more by itself
    assert [bool(asked) for _, asked in here.calls[:6]] == [False, True, True, False, False, False]
    assert steps.rests[:3] == [0.25, 0.5, 1]
    assert caplog.text.count("does not answer") == 1


async def test_an_answer_without_a_step_is_not_answered_at_once(here: Loopback) -> None:
    steps = Steps(WalkedClock(lambda: REAL))
    tell(here, REAL, REAL, REAL)

    async with following(steps.follower(here.url)):
        await steps.until(3)

    assert steps.rests[:2] == [0.25, 0.25]


async def test_the_playgrounds_walk_waits_for_the_bot_at_each_step_and_passes_over_what_nobody_needs(
    tmp_path: Path,
) -> None:
    box_clock = Clock(lambda: REAL)
    box = Box(box_clock.now, strict=True)
    runner, port = await serve(box, box_clock, 0)
    url = f"http://127.0.0.1:{port}/people/clock"
    steps = Steps(WalkedClock(lambda: REAL), due_in=timedelta(hours=6))

    async with following(steps.follower(url)), aiohttp.ClientSession() as session:
        await steps.until(1)
        await box_clock.distant.gathered(1, 5)
        async with session.post(url, json={"advance_seconds": 86_400}) as response:
            assert response.status == 200
    await runner.cleanup()

    walked = [told for told, _ in steps.seen]
    assert walked == sorted(walked)
    assert walked[-1] == REAL + DAY
    assert len(walked) < 20
    assert all(told == now for told, now in steps.seen)


async def test_a_clock_that_steps_back_is_told_once_with_what_to_do(
    here: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    steps = Steps(WalkedClock(lambda: REAL))
    tell(here, REAL, REAL + 9 * DAY, REAL, REAL - timedelta(seconds=59), REAL + DAY)

    async with following(steps.follower(here.url)):
        await steps.until(5)

    (record,) = caplog.records
    assert "stepped back from 2026-11-29T09:00+00:00 to 2026-11-20T09:00+00:00" in record.getMessage()
    assert "begin with a new DATABASE_PATH" in record.getMessage()
    assert "\n" not in record.getMessage()
