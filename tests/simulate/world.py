"""Some learners' days through the whole bot and a playground in one process, against the oracle."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random

from tests.fake_chat import Running, a_running_bot
from tests.simulate.people import Learner, asking_of, wrongs
from tests.simulate.result import Result
from tests.simulate.study_group import CITIES, QUESTIONS, SPANS, StudyGroup

BEGIN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
STEP = timedelta(hours=6)
OUTAGES = 1 / 60  # of the steps begin with one
GROUPS = (("Night owls", "Berlin", time(2, 30)), ("Early birds", "Auckland", time(18)))
LOOKS = (5, 9, 14, 21)  # seconds from one look at a running quiz to the next
BY_HAND = 1 / 40  # of the steps see a quiz that somebody starts
BOARDS_EVERY, MOVES_EVERY, SILENT_EVERY = 40, 160, 240  # steps
SILENT_FOR = 24  # steps


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
        for group in world.groups:
            await world.checks_boards(group)
        return world.result()


class World:
    """The learners and the bot between two moments."""

    def __init__(self, running: Running, learners: int, chance: Random) -> None:
        self.running, self._chance = running, chance
        self.people = [Learner(running.box, number, Random(chance.random())) for number in range(learners)]
        self.groups = [
            StudyGroup(running.box, title, city, at, _members(number, learners), Random(chance.random()))
            for number, (title, city, at) in enumerate(GROUPS)
        ]
        self.outages = self.steps = 0

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
        for group in self.groups:
            await self._opens(group)

    async def step(self) -> None:
        """Six hours pass, perhaps with the bot away for some; then people do what they feel like."""
        end = self.now + STEP
        outage = None
        if self._chance.random() < OUTAGES:
            outage = await self._away(end)
        await self._walk(end)
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
        for group in self.groups:
            await self._whim(group)
        self.steps += 1

    async def _walk(self, end: datetime) -> None:
        """Up to that moment, and on until no quiz is running; who votes looks every few seconds."""
        while self.now < end or any(group.plays for group in self.groups):
            if any(group.plays for group in self.groups):
                stop = self.now + timedelta(seconds=self._chance.choice(LOOKS))
            else:
                stop = min(group.life.next_due(end) for group in self.groups)
            await self.running.clock.walk_to(stop)
            for group in self.groups:
                group.looks(self.now)
            await self.running.quiet()

    async def _opens(self, group: StudyGroup) -> None:
        for name in group.members:
            if name not in self.running.box.roster.people:
                self.running.box.add_person(name)
        group.opens()
        for words in (f"/quizsettings {group.city}", f"/quizdaily {group.life.at:%H:%M} metrics {QUESTIONS}"):
            group.says(words)
            await self.running.quiet()
        group.life.since = self.now

    async def _whim(self, group: StudyGroup) -> None:
        """What a group does between quizzes: the first moves its clock, the last falls silent for some days."""
        if group is self.groups[0] and self.steps % MOVES_EVERY == MOVES_EVERY // 3:
            group.city = self._chance.choice([city for city in CITIES if city != group.city])
            group.says(f"/quizsettings {group.city}")
            await self.running.quiet()
            group.life.moves(self.now, CITIES[group.city])
        if group is self.groups[-1]:
            group.silent = 30 <= self.steps % SILENT_EVERY < 30 + SILENT_FOR
        if group.life.rests and not group.silent:
            await self._taps(group, group.members[-1], "Resume")
            group.life.resumes(self.now)
        if not group.silent and self._chance.random() < BY_HAND:
            group.says(f"/quiz metrics {QUESTIONS}")
            await self.running.quiet()
            await self._taps(group, group.members[1], "Join")
            await self._taps(group, group.members[0], "Start")
            group.starts_by_hand(self.now)
        elif self.steps % BOARDS_EVERY == BOARDS_EVERY - 1:
            await self.checks_boards(group)

    async def checks_boards(self, group: StudyGroup) -> None:
        """All three of them, in one message."""
        group.says("/board")
        await self.running.quiet()
        for span in SPANS:
            if span != SPANS[0]:
                await self._taps(group, group.members[1], span)
            group.checks_board(span, self.now)

    async def _taps(self, group: StudyGroup, who: str, label: str) -> None:
        message_id, data = group.newest(label)
        await asyncio.wait_for(self.running.box.tap(who, group.name, message_id, data), 10)
        await self.running.quiet()

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
        for group in self.groups:
            group.looks(self.now, (begin, back))
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
            "daily quizzes": sum(group.dailies for group in self.groups),
            "quizzes by hand": sum(group.by_hand for group in self.groups),
            "votes": sum(group.votes for group in self.groups),
            "pauses": sum(group.pauses for group in self.groups),
        }
        return Result(counts, wrongs(self.people) + [line for group in self.groups for line in group.wrong])


def _members(number: int, learners: int) -> list[str]:
    """Guests, the first of whom makes the group, and some learners; nobody is in two groups."""
    guests = [f"guest{number}x{each}" for each in range(3)]
    return guests + [f"learner{each}" for each in range(number, min(learners, 6), 2)]
