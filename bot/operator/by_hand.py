"""`python -m bot backup` and `python -m bot restore`: what an operator does at the machine itself."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.config import Settings
from storage import backup
from storage.backup import BackupFailed
from storage.database import MIGRATIONS
from storage.inspection import newest_schema, schema_of
from storage.restoring import Restored
from storage.restoring import restore as put_in_place


def back_up(settings: Settings, now: datetime) -> str:
    """Make one now and say where; `BackupFailed` with a sentence where there can be none."""
    database, folder = settings.database_path, settings.backups
    if not database.is_file():
        raise BackupFailed(f"There is no database {database} to back up: see what DATABASE_PATH says.")
    made = backup.make(database, folder, now)
    newer = _of_a_newer_version(made.path)
    if settings.backup_days or settings.backup_weeks:
        backup.rotate(database, folder, now, days=settings.backup_days, weeks=settings.backup_weeks)
    return f"Backed up and checked: {made.path} ({made.size / 1e6:.1f} MB).{newer}"


def restore(settings: Settings, file: Path, now: datetime) -> str:
    """Put the file in the place of the database; what was done, or `Unusable` with a sentence where it cannot be."""
    database = settings.database_path
    restored = put_in_place(file, database, now, MIGRATIONS)
    return "\n".join(_told(file, database, restored))


def _of_a_newer_version(copy: Path) -> str:
    schema = schema_of(copy)
    if schema <= newest_schema(MIGRATIONS):
        return ""
    return f" It is of a newer version of this bot (schema {schema}), and only that can restore it."


def _told(file: Path, database: Path, restored: Restored) -> list[str]:
    holds = restored.inspection
    newest = newest_schema(MIGRATIONS)
    people = "1 learner" if holds.learners == 1 else f"{holds.learners} learners"
    lines = [f"{database} is now what {file} holds: {people}, {holds.size / 1e6:.1f} MB, checked."]
    if holds.newest_at is not None:
        lines.append(
            f"Its last update came at {holds.newest_at:%Y-%m-%d %H:%M} UTC. What people did after that is not in it,"
            " and whoever said /forget after that is in it again: ask them, or delete them again."
        )
    if holds.schema < newest:
        lines.append(f"It has schema {holds.schema}; the next start brings it to {newest}.")
    if restored.kept is not None:
        lines.append(
            f"What was there before is kept as {restored.kept}. Nothing deletes it but you: do so once all is well."
        )
    lines.append("Start the bot again.")
    return lines
