"""Who is to have a broadcast, and who has had it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storage import broadcasts, learners
from storage.broadcasts import Progress
from storage.database import Database

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ADD = "INSERT INTO learners (id, zone, joined_at) VALUES (?, 'UTC', 0)"


@pytest.fixture
async def db(tmp_path):
    async with await Database.open(tmp_path / "coach.sqlite3") as database:
        async with database.transaction() as tx:
            await tx.many(ADD, [(1,), (2,), (3,)])
            await learners.put(tx, replace(await learners.get(tx, 3), unreachable_at=NOW))
        yield database


async def test_recipients_come_one_after_the_other_and_each_once(db):
    async with db.transaction() as tx:
        draft = await broadcasts.add(tx, 1, 7, "Hello", NOW)
        assert await broadcasts.reachable(tx) == 2
        await broadcasts.confirm(tx, draft.id, NOW)

        seen = []
        assert await broadcasts.next_recipients(tx, draft.id, 5) == [1, 2]
        while left := await broadcasts.next_recipients(tx, draft.id, 1):
            [learner_id] = left
            seen.append(learner_id)
            await broadcasts.mark_done(tx, draft.id, learner_id, reached=learner_id == 1, now=NOW)

        assert seen == [1, 2]
        assert await broadcasts.progress(tx, draft.id) == Progress(2, 1, 1)


async def test_one_that_is_stopped_has_no_next_recipient(db):
    async with db.transaction() as tx:
        draft = await broadcasts.add(tx, 1, 7, "Hello", NOW)
        await broadcasts.confirm(tx, draft.id, NOW)
        await broadcasts.mark_ended(tx, draft.id, NOW)
        await broadcasts.rest(tx, draft.id, NOW + timedelta(seconds=1))

        assert await broadcasts.next_recipients(tx, draft.id, 5) == []
        assert await broadcasts.next_at(tx) is None


async def test_nothing_is_due_before_its_second(db):
    async with db.transaction() as tx:
        draft = await broadcasts.add(tx, 1, 7, "Hello", NOW)
        assert await broadcasts.due(tx, NOW) is None
        await broadcasts.confirm(tx, draft.id, NOW)
        await broadcasts.rest(tx, draft.id, NOW + timedelta(seconds=1))

        assert await broadcasts.due(tx, NOW) is None
        due = await broadcasts.due(tx, NOW + timedelta(seconds=1))
        assert due is not None
        assert due.id == draft.id


async def test_a_learner_who_is_forgotten_is_no_recipient_any_more(db):
    async with db.transaction() as tx:
        draft = await broadcasts.add(tx, 1, 7, "Hello", NOW)
        await broadcasts.confirm(tx, draft.id, NOW)
        await learners.remove(tx, 2)

        assert await broadcasts.progress(tx, draft.id) == Progress(1, 0, 0)
