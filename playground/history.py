"""Two months of somebody's practice, played through the bot as a person would: good days, bad days, days off."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from playground.acting import Actor, Found
from playground.clock import Clock

WHO = "dave"
DAYS = 60
ZONE = ZoneInfo("Europe/Berlin")
CITY, HOUR = "Berlin", "08:00"
SEED = 60

RATINGS = ("Missed", "Partly", "Got it", "Easy")
IDLE = ("idk", "no idea, I never had to use that one", "not sure, something about variance?")
WEAK = ("Metrics", "MLOps", "Deep learning")  # words in the headings of what does not sit
MOST_IN_A_ROW = 12  # questions at one sitting

Samples = Mapping[str, Sequence[str]]
"""What people answer, the best first, by the question's words."""


@dataclass(frozen=True)
class Plan:
    """What happens on which day, counted from 0; on `missed` days nothing is done."""

    missed: frozenset[int] = frozenset({20, 45})
    pause: Mapping[int, int] = field(default_factory=lambda: {31: 4})
    say: Mapping[int, Sequence[str]] = field(
        default_factory=lambda: {
            2: ("/topic metrics",),
            5: ("/bookmark", "/tips"),
            7: ("/topic trees",),
            9: ("/weak",),
            12: ("/topic data prep",),
            17: ("/topic deep learning",),
            23: ("/random",),
            26: ("/topic statistics",),
            29: ("/review",),
            38: ("/topic metrics",),
            42: ("/topic mlops",),
            48: ("/topic fundamentals",),
            53: ("/review",),
            56: ("/topic deep learning",),
        }
    )
    settings: Mapping[int, Sequence[str]] = field(
        default_factory=lambda: {
            1: ("Streak goal", "30 days"),
            10: ("Questions a day", "2"),
            40: ("Interview date", "8 weeks"),
        }
    )

    def is_off(self, day: int) -> bool:
        """Whether nothing is done that day: missed, or paused."""
        return day in self.missed or any(first < day < first + days for first, days in self.pause.items())


class History:
    """Plays somebody's days, from wherever the clock stands, one after the other; `evening` is what follows on each."""

    def __init__(
        self,
        actor: Actor,
        clock: Clock,
        samples: Samples,
        chance: Random,
        plan: Plan | None = None,
        evening: Callable[[int], Awaitable[None]] | None = None,
    ) -> None:
        self._actor, self._clock, self._samples, self._chance = actor, clock, samples, chance
        self._plan = plan or Plan()
        self._evening = evening

    async def play(self, until: datetime) -> None:
        """From the first word to this moment: the last day's question, if its hour has come, is left unanswered."""
        begin = self._clock.now()
        await self._set_up()
        await self._practise(0)
        day = 1
        while (morning := self._morning(begin, day)) < until - timedelta(hours=12):
            await self._clock.walk_to(morning)
            if self._plan.is_off(day):
                self._actor.forget_before()
            else:
                await self._practise(day)
                if self._evening is not None:
                    await self._evening(day)
            day += 1
        await self._clock.walk_to(max(until, self._clock.now()))

    async def _set_up(self) -> None:
        actor = self._actor
        for words in ("/start", CITY, HOUR):
            await actor.say(words)
        await actor.tap("Data scientist")
        await actor.tap("Middle")

    async def _practise(self, day: int) -> None:
        """Everything of one day; what was left open on earlier days stays so."""
        actor = self._actor
        await self._answer_all(day)
        while self._chance.random() < 0.8 and await actor.tap("Review ("):
            await self._answer_all(day)
        for words in self._plan.say.get(day, ()):
            if actor.can(words.removeprefix("/").partition(" ")[0]):
                await actor.say(words)
                await self._answer_all(day)
        if day in self._plan.settings:
            await actor.say("/settings")
            for label in self._plan.settings[day]:
                await actor.tap(label)
        if day in self._plan.pause:
            await actor.say(f"/pause {self._plan.pause[day]}")
        actor.forget_before()

    async def _answer_all(self, day: int) -> None:
        for _ in range(MOST_IN_A_ROW):
            found = self._actor.find("Show answer")
            if found is None:
                return
            await self._answer(day, found)
            self._actor.leave(found)

    async def _answer(self, day: int, found: Found) -> None:
        actor, chance = self._actor, self._chance
        skill = self._skill(day, found.text)
        if chance.random() < 0.04 and await actor.tap("Skip"):
            return
        if chance.random() < (1 - skill) / 2:
            await actor.tap("Hint")
        await self._clock.advance(chance.randrange(40, 300))
        typed = self._typed(found.text, skill)
        if typed is None:
            await actor.tap("Show answer")
        else:
            await actor.say(typed)
        await self._rate(skill, typed)

    def _typed(self, text: str, skill: float) -> str | None:
        """What they type; None for just looking it up."""
        chance = self._chance
        known = next((replies for words, replies in self._samples.items() if words in text), ())
        if not known or chance.random() < 0.2:
            return None
        if chance.random() > skill + 0.25:
            return chance.choice(IDLE)
        return known[0] if chance.random() < skill else known[-1]

    async def _rate(self, skill: float, typed: str | None) -> None:
        """As the bot suggests, mostly; else as it felt."""
        actor, chance = self._actor, self._chance
        if typed is not None and chance.random() < 0.75 and await actor.tap("✓ "):
            return
        felt = min(3, max(0, round(chance.gauss(3.3 * skill - 0.4, 0.8))))
        await actor.tap(RATINGS[felt])
        if chance.random() < 0.03:
            await actor.tap("Undo")
            await actor.tap("Partly")

    def _skill(self, day: int, text: str) -> float:
        """From 0 to 1: better with the weeks, worse where it is weak, now and then a bad day."""
        heading = text.partition("\n")[0]
        weak = any(word.lower() in heading.lower() for word in WEAK)
        again = 0.2 if "review" in heading else 0.0
        bad_day = 0.25 if day % 11 == 6 else 0.0
        return min(0.95, max(0.1, (0.42 if weak else 0.62) + 0.004 * day + again - bad_day))

    def _morning(self, begin: datetime, day: int) -> datetime:
        """Some time after the question has come, on the person's own clock."""
        date = begin.astimezone(ZONE).date() + timedelta(days=day)
        hour, minute = map(int, HOUR.split(":"))
        at = datetime(date.year, date.month, date.day, hour, minute, tzinfo=ZONE)
        return (at + timedelta(minutes=self._chance.randrange(3, 600 if day % 5 == 4 else 90))).astimezone(
            begin.tzinfo
        )
