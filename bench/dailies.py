"""Dailies a second, chosen, written down and sent with the pace open; and how long people wait meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from bench.processes import Measured, cores, cpu_seconds
from bench.seeding import Seed, seed
from bot.shelf import read_shelf

DAILIES = 1000
ROUNDS = 5
PER_SECOND = 28
TAPS = 120
TAPS_APART = 0.5  # seconds
JUST_DUE = timedelta(seconds=-1)


def main(now: Callable[[], datetime]) -> int:
    """Measures and prints."""
    rounds = [_round(now()) for _ in range(ROUNDS)]
    wall, cpu, box = (median(column) for column in zip(*rounds, strict=True))
    print(
        f"dailies chosen, written down, sent: {wall:,.0f} a second,"
        f" {cpu:,.0f} a CPU second of the bot, {box:,.0f} of the box"
    )
    return 0


def main_waits(now: Callable[[], datetime]) -> int:
    """Measures and prints."""
    waits = sorted(1000 * seconds for seconds in _waits(now()))
    almost_all = quantiles(waits, n=20, method="inclusive")[-1]
    print(
        f"a tap while dailies go out at {PER_SECOND} a second, {len(waits)} of them: half wait less than"
        f" {median(waits):.0f} ms, 95 % less than {almost_all:.0f} ms, all less than {waits[-1]:.0f} ms"
    )
    return 0


def _round(now: datetime) -> tuple[float, float, float]:
    """Dailies a second, a CPU second of the bot, a CPU second of the box."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        box, bot = _box_and_bot(stack, Path(folder), now, people=DAILIES, open_askings=0, per_second=0)
        of_bot, of_box = cpu_seconds(bot.pid), cpu_seconds(box.pid)
        seconds = bot.does("everything due")
        of_bot, of_box = cpu_seconds(bot.pid) - of_bot, cpu_seconds(box.pid) - of_box
        sent = box.does("count")
    if sent != DAILIES:
        raise SystemExit(f"{sent} of {DAILIES} dailies were sent.")
    return DAILIES / seconds, DAILIES / max(of_bot, 0.01), DAILIES / max(of_box, 0.01)


def _waits(now: datetime) -> list[float]:
    """The seconds that people wait for the answer to a tap while dailies go out at Telegram's pace."""
    lasts = TAPS * TAPS_APART
    people = TAPS + round(1.2 * lasts * PER_SECOND) + PER_SECOND
    with TemporaryDirectory() as folder, ExitStack() as stack:
        box, bot = _box_and_bot(
            stack, Path(folder), now, people=people, open_askings=TAPS, per_second=PER_SECOND
        )
        box.does("show", first=0, count=TAPS)
        bot.begins("everything due")
        waits: list[float] = box.does("paced", apart=TAPS_APART)
    return waits


def _box_and_bot(
    stack: ExitStack, folder: Path, now: datetime, *, people: int, open_askings: int, per_second: int
) -> tuple[Measured, Measured]:
    box_core, bot_core = cores()
    box = stack.enter_context(Measured(box_core, "bench.box_process", people))
    told = box.says()
    database = folder / "coach.sqlite3"
    questions = [question.id for question in read_shelf().bank.live]
    seed(database, Seed(told["first_id"], people, JUST_DUE, open_askings=open_askings), questions, now)
    url = f"http://127.0.0.1:{told['port']}"
    bot = stack.enter_context(
        Measured(bot_core, "bench.coach_process", database, told["token"], url, per_second)
    )
    bot.says()
    return box, bot
