"""How the database is, and its backups."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from bot.config import Settings
from bot.operator.finding import Finding, bad, ok, warn
from storage import backup
from storage.claim import is_taken
from storage.database import MIGRATIONS, Unusable
from storage.inspection import Inspection, inspect, newest_schema

WAITS_LONG = timedelta(minutes=5)
BACKUP_IS_OLD = timedelta(days=2)


def look_into(path: Path) -> tuple[Inspection | None, list[Finding]]:
    """What stands in the database, and how it is; None where there is none, or none that can be used. Blocks."""
    if not path.exists() or not path.stat().st_size:
        return None, [ok("database", f"{path} is not there yet: the first start makes it")]
    try:
        inspection = inspect(path, MIGRATIONS)
    except Unusable as why:
        return None, [bad("database", str(why))]
    size = f"{(inspection.size + inspection.log_size) / 1e6:.1f} MB"
    newest = newest_schema(MIGRATIONS)
    schema = f"schema {inspection.schema}"
    if inspection.schema < newest:
        schema += f", which the next start brings to {newest}"
    people = "1 learner" if inspection.learners == 1 else f"{inspection.learners} learners"
    return inspection, [ok("database", f"{path} is sound: {size}, {schema}, {people}")]


def check_inbox(path: Path, inspection: Inspection, now: datetime) -> list[Finding]:
    """What is still to be done with what people sent, and what was given up."""
    running = is_taken(path)
    runs = ok("bot", "running on this database" if running else "not running on this database")
    waiting = inspection.unfinished
    if inspection.waiting_since is None:
        inbox = ok("inbox", "all that came in is dealt with")
    elif not running:
        inbox = ok("inbox", f"{_updates(waiting)} unfinished: the next start takes them up")
    elif now - inspection.waiting_since < WAITS_LONG:
        inbox = ok("inbox", f"{_updates(waiting)} under way")
    else:
        minutes = int((now - inspection.waiting_since).total_seconds()) // 60
        inbox = warn(
            "inbox",
            f"{_updates(waiting)} unfinished, the oldest for {minutes} minutes: read the log, it says why.",
        )
    if not inspection.set_aside:
        return [runs, inbox]
    aside = warn(
        "set aside",
        f"{_updates(inspection.set_aside)} failed three times and will not run again: the log says where"
        " (“has failed for good”); please report that. They are deleted after two days.",
    )
    return [runs, inbox, aside]


def check_backups(settings: Settings, now: datetime) -> Finding:
    """When the newest was made."""
    folder, database = settings.backups, settings.database_path
    try:
        made = backup.found(database, folder)
    except OSError as error:
        return bad("backups", f"{folder} cannot be read ({error.strerror}): give this account the right to.")
    if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
        return bad("backups", f"{folder} may not be written: give this account the right to.")
    nightly = settings.backup_days > 0 or settings.backup_weeks > 0
    if not nightly:
        return warn("backups", "none are made by themselves: set BACKUP_DAYS, or run `python -m bot backup`.")
    if not made:
        if not database.exists():
            return ok("backups", f"the first is made at the first start, in {folder}")
        return warn("backups", f"there is none in {folder}: a running bot makes one every night.")
    age = now - made[0].made_at
    says = f"{len(made)} in {folder}, the newest {_age(age)} old"
    if age > BACKUP_IS_OLD:
        return warn(
            "backups", f"{says}: the bot did not run at night, or its log says why there is no newer one."
        )
    return ok("backups", f"{says}; copy them to another machine now and then")


def _updates(number: int) -> str:
    return "1 update" if number == 1 else f"{number} updates"


def _age(age: timedelta) -> str:
    hours = int(age.total_seconds()) // 3600
    return f"{hours} h" if hours < 48 else f"{age.days} days"
