"""Processes that are measured: each on a core of its own where there are two, told what to do line by line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parent.parent
TICKS = os.sysconf("SC_CLK_TCK")  # of CPU time a second


def cores() -> tuple[int, int]:
    """The core of the box and the core of whatever is measured; the same where there is but one."""
    free = sorted(os.sched_getaffinity(0))
    return free[0], free[-1]


class Measured:
    """`python -m module arguments` on one core. What it is told, and what it tells, is a line of JSON each."""

    def __init__(
        self, core: int, module: str, *arguments: object, environment: Mapping[str, str] | None = None
    ) -> None:
        self._popen = subprocess.Popen(
            ["taskset", "-c", str(core), sys.executable, "-m", module, *map(str, arguments)],
            cwd=ROOT,
            env=os.environ | dict(environment or {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._popen.terminate()
        self._popen.communicate()

    @property
    def pid(self) -> int:
        """The process's id: taskset becomes what it starts."""
        return self._popen.pid

    def says(self) -> Any:
        """What it tells next."""
        assert self._popen.stdout is not None
        line = self._popen.stdout.readline()
        if not line:
            raise SystemExit(f"{self._popen.args!r} ended before it had done what it was told.")
        return json.loads(line)

    def does(self, what: str, **more: Any) -> Any:
        """Tell it to do something; what it tells when that is done."""
        self.begins(what, **more)
        return self.says()

    def begins(self, what: str, **more: Any) -> None:
        """Tell it to do something, without waiting for the end."""
        assert self._popen.stdin is not None
        self._popen.stdin.write(json.dumps({"do": what, **more}) + "\n")
        self._popen.stdin.flush()


def cpu_seconds(pid: int) -> float:
    """CPU time that a process has used so far, all threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_megabytes(pid: int) -> float:
    """The memory that a process holds now, in millions of bytes."""
    return _kilobytes(pid, "VmRSS") * 1024 / 1e6


def peak_megabytes(pid: int) -> float:
    """The most memory that a process has held so far, in millions of bytes."""
    return _kilobytes(pid, "VmHWM") * 1024 / 1e6


def _kilobytes(pid: int, name: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise LookupError(name)
