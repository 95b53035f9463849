import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.clockwork import Clockwork

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


class Beats:
    """Notes each beat, holds it while `gate` is closed, and raises what is in `errors` first."""

    def __init__(self) -> None:
        self.seen: list[datetime] = []
        self.errors: list[BaseException] = []
        self.failed: list[Exception] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.at_once = self.most_at_once = 0
        self._changed = asyncio.Condition()

    async def __call__(self, now: datetime) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            async with self._changed:
                self.seen.append(now)
                self._changed.notify_all()
            await self.gate.wait()
            if self.errors:
                raise self.errors.pop(0)
        finally:
            self.at_once -= 1

    async def until(self, count: int) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.seen) >= count)


def make(beats: Beats, now: Callable[[], datetime] = lambda: NOW) -> Clockwork:
    return Clockwork(beats, now=now, failed=beats.failed.append)


async def test_it_beats_at_once_and_then_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.clockwork.BEAT_SECONDS", 0.01)
    beats = Beats()
    clockwork = make(beats)

    clockwork.start()
    await beats.until(4)
    await clockwork.stop()

    assert set(beats.seen) == {NOW}


async def test_it_beats_even_when_the_scheduler_falls_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.clockwork.BEAT_SECONDS", 3600)
    monkeypatch.setattr("bot.clockwork.STALLED_SECONDS", 0.01)
    beats = Beats()
    clockwork = make(beats)

    clockwork.start()
    await beats.until(3)
    await clockwork.stop()


async def test_what_comes_due_during_a_long_beat_comes_together_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.clockwork.BEAT_SECONDS", 3600)
    beats = Beats()
    beats.gate.clear()
    clockwork = make(beats)
    clockwork.start()
    await beats.until(1)

    for _ in range(5):
        await clockwork._tick()
    beats.gate.set()
    await beats.until(2)
    await clockwork.beat(NOW)
    await clockwork.stop()

    assert len(beats.seen) == 3


async def test_beats_never_overlap_whoever_asks_for_them() -> None:
    beats = Beats()
    clockwork = make(beats)

    beats.gate.clear()
    beating = [asyncio.create_task(clockwork.beat(NOW)) for _ in range(10)]
    await beats.until(1)
    await asyncio.sleep(0)
    beats.gate.set()
    await asyncio.wait(beating)

    assert len(beats.seen) == 10
    assert beats.most_at_once == 1


async def test_a_beat_for_a_walked_clock_has_the_moment_it_was_given_and_returns_at_its_end() -> None:
    beats = Beats()
    moment = datetime(2027, 1, 1, tzinfo=UTC)
    beats.gate.clear()
    beat = asyncio.create_task(make(beats).beat(moment))

    await beats.until(1)
    assert not beat.done()
    beats.gate.set()
    await beat

    assert beats.seen == [moment]


async def test_a_beat_that_fails_is_reported_and_the_next_one_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.clockwork.BEAT_SECONDS", 0.01)
    beats = Beats()
    error = ValueError("a bug")
    beats.errors = [error]
    clockwork = make(beats)

    clockwork.start()
    await beats.until(3)
    await clockwork.stop()

    assert beats.failed == [error]


async def test_what_is_cancelled_that_a_beat_waits_for_ends_no_more_than_that_beat(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.clockwork.BEAT_SECONDS", 0.01)
    beats = Beats()
    beats.errors = [asyncio.CancelledError()]
    clockwork = make(beats)

    clockwork.start()
    async with asyncio.timeout(10):
        await beats.until(3)
    await clockwork.stop()

    [failure] = beats.failed
    assert "cut short" in str(failure)


async def test_stopping_lets_the_beat_under_way_finish() -> None:
    beats = Beats()
    beats.gate.clear()
    clockwork = make(beats)
    clockwork.start()
    await beats.until(1)

    stopping = asyncio.create_task(clockwork.stop(grace=60))
    await asyncio.sleep(0)
    assert beats.at_once == 1
    beats.gate.set()
    await stopping

    assert beats.at_once == 0
    assert len(beats.seen) == 1


async def test_stopping_cancels_a_beat_that_takes_too_long_and_stopping_twice_is_harmless() -> None:
    beats = Beats()
    beats.gate.clear()
    clockwork = make(beats)
    clockwork.start()
    await beats.until(1)

    await clockwork.stop(grace=0)
    await clockwork.stop(grace=0)

    assert beats.at_once == 0
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "heartbeat"]


async def test_stopping_what_never_started_is_harmless() -> None:
    await make(Beats()).stop()


async def test_where_more_is_due_the_next_beat_comes_at_once_and_a_step_ends_when_nothing_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.clockwork.BEAT_SECONDS", 3600)
    beats = Beats()
    left = [True, True, False]

    async def beat(now: datetime) -> bool:
        await beats(now)
        return left.pop(0) if left else False

    clockwork = Clockwork(beat, now=lambda: NOW, failed=beats.failed.append)
    await clockwork.beat(NOW)
    assert len(beats.seen) == 3

    left += [True, True, False]
    clockwork.start()
    await beats.until(6)
    await clockwork.stop()
