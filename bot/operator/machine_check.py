"""What the machine gives the bot: zone rules, room, a disk that stays, the content."""

from __future__ import annotations

import os
import shutil
import zoneinfo
from collections.abc import Iterable
from datetime import datetime
from importlib import import_module
from pathlib import Path

from bot.operator.finding import Finding, bad, ok, warn
from bot.shelf import Shelf
from interview.lost_zones import is_known, zone_of

LITTLE, TOO_LITTLE = 500_000_000, 20_000_000
"""Bytes of free disk: below the first a warning, below the second nothing can be written for long."""

_YEARS = 1
_FIRST_PROBLEMS = 5
_WIPED = frozenset(map(Path, ("/", "/app", "/tmp")))  # what a dyno is given anew at each start


def check_zones(names: Iterable[str], now: datetime) -> list[Finding]:
    """Where the rules of zones come from, how old they are, and whether every learner's zone is among them."""
    version, source = zone_rules()
    renew = "renew it (pip install -U tzdata, or the system’s package tzdata), clocks change by new laws every year"
    if version is None:
        rules = warn("zones", f"the rules come from {source}, of an unknown version: {renew}.")
    elif int(version[:4]) < now.year - _YEARS:
        rules = warn("zones", f"the rules are of {version}, from {source}: {renew}.")
    else:
        rules = ok("zones", f"rules {version}, from {source}")
    lost = sorted(name for name in names if not is_known(zone_of(name)))
    if not lost:
        return [rules]
    return [
        rules,
        bad(
            "zones",
            f"learners live in {', '.join(lost[:_FIRST_PROBLEMS])}, which these rules do not know, and have UTC"
            " meanwhile: renew tzdata, and restart the bot.",
        ),
    ]


def zone_rules() -> tuple[str | None, str]:
    """The version of the rules in use (2026a; None where unknown) and where they come from: the system's win."""
    for folder in map(Path, zoneinfo.TZPATH):
        if (folder / "UTC").exists():
            return _system_version(folder), str(folder)
    version: str = import_module("tzdata").IANA_VERSION
    return version, "the package tzdata"


def _system_version(folder: Path) -> str | None:
    for name in ("tzdata.zi", "+VERSION"):
        try:
            with (folder / name).open(encoding="ascii") as file:
                version = file.readline().removeprefix("# version").strip()
        except (OSError, ValueError):
            continue
        if version[:4].isdecimal():
            return version
    return None


def check_room(what: str, folder: Path, needed: int) -> Finding:
    """Whether the disk of `folder`, or of what will hold it, has room, of which `needed` bytes are needed soon."""
    there = next((each for each in (folder, *folder.resolve().parents) if each.exists()), Path("/"))
    try:
        free = shutil.disk_usage(there).free
    except OSError as error:
        return bad(what, f"the disk of {folder} gives no answer ({error.strerror}): see to it")
    says = f"{free / 1e9:.1f} GB free on the disk of {folder}"
    if free < TOO_LITTLE:
        return bad(what, f"{says}: make room, nothing can be written soon.")
    if free < max(LITTLE, needed):
        return warn(what, f"{says}: make room.")
    return ok(what, says)


def thrown_away(database: Path) -> str | None:
    """A sentence where the database stands on a disk that is wiped at every restart; None where it seems to stay."""
    if "DYNO" not in os.environ or _is_mounted(database):
        return None
    return (
        f"This is a dyno, whose disk is wiped at least once a day, and with it {database} and everything learned:"
        " let DATABASE_PATH name a file on a disk that stays, or run the bot on another machine."
    )


def check_disk_stays(database: Path) -> list[Finding]:
    """Nothing where it does."""
    sentence = thrown_away(database)
    return [bad("disk", sentence)] if sentence else []


def _is_mounted(database: Path) -> bool:
    """Whether the file is on something that was mounted for it, rather than on the machine's own disk."""
    return any(folder.is_mount() for folder in database.resolve().parents if folder not in _WIPED)


def check_content(shelf: Shelf | None, problems: list[str]) -> list[Finding]:
    """How much there is to ask, or what is wrong with it."""
    if shelf is not None and len(shelf.bank):
        return [ok("content", f"{len(shelf.bank)} questions")]
    more = len(problems) - _FIRST_PROBLEMS
    told = [bad("content", problem) for problem in problems[:_FIRST_PROBLEMS]]
    return told + (
        [bad("content", f"and {more} more: python -m content check tells all")] if more > 0 else []
    )
