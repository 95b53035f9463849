"""A database of an older version is kept as it was before it is brought up to date."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from bot.operator.backups import Plan, before_migrating
from storage import backup
from storage.database import MIGRATIONS, Database, Unusable
from storage.migrating import prepare

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
OLD = 5


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return Plan(tmp_path / "backups", 7, 4)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database with somebody in it, as an older version left it."""
    steps = tmp_path / "migrations"
    steps.mkdir()
    for file in sorted(MIGRATIONS.glob("*.sql"))[:OLD]:
        shutil.copy(file, steps)
    path = tmp_path / "coach.sqlite3"
    prepare(path, steps)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO learners (id, zone, joined_at) VALUES (7, 'UTC', 0)")
    return path


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT id FROM learners").fetchall() == [(7,)]
        found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


async def start(path: Path, plan: Plan) -> None:
    await (await Database.open(path, save=partial(before_migrating, path, plan, NOW))).close()


async def test_what_it_was_is_kept_among_the_backups_and_said(
    old: Path, plan: Plan, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await start(old, plan)

    [kept] = backup.found(old, plan.folder)
    assert version(kept.path) == OLD
    assert version(old) == len(list(MIGRATIONS.glob("*.sql")))
    assert f"as it was it is kept in {kept.path}" in caplog.text


async def test_where_nothing_changes_nothing_is_copied(tmp_path: Path, old: Path, plan: Plan) -> None:
    await start(old, plan)
    shutil.rmtree(plan.folder)

    await start(old, plan)
    await start(tmp_path / "new.sqlite3", plan)

    assert not plan.folder.exists()


async def test_without_room_for_a_copy_the_start_ends_with_a_sentence_and_nothing_is_changed(
    old: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.backup.SPARE_BYTES", 10**18)

    with pytest.raises(
        Unusable, match=r"is backed up, and there is no room for a backup in .*: make some, or let"
    ):
        await start(old, plan)

    assert version(old) == OLD
    assert backup.found(old, plan.folder) == []
