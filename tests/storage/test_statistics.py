from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from interview.asking import Purpose
from interview.rating import Rating
from storage import askings, learners, statistics
from storage.database import Database, Transaction
from tests.storage.learner import make_learner

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with await Database.open(tmp_path / "bot.db") as database, database.transaction() as tx:
        for learner_id in (1, 2):
            await learners.put(tx, make_learner(learner_id, NOW))
        yield tx


async def put(
    tx: Transaction, learner_id: int, *, ago: int, rating: Rating | None, shown: bool = True
) -> int:
    at = NOW - timedelta(days=ago)
    asking = await askings.add(
        tx, learner_id, "llm/rag", Purpose.PRACTICE, because="", study_day=at.date(), now=at
    )
    assert asking is not None
    if shown:
        await askings.mark_shown(tx, asking.id, at)
    if rating is not None:
        await askings.mark_rated(tx, asking.id, rating, now=at, study_day=at.date())
    return asking.id


async def test_ratings_are_the_learners_own_from_that_day_on_the_oldest_first(tx: Transaction) -> None:
    for ago in (0, 3, 4):
        await put(tx, 1, ago=ago, rating=Rating(ago or 1))
    await put(tx, 2, ago=1, rating=Rating.EASY)
    await put(tx, 1, ago=1, rating=None)

    found = await statistics.ratings(tx, 1, TODAY - timedelta(days=3))

    assert [(each.rating, each.study_day) for each in found] == [
        (Rating.GOOD, date(2026, 11, 17)),
        (Rating.AGAIN, TODAY),
    ]
    assert found[1].rated_at == NOW
    assert await statistics.count_ratings(tx, 1) == 3


async def test_a_rating_that_was_taken_back_counts_nowhere(tx: Transaction) -> None:
    asking_id = await put(tx, 1, ago=0, rating=Rating.GOOD)

    await askings.mark_unrated(tx, asking_id)

    assert await statistics.ratings(tx, 1, TODAY) == []
    assert await statistics.count_ratings(tx, 1) == 0


async def test_answered_are_those_shown_last_shown_first_in_pages(tx: Transaction) -> None:
    old, new = await put(tx, 1, ago=5, rating=Rating.GOOD), await put(tx, 1, ago=1, rating=None)
    await put(tx, 1, ago=0, rating=None, shown=False)
    await put(tx, 2, ago=0, rating=Rating.GOOD)
    oldest = await put(tx, 1, ago=9, rating=Rating.HARD)

    assert await statistics.answered(tx, 1, limit=10) == [new, old, oldest]
    assert await statistics.answered(tx, 1, limit=1, offset=1) == [old]


async def test_no_question_about_one_learner_reads_the_others(tx: Transaction, monkeypatch) -> None:
    plans: list[str] = []
    ask = Transaction.all

    async def explained(self: Transaction, sql: str, parameters=()):
        plans.extend(row["detail"] for row in await ask(self, f"EXPLAIN QUERY PLAN {sql}", parameters))
        return await ask(self, sql, parameters)

    monkeypatch.setattr(Transaction, "all", explained)
    await statistics.ratings(tx, 1, TODAY)
    await statistics.count_ratings(tx, 1)
    await statistics.answered(tx, 1, limit=5)

    steps = [plan for plan in plans if "askings" in plan]
    assert len(steps) == 3
    assert all(plan.startswith("SEARCH askings USING") and "learner_id=?" in plan for plan in steps)
