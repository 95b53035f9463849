"""Some learners' days through the whole bot and a playground in one process, against the oracle."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from tests.fake_chat import Running, a_running_bot
from tests.simulate.people import Learner, asking_of, wrongs
from tests.simulate.result import Result

BEGIN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
STEP = timedelta(hours=6)
OUTAGES = 1 / 60  # of the steps begin with one


async def simulate(
    database: Path, learners: int, days: int, seed: int, tell: Callable[[str], None] = lambda said: None
) -> Result:
    """So many learners for so many days; everything that was not as it should have been is in the result."""
    async with a_running_bot(database, BEGIN) as running:
        world = World(running, learners, Random(seed))
        await world.begins()
        for number in range(days * (timedelta(days=1) // STEP)):
            await world.step()
            if number % 120 == 119:
                tell(f"{running.clock.now():%Y-%m-%d}")
        return world.result()


class World:
    """The learners and the bot between two moments."""

    def __init__(self, running: Running, learners: int, chance: Random) -> None:
        self.running, self._chance = running, chance
        self.people = [Learner(running.box, number, Random(chance.random())) for number in range(learners)]
        self.outages = 0

    @property
    def now(self) -> datetime:
        return self.running.clock.now()

    async def begins(self) -> None:
        """Everybody through the first conversation; its question is that day's daily."""
        for person in self.people:
            self.running.box.add_person(person.name)
            life = person.life
            for said in ("/start", life.zone.key, f"{life.hour:%H:%M}", "Skip", "Skip"):
                await self._does(person, said)
            life.had, life.since = life.today(self.now), self.now
            if life.rest:
                for said in ("/settings", "Rest days", "Sat", "Sun"):
                    await self._does(person, said)
            for message in person.news():
                if (asking := asking_of(message)) is not None:
                    person.open = message["message_id"], asking

    async def step(self) -> None:
        """Six hours pass, perhaps with the bot away for some; then people do what they feel like."""
        end = self.now + STEP
        outage = None
        if self._chance.random() < OUTAGES:
            outage = await self._away(end)
        if self.now < end:
            await self.running.clock.walk_to(end)
        for person in self.people:
            person.expected = [late for owed in person.expected if (late := owed.after(outage)) is not None]
            person.expected += person.life.owed_until(self.now, outage)
            person.compares(self.now)
        await self._answer([person for person in self.people if person.wants_to_answer()])
        for person in self.people:
            for said in person.whim(self.now):
                await self._does(person, said)
        await self.running.quiet()
        for person in self.people:
            person.news()  # what they asked for themselves
            person.life.since = max(person.life.since, self.now)

    async def _away(self, end: datetime) -> tuple[datetime, datetime]:
        self.outages += 1
        begin = self.now
        # Half minutes: three hours late to the second is left to either side.
        back = begin + timedelta(minutes=self._chance.randint(5, 358), seconds=30)
        await self.running.stop()
        await self.running.clock.walk_to(back)
        await self.running.start()
        await self.running.quiet()
        await self.running.clock.walk_to(min(end, back + timedelta(minutes=1)))
        return begin, back

    async def _answer(self, people: Iterable[Learner]) -> None:
        """They look at the answer and rate themselves, all at the same time."""
        answering = list(people)
        shows = [
            person.tap(f"show.1:{person.open[1]}", person.open[0]) for person in answering if person.open
        ]
        await asyncio.gather(*shows)
        await self.running.quiet()
        await asyncio.gather(*[person.rates() for person in answering])
        await self.running.quiet()
        for person in answering:
            person.counts(self.now)

    async def _does(self, person: Learner, said: str) -> None:
        """Tap the newest button that is called so; where there is none, say it."""
        for message in reversed(self.running.box.messages(person.name)[-3:]):
            for row in message["buttons"]:
                for button in row:
                    if said in button["text"] and not said.startswith("/"):
                        await person.tap(button["data"], message["message_id"])
                        await self.running.quiet()
                        return
        self.running.box.say(person.name, person.name, said)
        await self.running.quiet()

    def result(self) -> Result:
        counts = {
            "learners": len(self.people),
            "dailies": sum(person.dailies for person in self.people),
            "ratings": sum(person.ratings for person in self.people),
            "outages": self.outages,
        }
        return Result(counts, wrongs(self.people))
