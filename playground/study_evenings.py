"""Quizzes of the study group, for a demo: somebody starts one now and then, and everybody plays along."""

from collections.abc import Mapping
from datetime import timedelta

from playground.acting import Settled
from playground.clock import Clock
from playground.groups import Group
from playground.state import Box

GROUP = "study-group"
QUIZZES: Mapping[int, str] = {
    4: "/quiz metrics 5",
    11: "/quiz trees 5",
    18: "/quiz statistics 5",
    25: "/quiz 5",
    39: "/quiz deep learning 5",
    46: "/quiz 7",
    52: "/quiz metrics 5",
    56: "/quiz statistics 5",
    57: "/quiz metrics 5",
    58: "/quiz 5",
}
"""What is said on which day of the history, counted from 0."""

LATER = timedelta(minutes=20)
LASTS = timedelta(minutes=15)
AT_LEAST = timedelta(milliseconds=100)
LOOKS_EVERY = timedelta(seconds=10)
QUIET_FOR = 6
"""So many looks in a row at which nothing was told: the quiz is over."""


class StudyEvenings:
    """The group's part of a history: `play` does what belongs to a day, from wherever the clock stands."""

    def __init__(self, box: Box, clock: Clock, who: str, settled: Settled) -> None:
        self._box, self._clock, self._who, self._settled = box, clock, who, settled

    async def play(self, day: int) -> None:
        """A quiz from its first word to its end, where the day has one and the bot offers any."""
        box, words = self._box, QUIZZES.get(day)
        group = box.roster.chat(GROUP)
        if words is None or not isinstance(group, Group) or not self._offered():
            return
        before = box.companions.names(group)
        box.companions.set(group, list(group.members))
        await self._clock.advance(LATER.total_seconds())
        box.say(self._who, GROUP, words)
        await self._settled()
        await self._play_on()
        box.companions.set(group, [person for person in group.members if person.name in before])

    async def _play_on(self) -> None:
        """Walk from one vote to the next, as points are for seconds, until nothing is told any more; then the rest."""
        end, quiet = self._clock.now() + LASTS, 0
        while quiet < QUIET_FOR and (now := self._clock.now()) < end:
            told = self._box.told
            until = min(now + LOOKS_EVERY, end)
            due = self._box.next_due()
            await self._clock.walk_to(until if due is None else min(max(due, now + AT_LEAST), until))
            quiet = 0 if self._box.told != told or due is not None else quiet + 1
        await self._clock.walk_to(end)

    def _offered(self) -> bool:
        return any(each["command"] == "quiz" for each in self._box.commands(GROUP, self._who))
