# ruff: noqa: ASYNC240 these files are a few pages long
import asyncio
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import backup, inbox
from storage.claim import is_taken
from storage.database import MIGRATIONS, Database, Unusable
from storage.inbox import Arrival
from storage.inspection import inspect
from storage.restoring import Restored, restore

NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "coach.sqlite3"


async def write(path: Path, *updates: int) -> None:
    async with await Database.open(path) as database, database.transaction() as tx:
        await inbox.add_many(tx, [Arrival(update, 5, "{}") for update in updates], NOW)


async def backed_up(path: Path) -> Path:
    await write(path, 1)
    return (await asyncio.to_thread(backup.make, path, path.parent / "backups", NOW)).path


def updates_in(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT update_id FROM inbox ORDER BY 1")]


def put(file: Path, path: Path) -> Restored:
    return restore(file, path, NOW, MIGRATIONS)


def refused(file: Path, path: Path) -> str:
    with pytest.raises(Unusable) as why:
        put(file, path)
    return str(why.value)


async def test_a_backup_takes_the_place_and_what_was_there_is_kept(path: Path) -> None:
    file = await backed_up(path)
    await write(path, 2)

    restored = put(file, path)

    assert restored.kept == path.with_name("coach.replaced-20260318T120000Z.sqlite3")
    assert updates_in(restored.kept) == [1, 2]
    async with await Database.open(path) as database, database.transaction() as tx:
        assert [each.update_id for each in await inbox.unfinished(tx)] == [1]
    assert file.exists()


async def test_what_was_killed_in_the_midst_is_kept_with_its_log(path: Path) -> None:
    file = await backed_up(path)
    await write(path, 2)
    killed = path.with_name("killed")
    killed.mkdir()
    async with await Database.open(path) as database:
        async with database.transaction() as tx:
            await inbox.add_many(tx, [Arrival(3, 5, "{}")], NOW)
        for ending in ("", "-wal"):
            shutil.copy(path.with_name(path.name + ending), killed)
    there = killed / path.name
    assert (killed / f"{path.name}-wal").stat().st_size > 0

    restored = put(file, there)

    assert restored.kept is not None
    assert updates_in(restored.kept) == [1, 2, 3]
    assert updates_in(there) == [1]


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
async def test_the_log_of_a_database_that_is_gone_is_not_taken_for_the_new_ones(
    path: Path, ending: str
) -> None:
    file = await backed_up(path)
    moved = path.with_name("moved")
    moved.mkdir()
    log = moved / f"{path.name}{ending}"
    async with await Database.open(path) as database:
        async with database.transaction() as tx:
            await inbox.add_many(tx, [Arrival(2, 5, "{}")], NOW)
        shutil.copy(path.with_name(f"{path.name}-wal"), log)

    restored = put(file, moved / path.name)

    assert updates_in(moved / path.name) == [1]
    assert restored.kept == moved / f"coach.replaced-20260318T120000Z.sqlite3{ending}"
    assert restored.kept.stat().st_size > 0
    assert not log.exists()


async def test_a_damaged_database_is_kept_as_it_is_with_its_log(path: Path) -> None:
    file = await backed_up(path)
    path.write_bytes(b"nothing that SQLite knows" * 1_000)
    log = path.with_name(path.name + "-wal")
    log.write_bytes(b"a log")

    restored = put(file, path)

    assert restored.kept is not None
    assert restored.kept.read_bytes() == b"nothing that SQLite knows" * 1_000
    assert restored.kept.with_name(restored.kept.name + "-wal").read_bytes() == b"a log"
    assert not log.exists()
    assert updates_in(path) == [1]


async def test_where_there_was_nothing_nothing_is_kept(path: Path, tmp_path: Path) -> None:
    file = await backed_up(path)

    restored = put(file, tmp_path / "new.sqlite3")

    assert restored.kept is None
    assert updates_in(tmp_path / "new.sqlite3") == [1]
    assert restored.inspection.newest_at == NOW
    assert restored.inspection.unfinished == 1


async def test_it_is_refused_while_a_bot_runs_on_the_database(path: Path) -> None:
    file = await backed_up(path)
    assert not is_taken(path)
    async with await Database.open(path):
        assert is_taken(path)
        said = refused(file, path)

    assert "Another bot is running" in said
    assert not is_taken(path)
    assert not list(path.parent.glob("*.replaced-*"))


async def test_it_is_refused_while_another_program_writes(path: Path) -> None:
    file = await backed_up(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        assert "is in use by another program" in refused(file, path)
    assert updates_in(path) == [1]


async def test_a_damaged_backup_is_refused_and_nothing_has_changed(path: Path) -> None:
    file = await backed_up(path)
    before = path.read_bytes()
    sound = file.read_bytes()
    file.write_bytes(sound[: len(sound) // 2])

    assert "is damaged, and nothing was changed: name another backup." in refused(file, path)
    assert path.read_bytes() == before


async def test_a_newer_backup_is_refused(path: Path) -> None:
    file = await backed_up(path)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")

    assert "newer version of this bot (schema 99" in refused(file, path)


async def test_other_files_are_refused(path: Path, tmp_path: Path) -> None:
    file = await backed_up(path)
    before = path.read_bytes()
    strange = tmp_path / "strange.sqlite3"
    with closing(sqlite3.connect(strange)) as connection:
        connection.execute("CREATE TABLE inbox (update_id INTEGER)")
        connection.commit()
    text = tmp_path / "diary.txt"
    text.write_text("Dear diary, " * 100)

    assert "no database of this bot" in refused(strange, path)
    assert refused(text, path) == f"{text} is not a database, and nothing was changed: name a backup."
    assert "There is no file" in refused(tmp_path / "nowhere", path)
    assert "There is no file" in refused(tmp_path, path)
    assert "is the database itself" in refused(path, path)
    assert "does not exist: make it" in refused(file, tmp_path / "nowhere" / "coach.sqlite3")
    assert "is a folder" in refused(file, tmp_path)
    assert path.read_bytes() == before


async def test_without_room_for_it_nothing_has_changed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    file = await backed_up(path)
    await write(path, 2)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, hard))
    try:
        said = refused(file, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert said.endswith(".")
    assert updates_in(path) == [1, 2]
    assert not list(path.parent.glob(".*"))
    assert not list(path.parent.glob("*.replaced-*"))


async def test_it_stays_the_property_of_whom_the_old_one_belongs_to(path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    file = await backed_up(path)
    path.chmod(0o640)
    os.chown(path, 65_534, 65_534)

    put(file, path)

    assert (path.stat().st_uid, path.stat().st_gid, path.stat().st_mode & 0o777) == (65_534, 65_534, 0o640)


async def test_the_lock_and_the_folder_of_copies_are_of_whom_the_database_belongs_to(path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    file = await backed_up(path)
    theirs = path.parent / "theirs"
    theirs.mkdir()
    os.chown(theirs, 65_534, 65_534)
    there = theirs / "coach.sqlite3"

    put(file, there)
    made = await asyncio.to_thread(backup.make, there, theirs / "backups", NOW)

    assert {each.name: each.stat().st_uid for each in theirs.iterdir()} == {
        "coach.sqlite3": 65_534,
        "coach.sqlite3.lock": 65_534,
        "backups": 65_534,
    }
    assert made.path.stat().st_uid == 65_534


async def test_a_look_leaves_no_trace_and_tells_what_there_is(path: Path) -> None:
    async with await Database.open(path) as database:
        async with database.transaction() as tx:
            await inbox.add_many(tx, [Arrival(n, 5, "{}") for n in (1, 2, 3)], NOW)
            await inbox.mark_done(tx, [1], NOW)
            await inbox.set_aside(tx, 2, NOW)
            await inbox.add_many(tx, [Arrival(4, 5, "{}")], NOW + timedelta(hours=1))
        seen = inspect(path, MIGRATIONS)
    before = sorted(file.name for file in path.parent.iterdir())

    assert (seen.unfinished, seen.set_aside, seen.learners) == (2, 1, 0)
    assert (seen.waiting_since, seen.newest_at) == (NOW, NOW + timedelta(hours=1))
    assert inspect(path, MIGRATIONS).unfinished == 2
    assert sorted(file.name for file in path.parent.iterdir()) == before
