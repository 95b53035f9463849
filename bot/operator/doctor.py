"""`python -m bot doctor`: looks everything over that the bot needs, and says what to do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.config import Settings
from bot.operator.database_check import check_backups, check_inbox, look_into
from bot.operator.finding import Finding, Level, bad, ok, warn
from bot.operator.machine_check import check_content, check_disk_stays, check_room, check_zones
from bot.operator.telegram_check import check_clock, check_token
from bot.shelf import Shelf


async def examine(
    settings: Settings | None,
    environment: list[str],
    shelf: Shelf | None,
    content: list[str],
    place: list[str],
    now: Callable[[], datetime],
) -> list[Finding]:
    """Everything that was found, in the order in which it would stop a start.

    `environment`, `content` and `place` are the problems that are known already: with the settings, with the
    content, with where the database is to be.
    """
    found = [bad("settings", problem) for problem in environment]
    if settings is None:
        return found + check_content(shelf, content) + [bad("database", problem) for problem in place]
    token, clock = await asyncio.gather(check_token(settings), check_clock(settings, now))
    found += [*token, clock, *check_content(shelf, content)]
    found += [bad("database", problem) for problem in place] or await _examine_database(settings, now())
    return [*found, _operators(settings)]


def verdict(found: list[Finding]) -> tuple[int, str]:
    """The exit code, and the last line."""
    bads = sum(finding.level is Level.BAD for finding in found)
    warnings = sum(finding.level is Level.WARN for finding in found)
    if bads:
        return 1, f"{_count(bads, 'thing')} to put right before the bot can be relied on."
    return 0, f"The bot can run; {_count(warnings, 'thing')} to know." if warnings else "All is well."


async def _examine_database(settings: Settings, now: datetime) -> list[Finding]:
    path = settings.database_path
    inspection, found = await asyncio.to_thread(look_into, path)
    if inspection is not None:
        found += check_inbox(path, inspection, now)
    size = inspection.size if inspection else 0
    return [
        *found,
        check_backups(settings, now),
        *_rooms(path.parent, settings.backups, 2 * size),
        *check_disk_stays(path),
        *check_zones(inspection.zones if inspection else (), now),
    ]


def _rooms(database: Path, backups: Path, needed: int) -> list[Finding]:
    rooms = [check_room("disk", database, needed)]
    if backups.parent != database:
        rooms.append(check_room("disk", backups, needed))
    return rooms


def _operators(settings: Settings) -> Finding:
    if settings.operators:
        return ok("operators", f"{_count(len(settings.operators), 'person', 'people')} may use /admin")
    return warn(
        "operators",
        "OPERATORS names nobody: no one can use /admin, or hears of a backup that failed.",
    )


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
