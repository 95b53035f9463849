"""`python -m bot`: serves the real Telegram, or a playground in another process. `python -m bot -h` lists the rest."""

from __future__ import annotations

import signal
import sys

if __name__ == "__main__":
    # what ends it while all the rest is still being read ends it quietly; as a container's first process it would not
    # hear SIGTERM at all. To serve until then is what was wanted, a command was not finished
    signal.signal(signal.SIGINT, lambda *_: sys.exit(130))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143 if sys.argv[1:] else 0))

import argparse
import asyncio
import gc
import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom

from bot.config import Misconfigured, Settings, read_settings

WRONG = 2
"""Ended because something is not as it should be; to start again without a change would be no use."""

DISPLACED = 1
"""Ended because its database was moved away or replaced; a new start works with what is there, or says why not."""


def main() -> int:
    """Do what the command line says; 2 with sentences on standard error where something is not as it should be."""
    os.umask(0o077)  # what people tell the bot is for nobody else on the machine
    given = _arguments()
    settings, problems = _settings()
    # each imports what it needs: a look at the health file twice a minute must not load everything
    match given.command:
        case "doctor":
            return _look_over(settings, problems)
        case "backup" if settings is not None:
            return _back_up(settings)
        case "restore" if settings is not None:
            return _restore(settings, given.file)
        case "health" if settings is not None:
            return _health(settings)
        case None:
            return _serve(settings, problems, begin_anew=given.new)
    return _wrong(problems)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m bot", description="The interview coach. Without a command it runs until Ctrl-C or SIGTERM."
    )
    parser.add_argument(
        "--new",
        action="store_true",
        help="begin with an empty database though backups say that there was one",
    )
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser(
        "doctor", help="look over token, database, clock, disk, content; 1 where something is bad"
    )
    commands.add_parser("backup", help="copy the database now, beside a running bot if there is one")
    restore = commands.add_parser("restore", help="put a backup in the place of the database, which is kept")
    restore.add_argument("file", type=Path, help="the backup")
    commands.add_parser("health", help="whether the running bot is well: 0, or 1 and why not")
    return parser.parse_args()


def _settings() -> tuple[Settings | None, list[str]]:
    try:
        return read_settings(), []
    except Misconfigured as wrong:
        return None, wrong.problems


def _serve(settings: Settings | None, problems: list[str], *, begin_anew: bool) -> int:
    # what is made now stays to the end: to look for garbage in it costs a tenth of a second here, and later, again
    # and again, everybody a pause
    gc.disable()
    from bot.operator.place_check import problems_beside
    from bot.operator.telegram_check import NO_TOKEN
    from bot.patience import Stop
    from bot.readiness import look_around
    from bot.serving import serve
    from storage.database import Unusable
    from storage.in_place import Displaced

    logging.basicConfig(level="INFO", format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if settings is not None and settings.telegram_bot_token is None:
        problems = [*problems, NO_TOKEN]
    shelf, more = look_around(settings)
    problems = [*problems, *more]
    if settings is not None and not more:
        problems += problems_beside(settings, begin_anew=begin_anew)
    gc.freeze()
    gc.enable()
    if settings is None or shelf is None or problems:
        return _wrong(problems)
    logging.getLogger().setLevel(settings.log_level)
    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(serve(settings, shelf, real_now=_real_now, chance=SystemRandom()))
    except (Stop, Unusable) as stopped:
        return _wrong([str(stopped)])
    except Displaced:  # said already
        return DISPLACED
    return 0


def _look_over(settings: Settings | None, problems: list[str]) -> int:
    from bot.operator.doctor import examine, verdict
    from bot.operator.place_check import problems_beside
    from bot.readiness import problems_with_place, read_content

    shelf, content = read_content(settings)
    place = problems_with_place(settings)
    if settings is not None and not place:
        place = problems_beside(settings)
    found = asyncio.run(examine(settings, problems, shelf, content, place, _real_now))
    code, says = verdict(found)
    print("\n".join([*map(str, found), "", says]))
    return code


def _back_up(settings: Settings) -> int:
    from bot.operator.by_hand import back_up
    from storage.backup import BackupFailed

    try:
        print(back_up(settings, _real_now()))
    except BackupFailed as failed:
        return _wrong([str(failed)])
    return 0


def _restore(settings: Settings, file: Path) -> int:
    from bot.operator.by_hand import restore
    from storage.database import Unusable

    try:
        print(restore(settings, file, _real_now()))
    except Unusable as refused:
        return _wrong([str(refused)])
    return 0


def _health(settings: Settings) -> int:
    from bot.operator.health import look

    well, says = look(settings.health_file, _real_now())
    print(says)
    return 0 if well else 1


def _wrong(problems: list[str]) -> int:
    print("\n".join(problems), file=sys.stderr)
    return WRONG


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # not made for every system
        return None
    return uvloop.new_event_loop


def _real_now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main())
