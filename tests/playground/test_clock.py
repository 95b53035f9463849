"""Time is walked: every minute at which something is due, in order, to its end."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from playground.clock import Clock
from playground.refusals import PersonRefused
from playground.state import Box

BEGIN = datetime(2026, 11, 20, 9, 0, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Beats:
    """A follower with things to do at given moments; it writes down when it was woken."""

    def __init__(self, clock: Clock, *planned: datetime) -> None:
        self.clock = clock
        self.planned = list(planned)
        self.at: list[datetime] = []

    async def beat(self, now: datetime) -> None:
        assert self.clock.now() == now
        await asyncio.sleep(0)
        self.at.append(now)
        self.planned = [moment for moment in self.planned if moment > now]

    async def next_due(self) -> datetime | None:
        return min(self.planned, default=None)


async def test_a_walk_stops_at_the_next_minute_at_what_is_due_and_at_its_end(clock: Clock) -> None:
    beats = Beats(
        clock, datetime(2026, 11, 20, 12, 0, tzinfo=UTC), datetime(2026, 11, 21, 4, 0, 1, tzinfo=UTC)
    )
    clock.follow(beats)

    arrived = await clock.advance(86_400)

    assert arrived == clock.now() == BEGIN + timedelta(days=1)
    assert [moment.strftime("%d %H:%M:%S") for moment in beats.at] == [
        "20 09:01:00",
        "20 12:00:00",
        "21 04:01:00",
        "21 09:00:30",
    ]


async def test_what_stays_due_is_asked_for_every_minute(clock: Clock) -> None:
    beats = Beats(clock)
    beats.next_due = lambda: _soon(BEGIN)  # type: ignore[method-assign]
    clock.follow(beats)

    await clock.walk_to(BEGIN + 5 * MINUTE)

    whole = BEGIN.replace(second=0)
    assert beats.at == [*(whole + n * MINUTE for n in range(1, 6)), BEGIN + 5 * MINUTE]


async def _soon(moment: datetime) -> datetime:
    return moment


async def test_what_is_due_at_the_end_of_time_is_never_reached(clock: Clock) -> None:
    beats = Beats(clock, datetime.max.replace(tzinfo=UTC))
    clock.follow(beats)

    await clock.advance(600)

    assert beats.at == [BEGIN.replace(second=0) + MINUTE, BEGIN + 10 * MINUTE]


async def test_a_short_walk_is_one_step(clock: Clock) -> None:
    beats = Beats(clock)
    clock.follow(beats)

    await clock.advance(5)
    await clock.advance(0)

    assert beats.at == [BEGIN + timedelta(seconds=5)] * 2


async def test_the_boxs_own_timers_run_before_the_bot(clock: Clock, box: Box, alice: int) -> None:
    pending: list[int] = []

    class Counts(Beats):
        async def beat(self, now: datetime) -> None:
            pending.append(len(box.updates))

    box.say("alice", "alice", "x")
    clock.follow(Counts(clock))

    await clock.advance(86_400)

    assert pending == [1, 0]


async def test_time_never_walks_backwards(clock: Clock) -> None:
    with pytest.raises(PersonRefused, match="Time only walks forwards: it is 2026"):
        await clock.walk_to(BEGIN - MINUTE)

    assert clock.now() == BEGIN


async def test_two_walks_come_one_after_the_other(clock: Clock) -> None:
    beats = Beats(clock)
    clock.follow(beats)

    await asyncio.gather(clock.advance(60), clock.walk_to(BEGIN + 3 * MINUTE))

    assert beats.at == sorted(beats.at)
    assert clock.now() == BEGIN + 3 * MINUTE


async def test_walks_by_a_distance_add_up(clock: Clock) -> None:
    await asyncio.gather(clock.advance(60), clock.advance(60))

    assert clock.now() == BEGIN + 2 * MINUTE


async def test_time_flows_with_the_clock_underneath_but_not_during_a_walk() -> None:
    real = [BEGIN]
    clock = Clock(lambda: real[0])
    real[0] += timedelta(seconds=10)
    assert clock.now() == BEGIN + timedelta(seconds=10)

    class Slow(Beats):
        async def beat(self, now: datetime) -> None:
            real[0] += MINUTE
            await super().beat(now)

    clock.follow(Slow(clock))
    await clock.walk_to(BEGIN + timedelta(hours=1))
    real[0] += timedelta(seconds=1)

    assert clock.now() == BEGIN + timedelta(hours=1, seconds=1)


async def test_a_failing_follower_leaves_the_clock_where_it_was_reached(clock: Clock) -> None:
    class Breaks(Beats):
        async def beat(self, now: datetime) -> None:
            raise RuntimeError("broken")

    clock.follow(Breaks(clock))

    with pytest.raises(RuntimeError):
        await clock.advance(3600)
    assert clock.now() == BEGIN.replace(second=0) + MINUTE


async def test_a_connected_bot_takes_what_is_pending_before_time_moves(
    clock: Clock, box: Box, alice: int
) -> None:
    async def bot() -> None:
        offset = 0
        while True:
            for update in await box.updates.fetch(offset, 100, 30):
                taken.append((update["message"]["text"], box.now()))
                offset = update["update_id"] + 1

    taken: list[tuple[str, datetime]] = []
    polling = asyncio.create_task(bot())
    await asyncio.sleep(0)
    box.say("alice", "alice", "before")

    await clock.advance(3600)
    polling.cancel()

    assert taken == [("before", BEGIN)]
