"""Short ways to what a learner remembers and was asked, which come to the same as the long ones."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from interview.asking import Purpose
from interview.card import Card
from interview.rating import Rating
from storage import asked_days, askings, cards, learners, statistics
from storage.database import Database, Transaction
from tests.storage.learner import make_learner

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = date(2026, 11, 20)
CARD = Card(9.5, 5.25, TODAY + timedelta(days=3), TODAY - timedelta(days=2), 5, 2, 1)


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with await Database.open(tmp_path / "bot.db") as database, database.transaction() as tx:
        for learner_id in (1, 2):
            await learners.put(tx, make_learner(learner_id, NOW))
        yield tx


async def _asked(tx: Transaction, question_id: str, *, ago: int, rating: Rating | None = None) -> None:
    at = NOW - timedelta(days=ago)
    asking = await askings.add(
        tx,
        1,
        question_id,
        Purpose.PRACTICE,
        because="",
        study_day=at.date(),
        now=NOW - timedelta(hours=ago % 7),
    )
    assert asking is not None
    if rating is not None:
        await askings.mark_rated(tx, asking.id, rating, now=at, study_day=at.date())


async def test_all_cards_of_a_learner_are_what_each_is_by_itself(tx: Transaction) -> None:
    other = replace(CARD, due=TODAY)
    await cards.put(tx, 1, "llm/rag", CARD)
    await cards.put(tx, 1, "metrics/roc", other)
    await cards.put(tx, 2, "mlops/drift", CARD)

    found = await cards.of_learner(tx, 1)

    assert "llm/rag" in found
    assert found == {"llm/rag": CARD, "metrics/roc": other}
    assert found["llm/rag"] is found["llm/rag"]
    assert len(found) == 2
    assert "mlops/drift" not in found
    assert found.get("mlops/drift") is None
    assert [question_id for question_id, card in found.items() if card.due <= TODAY] == ["metrics/roc"]


async def test_a_question_was_last_seen_on_the_newest_of_its_days(tx: Transaction) -> None:
    for question_id, ago in (("llm/rag", 1), ("metrics/roc", 9), ("llm/rag", 8), ("metrics/roc", 3)):
        await _asked(tx, question_id, ago=ago)

    assert await asked_days.last_seen(tx, 1) == {
        "llm/rag": TODAY - timedelta(days=1),
        "metrics/roc": TODAY - timedelta(days=3),
    }
    assert await asked_days.last_seen(tx, 2) == {}


async def test_what_was_recalled_is_what_the_ratings_say(tx: Transaction) -> None:
    for ago, rating in enumerate(Rating):
        await _asked(tx, f"llm/{ago}", ago=ago, rating=rating)
    await _asked(tx, "llm/open", ago=0)
    since = TODAY - timedelta(days=2)

    found = await statistics.recalled(tx, 1, since)

    long = await statistics.ratings(tx, 1, since)
    assert sorted(found) == sorted((each.question_id, each.rating, each.study_day) for each in long)
    assert len(found) == 3
    assert all(isinstance(rating, Rating) for _, rating, _ in found)


async def test_a_plan_changes_when_a_learner_is_asked_and_nothing_else(tx: Transaction) -> None:
    written = replace(make_learner(1, NOW), awaiting="a name", awaiting_until=NOW, streak_goal=7)
    await learners.put(tx, written)
    planned = replace(
        written,
        last_daily_on=TODAY,
        last_active_on=TODAY - timedelta(days=1),
        paused_until=TODAY + timedelta(days=2),
        next_daily_at=NOW + timedelta(days=1),
        next_reminder_at=NOW + timedelta(hours=11),
    )

    await learners.put_plan(tx, replace(planned, awaiting=None, streak_goal=30))

    assert await learners.get(tx, 1) == planned
    assert await learners.get(tx, 2) == make_learner(2, NOW)


async def test_the_last_question_is_the_one_that_was_put_last(tx: Transaction) -> None:
    assert await askings.last_question(tx, 1) is None
    await _asked(tx, "llm/rag", ago=0)
    await _asked(tx, "metrics/roc", ago=3)

    assert await askings.last_question(tx, 1) == "llm/rag"
