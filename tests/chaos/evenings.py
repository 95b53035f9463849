"""What the groups of a run do each day: a daily quiz in one of them, quizzes by somebody, a look at what was missed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any

from tests.chaos.person import Box, Lost, Person
from tests.chaos.study_group import StudyGroup

HOUR = time(18)  # of the daily quiz, in UTC as whoever brings the bot in is nobody it knows
STEPS = (5, 10, 20, 20)  # seconds by which time passes between two looks
NEAR = 3  # so many more than one person's patience a whole quiz may take
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
EXTRA = 0.35
REVIEWS = 0.5


class Evenings:
    """All groups together, as they share the clock: nobody lets time pass while others are about to vote.

    The last group has a daily quiz. `owed` says when on which day.
    """

    def __init__(
        self,
        box: Box,
        groups: Sequence[StudyGroup],
        people: Sequence[Person],
        chance: Random,
        patience: float,
    ) -> None:
        self.box, self.groups = box, groups
        self.owed: dict[tuple[int, date], datetime] = {}
        self._people = {person.name: person for person in people}
        self._chance, self._patience = chance, patience

    async def begin(self) -> None:
        """The groups come about, and one of them orders its daily quiz."""
        for group in self.groups:
            await group.opens()
        if not self.groups:
            return
        daily = self.groups[-1]
        await daily.says(daily.members[0], f"/quizdaily {HOUR:%H:%M} metrics {daily.size}")
        await self._until_said(daily, "A quiz every day")

    async def spend(self) -> None:
        """A day's quizzes, up to their results, and then some look at what they missed."""
        if not self.groups:
            return
        for group in self.groups:
            await group.looks_ahead()
        if self._chance.random() < EXTRA:
            await self._play(self.groups[-1:], called=self.groups[-1:])
        moment = datetime.combine((await self.box.now()).date(), HOUR, UTC)
        self.owed[self.groups[-1].id, moment.date()] = moment
        await self._walk(to=moment.isoformat())
        await self._play(self.groups, called=self.groups[:-1])
        for group in self.groups:
            await self._review(group)

    async def end(self) -> None:
        """The boards of all time, once nothing fails any more."""
        for group in self.groups:
            await group.closes()
            await group.looks_ahead()
            await group.says(group.members[0], "/board all")
            group.boards.append(await self._until_said(group, "🏆"))

    async def _play(self, playing: Sequence[StudyGroup], called: Sequence[StudyGroup]) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + NEAR * self._patience
        for group in called:
            await group.calls()
        left = list(playing)
        while left := [group for group in left if not await group.plays()]:
            if loop.time() > end:
                raise Lost(f"the quiz in {' and '.join(group.name for group in left)} does not end")
            await self._followed(LONG_AGO)  # what was done just now
            await self._walk(advance_seconds=self._chance.choice(STEPS))

    async def _walk(self, **how: Any) -> None:
        """Let time pass, and wait until the bot has followed: people's seconds are long, for machines."""
        moment = datetime.fromisoformat((await self.box.post("/people/clock", how))["now"])
        await self._followed(moment)

    async def _followed(self, moment: datetime) -> None:
        """Until the bot has written down all that was said to it, and has done what was due at that moment."""
        loop = asyncio.get_running_loop()
        end = loop.time() + self._patience
        while True:
            behind = await self.box.get("/behind")
            if not behind["updates"] and datetime.fromisoformat(behind["done"]) >= moment:
                return
            if loop.time() > end:
                raise Lost(f"the bot does not follow: {behind} at {moment}")
            await asyncio.sleep(0.05)

    async def _review(self, group: StudyGroup) -> None:
        """Some of the learners open the link under the newest results."""
        if not group.results:
            return
        quiz = max(group.results)
        _, url = group.results[quiz]
        learners = [self._people[name] for name in group.members if name in self._people]
        looking = [person for person in learners if url and self._chance.random() < REVIEWS]
        await asyncio.gather(*[person.reviews(url, quiz) for person in looking])

    async def _until_said(self, group: StudyGroup, start: str) -> str:
        loop = asyncio.get_running_loop()
        end = loop.time() + self._patience
        while (said := await group.waits_for(start)) is None:
            if loop.time() > end:
                raise Lost(f"{group.name} waited in vain for “{start}”")
            await asyncio.sleep(0.15)
        return said
