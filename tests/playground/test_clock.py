"""Time is walked: every minute at which something is due, in order, to its end."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
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


class Says(Beats):
    """Says something at every second thing it has to do."""

    def __init__(self, clock: Clock, box: Box, *planned: datetime) -> None:
        super().__init__(clock, *planned)
        self.box = box

    async def beat(self, now: datetime) -> None:
        due = [moment for moment in self.planned if moment <= now]
        await super().beat(now)
        if due and len(self.planned) % 2 == 0:
            self.box.say("alice", "alice", f"it is {now:%H:%M}")


async def test_a_walk_to_the_news_passes_over_what_nobody_sees(clock: Clock, box: Box) -> None:
    hours = [datetime(2026, 11, 20, hour, tzinfo=UTC) for hour in (12, 15, 18, 21)]
    clock.follow(Says(clock, box, *hours))

    first = await clock.walk_to_news()
    second = await clock.walk_to_news()

    assert first == (hours[1], True)
    assert second == (hours[3], True)
    assert [message["text"] for message in box.messages("alice")] == ["it is 15:00", "it is 21:00"]


async def test_without_news_in_sight_time_stays_at_the_last_thing_due(clock: Clock) -> None:
    due = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    clock.follow(Beats(clock, due, due + timedelta(days=30)))

    assert await clock.walk_to_news() == (due, False)
    assert await clock.walk_to_news() == (due, False)
    assert clock.now() == due


async def test_a_poll_that_closes_and_a_message_that_goes_are_news(
    clock: Clock, api: Any, box: Box, alice: int
) -> None:
    options = [{"text": "a"}, {"text": "b"}]
    await api("sendPoll", chat_id=alice, question="?", options=options, open_period=600)
    arrived, news = await clock.walk_to_news()
    assert (arrived - BEGIN, news) == (timedelta(minutes=10, seconds=30), True)

    class Deletes(Beats):
        async def beat(self, now: datetime) -> None:
            await super().beat(now)
            if not self.planned and box.messages("alice"):
                box.delete("alice", "alice", box.messages("alice")[-1]["message_id"])

    clock.follow(Deletes(clock, arrived + timedelta(hours=1)))
    assert await clock.walk_to_news() == (arrived.replace(second=0) + timedelta(hours=1), True)


async def test_scripts_walk_to_the_news_too(site: aiohttp.ClientSession, clock: Clock, box: Box) -> None:
    clock.follow(Says(clock, box, BEGIN + MINUTE, BEGIN + 2 * MINUTE))

    answers = [await (await site.post("/people/clock", json={"to": "news"})).json() for _ in range(2)]

    assert answers[0] == {"now": "2026-11-20T09:03:00+00:00", "news": True}
    assert answers[1] == {"now": clock.now().isoformat(), "news": False}


async def test_what_came_in_before_is_answered_first_and_no_news(clock: Clock, box: Box) -> None:
    class Answers(Beats):
        async def beat(self, now: datetime) -> None:
            await super().beat(now)
            if len(self.at) == 1:
                box.say("alice", "alice", "an answer that was on its way")

    clock.follow(Answers(clock))

    arrived, news = await clock.walk_to_news()

    assert (box.messages("alice")[-1]["date"], news) == (BEGIN.isoformat(), False)
    assert arrived == BEGIN + timedelta(days=1, seconds=30)  # nobody fetched it
