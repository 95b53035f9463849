"""Whether a running bot is well: it writes so into a small file, and a supervisor looks there."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

LOOK_SECONDS = 1.0
EVERY = 10
"""So many looks from one beat to the next, where nothing changes."""

PROBE_SECONDS = 30.0
FRESH = timedelta(seconds=60)
"""Older than this, what the file says is no longer true: the process hangs or has gone."""

# one length and one handle: neither a full disk nor a look in between can spoil what stands there
_LENGTH = 1_000
_SAYS_AT_MOST = 600

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Condition:
    """How a bot is: what it does, or a sentence about what is wrong; `seconds`: for how long, where that matters."""

    says: str
    well: bool = True
    seconds: float | None = None

    def __str__(self) -> str:
        return self.says if self.seconds is None else f"{self.says} for {self.seconds:.0f} s"


class Pulse:
    """Writes the condition into `path` every ten seconds, and when it changes, for as long as `probe` comes back.

    `probe` tries the database; what is wrong with it stands in the condition then.
    """

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], datetime],
        condition: Callable[[], Condition],
        probe: Callable[[], Awaitable[object]],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._path = path
        self._now = now
        self._condition = condition
        self._probe = probe
        self._sleep = sleep
        self._file: int | None = None
        self._told: tuple[str, bool] | None = None

    async def run(self) -> None:
        """Until it is cancelled; the file is gone then."""
        looks = 0
        try:
            while True:
                condition = self._condition()
                if looks % EVERY == 0 or (condition.says, condition.well) != self._told:
                    await self.beat()
                looks += 1
                await self._sleep(LOOK_SECONDS)
        finally:
            self._end()

    async def beat(self) -> None:
        """Once: nothing is written where the database does not answer, so that the file grows old."""
        try:
            async with asyncio.timeout(PROBE_SECONDS):
                await self._probe()
            condition = self._condition()
            self._told = condition.says, condition.well
            self._write(condition)
        except Exception as error:  # noqa: BLE001 whatever it is, the supervisor sees it by the file's age
            what = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
            log.error("the health file %s could not be renewed: %s", self._path, what)

    def _write(self, condition: Condition) -> None:
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        state = str(condition).encode()[:_SAYS_AT_MOST].decode(errors="ignore")
        told = {"at": self._now().isoformat(timespec="seconds"), "state": state, "well": condition.well}
        line = json.dumps(told, ensure_ascii=False).encode()
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, line.ljust(_LENGTH) + b"\n")

    def _end(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._path.unlink(missing_ok=True)
            self._file = None


def look(path: Path, now: datetime) -> tuple[bool, str]:
    """Whether the bot that writes into `path` is well, and a sentence."""
    try:
        text = path.read_text(encoding="utf-8")
        if not text:
            return False, f"The bot could not write into {path}: see whether its disk is full."
        told = json.loads(text)
        at, state, well = datetime.fromisoformat(told["at"]), str(told["state"]), told.get("well", True)
        age = (now - at).total_seconds()
    except FileNotFoundError:
        return False, f"No bot runs here: there is no {path}."
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return False, f"{path} is not the health file of a bot: let HEALTH_PATH name the one it writes."
    if age > FRESH.total_seconds():
        return False, f"The bot hangs or was killed: it last said how it is {age:.0f} s ago."
    if not well:
        return False, f"The bot is not well ({max(age, 0):.0f} s ago): {state}"
    return True, f"The bot is well ({state}, {max(age, 0):.0f} s ago)."
