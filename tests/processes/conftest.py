"""The playground and the bot as processes of their own, as an operator starts them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 30.0


@dataclass
class Process:
    """One of ours, with all that it says."""

    popen: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    _said: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.popen.stdout is not None
        for line in self.popen.stdout:
            with self._said:
                self.lines.append(line.rstrip())
                self._said.notify_all()
        with self._said:
            self._said.notify_all()

    def says(self, pattern: str, patience: float = PATIENCE) -> re.Match[str]:
        """Wait until it prints a line in which this is found."""
        with self._said:
            found = self._said.wait_for(lambda: self._find(pattern) or not self._reader.is_alive(), patience)
            assert isinstance(found, re.Match), f"{pattern!r} was not said, but: {self.lines}"
            return found

    def _find(self, pattern: str) -> re.Match[str] | None:
        return next((found for line in self.lines if (found := re.search(pattern, line))), None)

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; the exit code."""
        if self.popen.poll() is None:
            self.popen.send_signal(number)
        code = self.popen.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert self.popen.stdout is not None
        self.popen.stdout.close()
        return code


Start = Callable[..., Process]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start `python -m ...` with these variables on top of a bare environment."""
    running: list[Process] = []

    def start(*module: str, **variables: str) -> Process:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        process = Process(
            subprocess.Popen(
                [sys.executable, "-m", *module],
                cwd=ROOT,
                env={
                    **kept,
                    "DATABASE_PATH": str(tmp_path / "coach.sqlite3"),
                    "PYTHONUNBUFFERED": "1",
                    **variables,
                },
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
        running.append(process)
        return process

    yield start
    for process in running:
        if process.popen.poll() is None:
            process.end(signal.SIGKILL)
        else:
            process.end()


@pytest.fixture
def box(start: Start) -> str:
    """The address of a playground without a bot."""
    return start("playground", "--port", "0").says(r"^Playground: (\S+)$")[1]


@pytest.fixture
def start_bot(start: Start, box: str) -> Callable[[], Process]:
    """Start the bot beside the playground, living by its clock."""

    def start_bot() -> Process:
        process = start(
            "bot",
            TELEGRAM_BOT_TOKEN="42:playground",
            BOT_API_BASE_URL=box,
            BOT_CLOCK_URL=f"{box}/people/clock",
        )
        process.says("This is @interview_coach_bot")
        return process

    return start_bot
