"""An orderly end amid much that is owed: what waits for its turn is left for the next start, and none comes twice."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.clockwork import Clockwork
from bot.pacing.pace import Lane, Pace
from storage import learners
from tests.bot.pacing.virtual_time import VirtualTime, settle
from tests.fake_chat import _Wire

PEOPLE = 5
LONG = 1_000.0  # seconds
WORDS = "A word to all of you"


class Way:
    """The way back from Telegram: what goes there is noted, and while it is `shut` no answer comes."""

    def __init__(self, monkeypatch):
        real, self.open = _Wire.do_request, asyncio.Event()
        self.gone: list[str] = []
        self.open.set()

        async def do_request(wire, url, *given, **more):
            answer = await real(wire, url, *given, **more)
            if url.endswith("/sendMessage"):
                self.gone.append(more["request_data"].parameters["chat_id"])
                await self.open.wait()
            return answer

        monkeypatch.setattr(_Wire, "do_request", do_request)


@pytest.fixture
def way(monkeypatch):
    return Way(monkeypatch)


@pytest.fixture
async def paced(running):
    """The bot keeping its pace on a clock of the test's own."""
    await running.stop()
    running.time = VirtualTime()
    running.pace = Pace(now=running.time.now, sleep=running.time.sleep)
    await running.start()
    return running


@pytest.fixture
async def people(paced, chat_of):
    names = ["alice", *(f"learner{number}" for number in range(PEOPLE - 1))]
    for name in names[1:]:
        paced.box.add_person(name)
    async with passing(paced.time):
        for name in names:
            await chat_of(name).starts(hour="09:00")
    return [chat_of(name) for name in names]


@asynccontextmanager
async def passing(time, seconds=0.1):
    """Meanwhile time passes, so much at each step."""

    async def walk():
        while True:
            await time.walk(seconds)

    walking = asyncio.create_task(walk())
    yield
    walking.cancel()
    await asyncio.gather(walking, return_exceptions=True)


async def test_of_dailies_those_on_their_way_are_noted_and_the_others_come_after_the_next_start(
    paced, people, way
):
    paced.clock._offset += timedelta(hours=21)  # nine in the morning
    before = [len(chat.questions) for chat in people]
    beats = Clockwork(
        paced.coach.beat_once, now=paced.clock.now, failed=lambda error: pytest.fail(repr(error))
    )
    way.gone.clear()
    way.open.clear()
    beats.start()
    async with asyncio.timeout(5):
        while len(way.gone) < 2:
            await paced.time.walk(0.01)

    paced.pace.silence(Lane.OWED)  # as at a signal
    ending = asyncio.create_task(beats.stop(grace=0.5))
    await settle()
    await paced.time.walk(60)
    begun = len(way.gone)
    way.open.set()
    await ending
    await paced.stop()
    assert begun < PEOPLE
    paced.pace = None
    await paced.start()
    await paced.quiet()
    await paced.coach.beat(paced.clock.now())

    assert [len(chat.questions) for chat in people] == [count + 1 for count in before]


async def _begin_a_broadcast(paced, people, way):
    """One has it, and the others wait for their turn; what comes of the heartbeat."""
    alice = people[0]
    async with passing(paced.time):
        await alice.says("/admin")
        await alice.taps("Broadcast")
        await alice.says(WORDS)
        await alice.taps("Send")
    paced.pace._owed_at = paced.time.now() + LONG  # others are owed something as well
    way.gone.clear()
    beating = asyncio.create_task(paced.coach.beat_once(paced.clock.now()))
    async with asyncio.timeout(5):
        while paced.pace.waiting < PEOPLE:  # noqa: ASYNC110 nobody says how many wait
            await asyncio.sleep(0)
    return beating


def _had_it(people):
    return [sum(message.text == WORDS for message in chat.from_bot) for chat in people[1:]]


async def test_a_broadcast_that_is_stopped_goes_to_none_of_those_who_wait_for_their_turn(paced, people, way):
    beating = await _begin_a_broadcast(paced, people, way)

    async with passing(paced.time):
        await people[0].taps("Stop")
    async with passing(paced.time, LONG):
        await beating
        await paced.coach.beat(paced.clock.now())

    assert _had_it(people) == [0] * (PEOPLE - 1)


async def test_a_broadcast_does_not_go_to_who_was_forgotten_meanwhile(paced, people, way):
    beating = await _begin_a_broadcast(paced, people, way)

    async with paced.coach._db.transaction() as tx:
        await learners.remove(tx, paced.box.roster.chat(people[1].who).id)
    async with passing(paced.time, LONG):
        await beating
        await paced.coach.beat(paced.clock.now())

    assert _had_it(people) == [0] + [1] * (PEOPLE - 2)


async def test_a_broadcast_that_ends_with_the_bot_comes_once_to_everybody(paced, people, way):
    beating = await _begin_a_broadcast(paced, people, way)
    way.open.clear()
    async with asyncio.timeout(5):
        while not way.gone:
            await paced.time.walk(LONG / 10)

    paced.pace.silence(Lane.OWED)
    ending = asyncio.create_task(paced.stop())
    await settle()
    await paced.time.walk(60)
    way.open.set()
    await ending
    await asyncio.gather(beating, return_exceptions=True)
    paced.pace = None
    await paced.start()
    await paced.quiet()
    for _ in range(3):
        await people[0].waits(minutes=1)

    assert _had_it(people) == [1] * (PEOPLE - 1)
