"""A run of chaos: people practise for days while calls fail and the bot is killed; what came of it is judged."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from tests.chaos.evenings import Evenings
from tests.chaos.person import Box, Lost, Person
from tests.chaos.processes import Bots, copied, start_box
from tests.chaos.quiz_verdict import Quizzing, judge_quizzes
from tests.chaos.study_group import StudyGroup
from tests.chaos.verdict import Verdict, judge

BEGIN = datetime(2026, 3, 27, 11, 30, tzinfo=UTC)  # two days before the clocks change in Europe
LANGUAGES = {"en-GB": "Europe/London", "de": "Europe/Berlin", "ja": "Asia/Tokyo", "hi": "Asia/Kolkata"}
COMES_TO_WORK = 20.0  # seconds at most
HOUR = time(9)  # everybody's, as they chose none
USUAL = {"429": 0.15, "500": 0.3, "reset": 0.25, "lost_reply": 0.3}  # shares of what fails


@dataclass(frozen=True)
class Plan:
    """How much of everything. `share` of all calls fail; `lives` are the seconds a bot lives at most."""

    people: int = 6
    kills: int = 12
    seed: int = 1
    share: float = 0.3
    lives: float = 1.0
    least_days: int = 1
    most_days: int = 30
    hangs: bool = False
    groups: int = 0  # in which quizzes are played
    members: int = 3  # of each group, every second of them no learner
    questions: int = 2  # in a quiz
    kinds: Mapping[str, float] = field(default_factory=lambda: USUAL)
    tries: int = 25  # minutes that the clock is walked for a daily that did not come at once
    bug: str = ""
    patience: float = 60.0  # seconds of real time until what was owed counts as lost
    tell: Callable[[str], None] | None = None


async def run(plan: Plan, folder: Path) -> Verdict:
    """Play it, with the files in that folder, and judge it."""
    chance = Random(plan.seed)
    async with AsyncExitStack() as stack:
        process, address = await start_box(folder, BEGIN)
        await stack.enter_async_context(process)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        box = Box(address, session)
        bots = await stack.enter_async_context(await Bots.ready(folder, address, plan.bug))
        people = [
            Person(
                box,
                f"person{number}",
                list(LANGUAGES)[number % len(LANGUAGES)],
                Random(chance.random()),
                plan.patience,
            )
            for number in range(plan.people)
        ]
        groups = await _groups(plan, box, people, chance)
        played = Played(plan, box, bots, people, Evenings(box, groups, people, chance, plan.patience), chance)
        lost = await played.play()
        calls: list[dict[str, Any]] = await box.get("/calls")
        polls: list[dict[str, Any]] = await box.get("/polls")
        for name, noted in (("calls", calls), ("polls", polls)):  # for whoever looks into it
            (folder / f"{name}.json").write_text(json.dumps(noted, indent=1))
    with closing(copied(folder / "coach.sqlite3")) as tables:
        verdict = judge(people, calls, bots.remains, tables, played.owed)
        if groups:
            known = Quizzing(groups, people, polls, calls, tables, played.evenings.owed)
            wrong, counts = judge_quizzes(known)
            verdict.wrong += wrong
            verdict.counts |= counts
    verdict.wrong += lost + [line for line in bots.log().splitlines() if " ERROR " in line]
    verdict.counts |= {"kills": len(bots.remains), "days": played.days}
    return verdict


async def _groups(plan: Plan, box: Box, people: Sequence[Person], chance: Random) -> list[StudyGroup]:
    """Whoever made a group is no learner, so that its clock is UTC's."""
    groups = []
    for number in range(plan.groups):
        guests = [f"guest{number}_{each}" for each in range((plan.members + 1) // 2)]
        for guest in guests:
            await box.post("/people/person", {"name": guest, "language": "en"})
        learners = [people[(number + each) % len(people)].name for each in range(plan.members // 2)]
        title, own = f"Study group {number + 1}", Random(chance.random())
        groups.append(StudyGroup(box, title, [*guests, *learners], plan.questions, own))
    return groups


class Played:
    """One run as it goes on. `owed`: whom a daily was owed on which study day, and at what moment."""

    def __init__(
        self,
        plan: Plan,
        box: Box,
        bots: Bots,
        people: Sequence[Person],
        evenings: Evenings,
        chance: Random,
    ) -> None:
        self.plan, self.box, self.bots, self.people, self.evenings = plan, box, bots, people, evenings
        self._chance = chance
        self.owed: dict[tuple[str, date], datetime] = {}
        self.days = 0
        self._begun, self._enough = asyncio.Event(), asyncio.Event()
        self._over = False
        self._lost: list[str] = []

    async def play(self) -> list[str]:
        """Days and kills, until there were enough of both; what was owed to people and did not come."""
        await self._order_faults()
        await self.bots.start()
        killing, playing = asyncio.create_task(self._kill()), asyncio.create_task(self._days())
        await asyncio.wait({killing, playing}, return_when=asyncio.FIRST_EXCEPTION)
        self._begun.set()
        self._over = True  # who kills also brings to life again: never cancelled in between
        if not playing.done():
            playing.cancel()
        gathered = await asyncio.gather(killing, playing, return_exceptions=True)
        for failure in gathered:
            if isinstance(failure, BaseException) and not isinstance(failure, Lost | asyncio.CancelledError):
                raise failure
        await self._calm_down()
        if not self._lost:
            await self._practise()
            await self._together([self.evenings.end()])
        for person in self.people:
            await person.closes()
        await self._settle()
        await self.bots.end()
        return self._lost

    async def _days(self) -> None:
        await self._together([*(person.joins() for person in self.people), self.evenings.begin()])
        self._begun.set()
        self._tell(f"all have begun, {len(self.bots.remains)} kills")
        while not self._lost and (self.days < self.plan.least_days or not self._enough.is_set()):
            if self.days == self.plan.most_days:
                self._lost.append("there were too few kills by then")
                break
            await self._practise()  # first, as nobody can undo a rating when the evening has passed over it
            await self._together([self.evenings.spend()])
            await self._dailies()
            self.days += 1
            self._tell(f"day {self.days}, {len(self.bots.remains)} kills")
        if self._lost:
            raise Lost("something did not come")

    def _tell(self, what: str) -> None:
        if self.plan.tell is not None:
            self.plan.tell(what)

    async def _practise(self) -> None:
        await self._together([person.practises() for person in self.people])

    async def _together(self, doing: Sequence[Coroutine[Any, Any, None]]) -> None:
        for result in await asyncio.gather(*doing, return_exceptions=True):
            if isinstance(result, Lost):
                self._lost.append(str(result))
            elif isinstance(result, BaseException):
                raise result

    async def _order_faults(self) -> None:
        faults: list[dict[str, Any]] = [
            {
                "method": "*",
                "kind": kind,
                "share": self.plan.share * part,
                "seed": self._chance.randrange(10**6),
            }
            for kind, part in self.plan.kinds.items()
        ]
        if self.plan.hangs:
            faults.append({"method": "send*", "kind": "hang", "share": 0.005, "seed": self.plan.seed})
        await self.box.post("/people/faults", faults)

    async def _calm_down(self) -> None:
        async with aiohttp.ClientSession() as session, session.delete(f"{self.box.address}/people/faults"):
            pass

    async def _kill(self) -> None:
        """Kill and start again, at random moments of work, now and then right after a start."""
        for number in range(self.plan.kills):
            if number == self.plan.kills // 4:
                await self._begun.wait()  # what comes after it is worth more
            if self._over:
                return
            at_once = self._chance.random() < 0.15
            if not at_once:
                await self._works()
            await asyncio.sleep(self._chance.uniform(0, 0.3 if at_once else self.plan.lives))
            await self.bots.kill(self._calls)
            if self._chance.random() < 0.3:
                await asyncio.sleep(self._chance.uniform(0, 1))
            await self.bots.start()
            await asyncio.sleep(0 if at_once else 0.4)
        self._enough.set()

    async def _works(self) -> None:
        """Until the bot asks for updates: on a busy machine it would else never come so far."""
        loop = asyncio.get_running_loop()
        end = loop.time() + COMES_TO_WORK
        before = (await self.box.get("/behind"))["fetches"]
        while loop.time() < end and not self._over:
            if (await self.box.get("/behind"))["fetches"] > before:
                return
            await asyncio.sleep(0.1)

    async def _calls(self) -> int:
        return int((await self.box.get("/calls/count"))["count"])

    async def _dailies(self) -> None:
        """Walk through everybody's next daily, and wait for it."""
        due: dict[datetime, list[Person]] = {}
        now = await self.box.now()
        for person in self.people:
            moment = next_daily(now, ZoneInfo(LANGUAGES[person.language]))
            due.setdefault(moment, []).append(person)
        for moment in sorted(due):
            for person in due[moment]:
                day = moment.astimezone(ZoneInfo(LANGUAGES[person.language])).date()
                self.owed[person.name, day] = moment
            known = {person.name: await person.seen() for person in due[moment]}
            await self.box.post("/people/clock", {"to": moment.isoformat()})
            await self._until_all_came(due[moment], known)
            if self._lost:
                return

    async def _until_all_came(self, people: Sequence[Person], known: dict[str, set[int]]) -> None:
        for _ in range(self.plan.tries):
            for _ in range(5):
                if all([await person.has_question_beyond(known[person.name]) for person in people]):
                    return
                await asyncio.sleep(0.1)
            await self.box.post("/people/clock", {"advance_seconds": 60})
        missing = [p.name for p in people if not await p.has_question_beyond(known[p.name])]
        self._lost.append(f"no daily came to {', '.join(missing)}")

    async def _settle(self) -> None:
        """Until the bot has had time for everything that is left."""
        for _ in range(3):
            await self.box.post("/people/clock", {"advance_seconds": 60})
            await asyncio.sleep(0.5)


def next_daily(after: datetime, zone: ZoneInfo) -> datetime:
    """The first moment after that one at which the clock there shows the hour."""
    day = after.astimezone(zone).date()
    while (moment := datetime.combine(day, HOUR, zone).astimezone(UTC)) <= after:
        day += timedelta(days=1)
    return moment
