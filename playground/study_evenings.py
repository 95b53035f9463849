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
        await self._clock.advance(LASTS.total_seconds())
        box.companions.set(group, [person for person in group.members if person.name in before])

    def _offered(self) -> bool:
        return any(each["command"] == "quiz" for each in self._box.commands(GROUP, self._who))
