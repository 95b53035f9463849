"""A group that becomes a supergroup keeps what it had, whichever of the two ids was heard of first."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from interview.group import WhoMayStart
from storage import groups
from storage.database import Database, Transaction

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
OLD, NEW = -100, -200


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with await Database.open(tmp_path / "bot.db") as database, database.transaction() as tx:
        yield tx


async def chosen(tx: Transaction, group_id: int, at: datetime) -> None:
    """A group that was welcomed then and has settings of its own."""
    group = await groups.meet(tx, group_id, "Study group", at)
    await groups.put(tx, replace(group, who_may_start=WhoMayStart.ADMINS, welcomed_at=at))


@pytest.mark.parametrize("later", [timedelta(), timedelta(minutes=5)])
async def test_what_was_met_meanwhile_in_the_new_place_joins_the_old(tx, later):
    await chosen(tx, OLD, NOW)
    await groups.meet(tx, NEW, "Study group", NOW + later)

    await groups.migrate(tx, OLD, NEW)

    group = await groups.get(tx, NEW)
    assert (group.who_may_start, group.welcomed_at) == (WhoMayStart.ADMINS, NOW)
    assert await groups.find(tx, OLD) is None


@pytest.mark.parametrize("later", [timedelta(), timedelta(minutes=5)])
async def test_the_old_place_met_anew_after_the_move_takes_nothing_away(tx, later):
    await chosen(tx, OLD, NOW)
    await groups.migrate(tx, OLD, NEW)
    await groups.meet(tx, OLD, "Study group", NOW + later)

    await groups.migrate(tx, OLD, NEW)

    group = await groups.get(tx, NEW)
    assert (group.who_may_start, group.welcomed_at) == (WhoMayStart.ADMINS, NOW)
    assert await groups.find(tx, OLD) is None
