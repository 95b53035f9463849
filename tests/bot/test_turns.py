import asyncio
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.turns import Turns


class Bench:
    """A `take` that notes who is running, and holds those named until they are let go."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.held: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self.hold: set[str] = set()
        self.again: dict[str, list[float]] = {}
        self.started = asyncio.Condition()

    async def take(self, item: str) -> float | None:
        self.begun.append(item)
        async with self.started:
            self.started.notify_all()
        if item in self.hold:
            await self.held[item].wait()
        rests = self.again.get(item)
        if rests:
            return rests.pop(0)
        self.ended.append(item)
        return None

    async def until_begun(self, *items: str) -> None:
        async with self.started:
            await self.started.wait_for(lambda: set(items) <= set(self.begun))


class Sleeper:
    """Sleeps until it is told to wake."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self.wake = asyncio.Event()
        self.asleep = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        self.asleep.set()
        await self.wake.wait()


async def test_a_chat_keeps_its_order() -> None:
    bench = Bench()
    turns = Turns(bench.take, workers=8)
    for n in range(50):
        turns.offer(n % 3, f"{n % 3}.{n:02}")
    turns.start()

    await turns.idle()
    await turns.stop(1)

    assert len(bench.ended) == 50
    for chat in "012":
        own = [item for item in bench.ended if item.startswith(chat)]
        assert own == sorted(own)


async def test_a_slow_chat_holds_up_nobody_else() -> None:
    bench = Bench()
    bench.hold = {"slow 0"}
    turns = Turns(bench.take, workers=2)
    turns.start()
    for n in range(10):
        turns.offer(1, f"slow {n}")
    for n in range(10):
        turns.offer(2, f"quick {n}")

    await bench.until_begun("slow 0", "quick 9")

    assert [item for item in bench.begun if item.startswith("slow")] == ["slow 0"]
    bench.held["slow 0"].set()
    await turns.idle()
    assert len(bench.ended) == 20
    await turns.stop(1)


async def test_a_busy_chat_lets_others_take_their_turn_between_its_own() -> None:
    bench = Bench()
    turns = Turns(bench.take, workers=1)
    for n in range(100):
        turns.offer(1, f"many {n}")
    turns.offer(2, "one")
    turns.start()

    await turns.idle()
    await turns.stop(1)

    assert bench.ended.index("one") == 1


async def test_no_more_run_at_once_than_there_are_workers() -> None:
    bench = Bench()
    bench.hold = {str(n) for n in range(9)}
    turns = Turns(bench.take, workers=3)
    turns.start()
    for n in range(9):
        turns.offer(n, str(n))

    await bench.until_begun("0", "1", "2")
    assert len(bench.begun) == 3
    bench.held["1"].set()
    await bench.until_begun("3")

    assert bench.begun == ["0", "1", "2", "3"]
    await turns.stop(0)


async def test_what_asks_for_another_try_waits_without_a_worker_and_keeps_its_place() -> None:
    bench, sleeper = Bench(), Sleeper()
    bench.again = {"a1": [4.0]}
    turns = Turns(bench.take, sleep=sleeper, workers=1)
    turns.start()
    turns.offer(1, "a1")
    turns.offer(1, "a2")
    turns.offer(2, "b1")

    await sleeper.asleep.wait()
    await bench.until_begun("b1")
    assert bench.begun == ["a1", "b1"]
    assert not turns._idle.is_set()
    sleeper.wake.set()
    await turns.idle()

    assert sleeper.asked == [4.0]
    assert bench.begun == ["a1", "b1", "a1", "a2"]
    assert bench.ended == ["b1", "a1", "a2"]
    await turns.stop(1)


@pytest.mark.parametrize("error", [ValueError("a bug"), asyncio.CancelledError()])
async def test_an_item_that_raises_costs_neither_the_worker_nor_the_chat(
    error: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    taken = []

    async def take(item: str) -> None:
        taken.append(item)
        if item == "bad":
            raise error

    turns = Turns(take, workers=1)
    for item in ("bad", "good"):
        turns.offer(7, item)
    turns.start()

    await turns.idle()
    await turns.stop(1)

    assert taken == ["bad", "good"]
    assert "an item of chat 7 was dropped" in caplog.text


async def test_there_is_room_only_below_the_limit() -> None:
    bench = Bench()
    bench.hold = {"0"}
    turns = Turns(bench.take, workers=1, limit=2)
    turns.start()
    turns.offer(1, "0")
    await turns.room()
    turns.offer(1, "1")

    waiting = asyncio.create_task(turns.room())
    await bench.until_begun("0")
    assert not waiting.done()
    bench.held["0"].set()
    await waiting

    assert turns.waiting < 2
    await turns.stop(1)


async def test_stopping_lets_what_runs_finish_and_begins_nothing_new() -> None:
    bench = Bench()
    bench.hold = {"running"}
    turns = Turns(bench.take, workers=1)
    turns.start()
    turns.offer(1, "running")
    turns.offer(1, "next")
    turns.offer(2, "other")
    await bench.until_begun("running")

    stopping = asyncio.create_task(turns.stop(60))
    await asyncio.sleep(0)
    assert not stopping.done()
    bench.held["running"].set()
    await stopping

    assert bench.ended == ["running"]
    assert bench.begun == ["running"]
    assert turns.waiting == 2


async def test_stopping_cancels_what_does_not_finish_in_time_and_what_rests() -> None:
    bench, sleeper = Bench(), Sleeper()
    bench.hold = {"endless"}
    bench.again = {"resting": [9.0]}
    turns = Turns(bench.take, sleep=sleeper, workers=2)
    turns.start()
    turns.offer(1, "endless")
    turns.offer(2, "resting")
    await bench.until_begun("endless")
    await sleeper.asleep.wait()

    await turns.stop(0)
    await turns.stop(0)

    assert bench.ended == []
    assert turns.waiting == 2
    assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("turns")]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2)), max_size=40), st.integers(1, 5))
def test_whatever_comes_each_item_ends_once_and_in_its_chats_order(
    items: list[tuple[int, int]], workers: int
) -> None:
    async def run() -> list[tuple[int, int]]:
        ended: list[tuple[int, int]] = []
        tries = {n: again for n, (_, again) in enumerate(items)}

        async def take(item: tuple[int, int]) -> float | None:
            chat, n = item
            await asyncio.sleep(0)
            if tries[n]:
                tries[n] -= 1
                return 1.0
            ended.append((chat, n))
            return None

        turns = Turns(take, sleep=lambda seconds: asyncio.sleep(0), workers=workers)
        turns.start()
        for n, (chat, _) in enumerate(items):
            turns.offer(chat, (chat, n))
        await turns.idle()
        await turns.stop(1)
        return ended

    ended = asyncio.run(run())

    assert sorted(n for _, n in ended) == list(range(len(items)))
    for chat in range(5):
        own = [n for where, n in ended if where == chat]
        assert own == sorted(own)
