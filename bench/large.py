"""What grows with the number of learners: a heartbeat with nothing due, the start, the memory."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.processes import Measured, cores, peak_megabytes, resident_megabytes
from bench.seeding import Seed, seed
from bot.shelf import read_shelf

SIZES = (1_000, 100_000, 1_000_000)
BEATS = 300
ROUNDS = 5
HISTORY = 1  # a million learners with more would be a file of gigabytes
SOMEBODY = 1005  # the id of the first person of ours in a box


def main(now: Callable[[], datetime]) -> int:
    """Measures and prints a table."""
    print(
        f"{'learners':>10}{'file':>10}{'heartbeat':>14}{'start to first answer':>25}{'memory':>10}{'at most':>10}"
    )
    for size in SIZES:
        with TemporaryDirectory() as folder:
            database = Path(folder) / "coach.sqlite3"
            questions = [question.id for question in read_shelf().bank.live]
            seed(database, Seed(SOMEBODY, size, history=HISTORY), questions, now())
            megabytes = database.stat().st_size / 1e6
            beat = _heartbeat(database)
            starts = [_start(database) for _ in range(ROUNDS)]
        seconds, resident, peak = (median(column) for column in zip(*starts, strict=True))
        print(
            f"{size:>10,}{megabytes:>7.0f} MB{1000 * beat:>11.2f} ms{seconds:>23.2f} s"
            f"{resident:>7.0f} MB{peak:>7.0f} MB",
            flush=True,
        )
    return 0


def _heartbeat(database: Path) -> float:
    """Seconds a heartbeat takes with nothing due, the median."""
    with Measured(cores()[1], "bench.coach_process", database, "-", "http://127.0.0.1:9", 0) as coach:
        coach.says()
        coach.does("beats", count=BEATS // 10)  # the first tidies up
        seconds: list[float] = coach.does("beats", count=BEATS)
    return median(seconds)


def _start(database: Path) -> tuple[float, float, float]:
    """Seconds from the start of the process to its first answer; its memory then, and the most it had."""
    with ExitStack() as stack:
        box_core, bot_core = cores()
        box = stack.enter_context(Measured(box_core, "bench.box_process", 1))
        told = box.says()
        box.begins("start", first=0)
        began = perf_counter()
        environment = {
            "TELEGRAM_BOT_TOKEN": told["token"],
            "BOT_API_BASE_URL": f"http://127.0.0.1:{told['port']}",
            "DATABASE_PATH": str(database),
            "BACKUP_DAYS": "0",
            "BACKUP_WEEKS": "0",
            "LOG_LEVEL": "WARNING",
        }
        bot = stack.enter_context(Measured(bot_core, "bot", environment=environment))
        box.says()
        return perf_counter() - began, resident_megabytes(bot.pid), peak_megabytes(bot.pid)
