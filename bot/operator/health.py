"""Whether a running bot is well: it writes so into a small file, and a supervisor looks there."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

EVERY_SECONDS = 10.0
PROBE_SECONDS = 30.0
FRESH = timedelta(seconds=60)
"""Older than this, what the file says is no longer true: the process hangs or has gone."""

# one length and one handle: neither a full disk nor a look in between can spoil what stands there
_LENGTH = 200

log = logging.getLogger(__name__)


class Pulse:
    """Writes the state into `path` every ten seconds, for as long as `probe` (a look into the database) comes back."""

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], datetime],
        state: Callable[[], str],
        probe: Callable[[], Awaitable[object]],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._path = path
        self._now = now
        self._state = state
        self._probe = probe
        self._sleep = sleep
        self._file: int | None = None

    async def run(self) -> None:
        """Until it is cancelled; the file is gone then."""
        try:
            while True:
                await self.beat()
                await self._sleep(EVERY_SECONDS)
        finally:
            self._end()

    async def beat(self) -> None:
        """Once: nothing is written where the database does not answer, so that the file grows old."""
        try:
            async with asyncio.timeout(PROBE_SECONDS):
                await self._probe()
            self._write(self._state())
        except Exception as error:  # noqa: BLE001 whatever it is, the supervisor sees it by the file's age
            log.error("the health file %s could not be renewed: %s", self._path, type(error).__name__)

    def _write(self, state: str) -> None:
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        told = json.dumps({"at": self._now().isoformat(timespec="seconds"), "state": state})
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, f"{told:<{_LENGTH}}\n".encode())

    def _end(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._path.unlink(missing_ok=True)
            self._file = None


def look(path: Path, now: datetime) -> tuple[bool, str]:
    """Whether the bot that writes into `path` is well, and a sentence."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        at, state = datetime.fromisoformat(told["at"]), str(told["state"])
    except FileNotFoundError:
        return False, f"No bot runs here: there is no {path}."
    except (OSError, ValueError, TypeError, KeyError):
        return False, f"{path} is not the health file of a bot: let HEALTH_PATH name the one it writes."
    age = (now - at).total_seconds()
    if age > FRESH.total_seconds():
        return False, f"The bot hangs or was killed: it last said that it is well {age:.0f} s ago."
    return True, f"The bot is well ({state}, {max(age, 0):.0f} s ago)."
