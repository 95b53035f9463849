"""A thousand learners' days through the rules and the tables alone: claimed in batches, asked, rated, recounted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from interview import spacing
from interview.asking import Asking, Purpose
from interview.day import jumped, study_day
from interview.learner import Learner
from interview.question import Level
from interview.rating import Rating
from interview.roles import Role
from interview.streak import reckon
from storage import asked_days, askings, cards, kept_days, learners, reviews
from storage.database import Database, Transaction
from storage.reviews import Review
from tests.simulate.oracle import Life
from tests.simulate.people import HOURS, ZONES
from tests.simulate.result import Result

BEGIN = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
BEAT = timedelta(hours=1)
BATCH = 100
MOVES = 1 / 2_000  # of the beats a learner moves in
QUESTIONS = 40
RATES = 0.4
MESSAGE = 7


@dataclass
class Rooms:
    """The tables, and beside them what the oracle knows."""

    db: Database
    chance: Random
    lives: dict[int, Life] = field(default_factory=dict)
    owed: dict[int, list[str]] = field(default_factory=dict)
    dailies: int = 0
    rated: int = 0

    async def begin(self, count: int) -> None:
        """So many learners, over all zones and hours, who had their first daily today."""
        async with self.db.transaction() as tx:
            for number in range(1, count + 1):
                zone, hour = ZoneInfo(ZONES[number % len(ZONES)]), HOURS[number % len(HOURS)]
                learner = _learner(number, zone).asked(study_day(BEGIN, zone))
                learner = replace(learner, daily_time=hour)
                await learners.put(tx, replace(learner, next_daily_at=learner.daily_after(BEGIN)))
                life = Life(zone, hour)
                life.had, life.since = life.today(BEGIN), BEGIN
                self.lives[number] = life
                self.owed[number] = []

    async def beat(self, now: datetime) -> None:
        """All dailies that are due, a batch a transaction; many are answered at once. Now and then somebody moves."""
        claimed = BATCH
        while claimed == BATCH:
            async with self.db.transaction() as tx:
                due = await learners.due_for_daily(tx, now, BATCH)
                for learner in due:
                    await self._ask(tx, learner, now)
                claimed = len(due)
                if claimed < BATCH:
                    await self._moves(tx, now)
            self.dailies += claimed

    async def _moves(self, tx: Transaction, now: datetime) -> None:
        for number in self.lives:
            if self.chance.random() < MOVES:
                await self._move(tx, number, now)

    async def _ask(self, tx: Transaction, learner: Learner, now: datetime) -> None:
        assert learner.next_daily_at is not None
        day = study_day(learner.next_daily_at, learner.zone)
        question = f"topic/question-{self.chance.randrange(QUESTIONS)}"
        asking = await askings.add(
            tx, learner.id, question, Purpose.DAILY, because="", study_day=day, now=now, slot=0
        )
        learner = replace(learner.asked(day), last_active_on=learner.today(now))
        following, reminder = learner.daily_after(now), learner.reminder_after(now)
        await learners.put(tx, replace(learner, next_daily_at=following, next_reminder_at=reminder))
        if asking is None:
            raise AssertionError(f"{learner.id} would have had two dailies on {day}")
        await askings.mark_sent(tx, asking.id, MESSAGE, now)
        if self.chance.random() < RATES:
            await self._rate(tx, learner, asking, now)

    async def _rate(self, tx: Transaction, learner: Learner, asking: Asking, now: datetime) -> None:
        today, rating = learner.today(now), Rating(self.chance.choice((1, 2, 3, 3, 4)))
        before = await cards.find(tx, learner.id, asking.question_id)
        card = spacing.review(before, rating, today, key=f"{learner.id}:{asking.question_id}")
        await cards.put(tx, learner.id, asking.question_id, card)
        await askings.mark_rated(tx, asking.id, rating, now=now, study_day=today)
        line = Review(learner.id, asking.question_id, asking.id, rating, today, now, before)
        await reviews.add(tx, line)
        life = self.lives[learner.id]
        life.rated.add(life.today(now))
        self.rated += 1

    async def _move(self, tx: Transaction, number: int, now: datetime) -> None:
        zone = ZoneInfo(self.chance.choice(ZONES))
        self._owe(number, now)
        learner = await learners.get(tx, number)
        await kept_days.add_jumped(tx, number, jumped(now, learner.zone, zone))
        learner = replace(learner, zone=zone)
        await learners.put(tx, replace(learner, next_daily_at=learner.daily_from(now)))
        owed = self.lives[number].moves(now, zone)
        self.owed[number] += [owed.day.isoformat()] if owed is not None else []

    def _owe(self, number: int, now: datetime) -> None:
        self.owed[number] += [owed.day.isoformat() for owed in self.lives[number].owed_until(now)]

    async def wrong(self, now: datetime) -> list[str]:
        """Who had other dailies than were owed, or another streak than the recount."""
        found = []
        async with self.db.transaction() as tx:
            for number, life in self.lives.items():
                self._owe(number, now)
                rows = await tx.all(
                    "SELECT study_day FROM askings WHERE learner_id = ? AND slot = 0 ORDER BY id", (number,)
                )
                had = [row["study_day"] for row in rows]
                if had != self.owed[number]:
                    odd = sorted(set(had) ^ set(self.owed[number]))
                    found.append(f"learner {number} in {life.zone}: {len(had)} dailies, odd are {odd[:8]}")
                streak = reckon(
                    await asked_days.rated_days(tx, number),
                    life.today(now),
                    await kept_days.of_learner(tx, number),
                )
                if (streak.length, streak.freezes) != life.streak(now):
                    found.append(f"learner {number}: {streak} is not {life.streak(now)}")
        return found


async def simulate_rooms(
    database: Path, count: int, days: int, seed: int, tell: Callable[[str], None] = lambda said: None
) -> Result:
    """So many learners for so many days; what was wrong is in the result."""
    async with await Database.open(database) as db:
        rooms = Rooms(db, Random(seed))
        await rooms.begin(count)
        now = BEGIN
        for number in range(days * (timedelta(days=1) // BEAT)):
            now += BEAT
            await rooms.beat(now)
            if number % 1_200 == 1_199:
                tell(f"{now:%Y-%m-%d}: {rooms.dailies} dailies, {rooms.rated} ratings")
        counts = {"learners": count, "dailies": rooms.dailies, "ratings": rooms.rated}
        return Result(counts, await rooms.wrong(now))


def _learner(number: int, zone: ZoneInfo) -> Learner:
    return Learner(
        id=number,
        language="en",
        zone=zone,
        zone_chosen=True,
        daily_time=HOURS[0],
        role=Role.EVERYTHING,
        topics=(),
        level=Level.MIDDLE,
        joined_at=BEGIN,
        setup_step=None,
        setup_message_id=None,
        awaiting=None,
        awaiting_until=None,
        last_daily_on=None,
        next_daily_at=None,
        unreachable_at=None,
        last_active_on=study_day(BEGIN, zone),
    )
