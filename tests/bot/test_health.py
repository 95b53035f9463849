from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.operator.health import EVERY_SECONDS, Pulse, look

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)


class Patient:
    """A bot whose database answers, or does not."""

    def __init__(self, path: Path) -> None:
        self.now = BEGIN
        self.state = "serving"
        self.trouble: Exception | None = None
        self.rests: list[float] = []
        self.pulse = Pulse(
            path, now=lambda: self.now, state=lambda: self.state, probe=self.probe, sleep=self.sleep
        )

    async def probe(self) -> None:
        if self.trouble is not None:
            raise self.trouble

    async def sleep(self, seconds: float) -> None:
        self.rests.append(seconds)
        await asyncio.Event().wait()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "coach.sqlite3.health"


async def test_a_bot_that_beats_is_well_and_says_what_it_does(path):
    patient = Patient(path)
    patient.state = "waiting for Telegram"
    await patient.pulse.beat()
    assert look(path, BEGIN + timedelta(seconds=7)) == (
        True,
        "The bot is well (waiting for Telegram, 7 s ago).",
    )

    patient.state = "serving"
    await patient.pulse.beat()
    assert "(serving, " in look(path, BEGIN)[1]


async def test_one_that_has_not_beaten_for_a_minute_is_not(path):
    await Patient(path).pulse.beat()

    well, says = look(path, BEGIN + timedelta(seconds=61))

    assert not well
    assert "61 s ago" in says


async def test_a_database_that_does_not_answer_lets_the_file_grow_old(path, caplog):
    patient = Patient(path)
    await patient.pulse.beat()
    patient.now += timedelta(minutes=2)
    patient.trouble = TimeoutError()
    await patient.pulse.beat()

    assert not look(path, patient.now)[0]
    assert "could not be renewed: TimeoutError" in caplog.text

    patient.trouble = None
    await patient.pulse.beat()
    assert look(path, patient.now)[0]


async def test_it_beats_every_ten_seconds_and_leaves_nothing_behind(path):
    patient = Patient(path)
    running = asyncio.create_task(patient.pulse.run())
    while not patient.rests:  # noqa: ASYNC110 it is there after a turn or two of the loop
        await asyncio.sleep(0)
    assert patient.rests == [EVERY_SECONDS]
    assert path.exists()

    running.cancel()
    await asyncio.wait({running})
    assert not path.exists()
    assert look(path, BEGIN) == (False, f"No bot runs here: there is no {path}.")


@pytest.mark.parametrize("content", ["", "{}", "no json", '{"at": 5, "state": "x"}', "[]"])
def test_another_file_is_no_health_file(path, content):
    path.write_text(content)

    well, says = look(path, BEGIN)

    assert not well
    assert "HEALTH_PATH" in says
