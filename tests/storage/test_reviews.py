"""Mistakes as the log tells them, what was undone left out."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from interview.asking import Purpose
from interview.rating import Rating
from storage import askings, learners, reviews
from storage.database import Database, Transaction
from storage.reviews import Review
from tests.storage.learner import make_learner

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = date(2026, 11, 20)
MISSED, GOT_IT = Rating.AGAIN, Rating.GOOD


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with await Database.open(tmp_path / "bot.db") as database, database.transaction() as tx:
        for learner_id in (1, 2):
            await learners.put(tx, make_learner(learner_id, NOW))
        yield tx


async def test_nothing_rated_is_no_mistake(tx):
    assert await reviews.mistakes(tx, 1) == ()


async def test_what_was_missed_and_undone_is_no_mistake(tx):
    line = await _rated(tx, "llm/rag", MISSED)
    assert await reviews.mistakes(tx, 1) == ("llm/rag",)

    await reviews.add_undone(tx, line)
    assert await reviews.mistakes(tx, 1) == ()

    await reviews.add(tx, line)
    assert await reviews.mistakes(tx, 1) == ("llm/rag",)


async def test_a_recall_that_was_undone_does_not_count(tx):
    await _rated(tx, "llm/rag", MISSED)
    await _rated(tx, "llm/rag", GOT_IT)
    second = await _rated(tx, "llm/rag", GOT_IT)
    assert await reviews.mistakes(tx, 1) == ()

    await reviews.add_undone(tx, second)

    assert await reviews.mistakes(tx, 1) == ("llm/rag",)


async def test_everybody_has_their_own(tx):
    await _rated(tx, "llm/rag", MISSED)
    await _rated(tx, "metrics/roc", MISSED, learner_id=2)

    assert await reviews.mistakes(tx, 1) == ("llm/rag",)
    assert await reviews.mistakes(tx, 2) == ("metrics/roc",)


async def test_older_ratings_that_came_in_later_are_older_all_the_same(tx):
    await _rated(tx, "llm/rag", MISSED)
    for days in (3, 2):
        await _rated(tx, "llm/rag", GOT_IT, ago=days)

    assert await reviews.mistakes(tx, 1) == ("llm/rag",)


async def _rated(
    tx: Transaction, question_id: str, rating: Rating, *, learner_id: int = 1, ago: int = 0
) -> Review:
    at = NOW - timedelta(days=ago)
    asking = await askings.add(
        tx, learner_id, question_id, Purpose.PRACTICE, because="", study_day=at.date(), now=at
    )
    assert asking is not None
    line = Review(learner_id, question_id, asking.id, rating, at.date(), at, None)
    await reviews.add(tx, line)
    return line
