from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from bot.config import Settings
from bot.operator.by_hand import back_up
from storage.backup import found
from storage.database import Database

NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)


async def test_a_copy_that_this_version_could_not_restore_is_made_and_said_to_be_so(tmp_path: Path) -> None:
    settings = Settings(database_path=tmp_path / "coach.sqlite3", _env_file=None)
    await (await Database.open(settings.database_path)).close()
    assert (await asyncio.to_thread(back_up, settings, NOW)).endswith(" MB).")

    with sqlite3.connect(settings.database_path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    said = await asyncio.to_thread(back_up, settings, NOW)

    assert "of a newer version of this bot (schema 999), and only that can restore it." in said
    assert len(found(settings.database_path, settings.backups)) == 1
