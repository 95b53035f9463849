# ruff: noqa: ASYNC240 these files are a few pages long
import asyncio
import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import backup, inbox
from storage.backup import BackupFailed, Stopped
from storage.database import Database
from storage.inbox import Arrival

NOW = datetime(2026, 3, 18, 3, 30, 7, 500_000, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "coach.sqlite3"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


async def write(database: Database, *updates: int) -> None:
    arrivals = [Arrival(update, 5, "x" * 3_000) for update in updates]
    async with database.transaction() as tx:
        await inbox.add_many(tx, arrivals, NOW)


def updates_in(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [row[0] for row in connection.execute("SELECT update_id FROM inbox ORDER BY 1")]


async def test_a_copy_holds_all_that_was_written_and_is_one_file(path: Path, folder: Path) -> None:
    async with await Database.open(path) as database:
        await write(database, 1, 2, 3)
        made = await asyncio.to_thread(backup.make, path, folder, NOW)

        assert made.path == folder / "coach-20260318T033007Z.sqlite3"
        assert made.made_at == NOW.replace(microsecond=0)
        assert made.size == made.path.stat().st_size
        assert list(folder.iterdir()) == [made.path]
        assert updates_in(made.path) == [1, 2, 3]


async def test_what_is_written_meanwhile_neither_waits_nor_shows(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.backup.PAGES", 1)
    monkeypatch.setattr("storage.backup.BREATH", 0)
    async with await Database.open(path) as database:
        await write(database, *range(100))
        portions = 0
        waiting = asyncio.Event()
        loop = asyncio.get_running_loop()

        def counted() -> bool:
            nonlocal portions
            portions += 1
            if portions % 20 == 1:
                asyncio.run_coroutine_threadsafe(write(database, 1_000 + portions), loop).result(10)
            loop.call_soon_threadsafe(waiting.set)
            return portions > 5_000  # it begins anew for ever

        copying = asyncio.create_task(asyncio.to_thread(backup.make, path, folder, NOW, stopped=counted))
        await asyncio.wait_for(waiting.wait(), 10)
        made = await copying

        assert updates_in(made.path) == list(range(100))
        assert len(updates_in(path)) > 105
        # each page once: nothing began anew because something was written
        assert portions == made.size / 4096


async def test_one_that_is_stopped_leaves_nothing(path: Path, folder: Path) -> None:
    async with await Database.open(path) as database:
        await write(database, 1)
        with pytest.raises(Stopped):
            await asyncio.to_thread(backup.make, path, folder, NOW, stopped=lambda: True)

    assert list(folder.iterdir()) == []


async def test_what_a_killed_process_left_is_swept_up_a_day_later(path: Path, folder: Path) -> None:
    folder.mkdir()
    old = folder / ".coach-20260317T033000Z.sqlite3.part"
    young = folder / ".coach-20260318T033000Z.sqlite3.part"
    strange = folder / ".other-20200317T033000Z.sqlite3.part"
    for file in (old, young, strange):
        file.touch()
    await (await Database.open(path)).close()

    backup.make(path, folder, NOW)

    assert not old.exists()
    assert young.exists()
    assert strange.exists()


async def test_only_backups_of_this_database_are_found_and_rotated(path: Path, folder: Path) -> None:
    folder.mkdir()
    nights = [NOW.replace(microsecond=0) - timedelta(days=day) for day in range(40)]
    for night in nights:
        (folder / f"coach-{night:%Y%m%dT%H%M%SZ}.sqlite3").touch()
    others = [
        "notes.txt",
        "coach.sqlite3",
        "coach-20260101T000000Z.sqlite3.bak",
        "other-20200101T000000Z.sqlite3",
    ]
    others += ["coach-20269999T000000Z.sqlite3"]
    for name in others:
        (folder / name).touch()

    assert [each.made_at for each in backup.found(path, folder)] == nights
    gone = backup.rotate(path, folder, NOW, days=7, weeks=4)

    assert len(gone) == 40 - 9
    assert len(backup.found(path, folder)) == 9
    assert all((folder / name).exists() for name in others)


def test_no_folder_holds_no_backups(path: Path, folder: Path) -> None:
    assert backup.found(path, folder) == []


async def why_not(path: Path, folder: Path) -> str:
    with pytest.raises(BackupFailed) as failed:
        backup.make(path, folder, NOW)
    text = str(failed.value)
    assert text.endswith(".")
    assert "\n" not in text
    assert not folder.is_dir() or not any(".part" in file.name for file in folder.iterdir())
    return text


async def test_a_folder_that_is_a_file_is_told(path: Path, folder: Path) -> None:
    await (await Database.open(path)).close()
    folder.touch()

    assert f"No backup can be written to {folder} (File exists)" in await why_not(path, folder)


async def test_no_room_is_told_before_anything_is_written(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await (await Database.open(path)).close()
    monkeypatch.setattr("storage.backup.SPARE_BYTES", 10**18)

    assert f"There is no room for a backup in {folder}: make some" in await why_not(path, folder)


async def test_no_room_half_way_is_told(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await (await Database.open(path)).close()

    with small_files():
        assert "No backup of" in await why_not(path, folder)


@contextmanager
def small_files() -> Iterator[None]:
    """Where no file may grow beyond a few pages, as on a disk that is all but full."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_database_that_is_damaged_is_told_and_the_copy_thrown_away(path: Path, folder: Path) -> None:
    async with await Database.open(path) as database:
        await write(database, *range(200))
    sound = path.read_bytes()
    middle = len(sound) // 2
    path.write_bytes(sound[:middle] + b"?" * 50_000 + sound[middle + 50_000 :])

    assert "damaged" in await why_not(path, folder)
    assert list(folder.iterdir()) == []


async def test_what_is_no_database_of_this_bot_is_not_called_a_backup(path: Path, folder: Path) -> None:
    path.touch()
    assert "is no database of this bot" in await why_not(path, folder)

    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE a (b)")
    connection.close()
    assert "is no database of this bot" in await why_not(path, folder)

    path.write_text("Dear diary, " * 1_000)
    assert "is not a database: see what DATABASE_PATH says" in await why_not(path, folder)
    assert list(folder.iterdir()) == []


async def test_a_missing_database_is_told_and_not_made(path: Path, folder: Path) -> None:
    assert "No backup of" in await why_not(path, folder)
    assert not path.exists()


async def test_a_copy_may_be_read_by_whom_the_database_may(path: Path, folder: Path) -> None:
    await (await Database.open(path)).close()
    path.chmod(0o600)

    made = backup.make(path, folder, NOW)

    assert made.path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


async def test_what_was_deleted_is_not_in_a_copy(path: Path, folder: Path) -> None:
    async with await Database.open(path) as database:
        async with database.transaction() as tx:
            await inbox.add_many(tx, [Arrival(n, 5, "my secret words " * 300) for n in range(50)], NOW)
        async with database.transaction() as tx:
            await inbox.mark_done(tx, range(50), NOW)

        made = await asyncio.to_thread(backup.make, path, folder, NOW)

    assert b"secret" not in made.path.read_bytes()


@pytest.mark.parametrize(
    "error, words",
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "There is no room"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS)), "Read-only file system"),
        (sqlite3.OperationalError("odd"), "run `python -m bot doctor`"),
    ],
)
def test_every_failure_says_what_to_do(path: Path, folder: Path, error: OSError, words: str) -> None:
    with pytest.raises(BackupFailed, match=words), backup._told(path, folder):
        raise error
