"""Rating taps a second: the whole coach beside the same tap in aiogram and in plain python-telegram-bot."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import sleep
from typing import Any

from bench.processes import Measured, cores, cpu_seconds
from bench.seeding import Seed, seed
from bot.shelf import read_shelf

TAPS = 1000
"""A round's, each by a learner of their own."""

ROUNDS = 5
CONTENDERS = {
    "ours": "the coach, whole",
    "straight": "the coach without its inbox",
    "aiogram": "aiogram + aiosqlite",
    "plain": "python-telegram-bot + aiosqlite",
}


@dataclass(frozen=True, slots=True)
class Round:
    """What one round came to."""

    a_second: float
    a_cpu_second: float
    of_the_box: float  # taps for each of the box's CPU seconds


def main(now: Callable[[], datetime]) -> int:
    """Measures and prints a table: medians of rounds after one to warm up, the contenders taking turns."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        bouts = {name: stack.enter_context(Bout(name, Path(folder), now())) for name in CONTENDERS}
        rounds: dict[str, list[Round]] = {name: [] for name in bouts}
        for number in range(ROUNDS + 1):
            for name, bout in bouts.items():
                rounds[name].append(bout.round(number))
        for bout in bouts.values():
            bout.check()
    _print({name: all_of_it[1:] for name, all_of_it in rounds.items()})
    return 0


def _print(rounds: dict[str, list[Round]]) -> None:
    print(
        f"{'rating taps':<34}{'a second':>10}{'a CPU second':>14}{'× aiogram':>11}{'a CPU s of the box':>20}"
    )
    for name, own in rounds.items():
        times = median(
            mine.a_cpu_second / theirs.a_cpu_second
            for mine, theirs in zip(own, rounds["aiogram"], strict=True)
        )
        columns = (median(getattr(each, of) for each in own) for of in Round.__slots__)
        wall, cpu, box = columns
        print(f"{CONTENDERS[name]:<34}{wall:>10,.0f}{cpu:>14,.0f}{times:>11.2f}{box:>20,.0f}", flush=True)


class Bout:
    """One contender with a box and a database of its own."""

    def __init__(self, name: str, folder: Path, now: datetime) -> None:
        box_core, bot_core = cores()
        people = TAPS * (ROUNDS + 1)
        self._box = Measured(box_core, "bench.box_process", people)
        self._bot: Measured | None = None
        told: dict[str, Any] = self._box.says()
        self._database = folder / f"{name}.sqlite3"
        questions = [question.id for question in read_shelf().bank.live]
        plan = Seed(told["first_id"], people, open_askings=people)
        seed(self._database, plan, questions, now)
        url = f"http://127.0.0.1:{told['port']}"
        self._bot = Measured(bot_core, "bench.contenders", name, self._database, told["token"], url)
        self._box.does("wait")

    def __enter__(self) -> Bout:
        return self

    def __exit__(self, *_: object) -> None:
        for process in (self._bot, self._box):
            if process is not None:
                process.__exit__(None, None, None)

    def round(self, number: int) -> Round:
        """One round of taps."""
        assert self._bot is not None
        self._box.does("show", first=number * TAPS, count=TAPS)
        bot, box = cpu_seconds(self._bot.pid), cpu_seconds(self._box.pid)
        seconds = self._box.does("taps")
        sleep(0.1)  # what is written down after the answer is part of the work
        bot, box = cpu_seconds(self._bot.pid) - bot, cpu_seconds(self._box.pid) - box
        return Round(TAPS / seconds, TAPS / max(bot, 0.01), TAPS / max(box, 0.01))

    def check(self) -> None:
        """Every tap counted, and once."""
        with closing(sqlite3.connect(self._database)) as connection:
            query = "SELECT count(*), count(rating) FROM askings WHERE id <= ?"
            taps, rated = connection.execute(query, (TAPS * (ROUNDS + 1),)).fetchone()
            logged = connection.execute(
                "SELECT count(*) FROM reviews WHERE asking_id <= ?", (taps,)
            ).fetchone()[0]
        if not taps == rated == logged:
            raise SystemExit(f"{self._database.stem}: {taps} taps, {rated} askings rated, {logged} logged")
