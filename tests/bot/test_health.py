from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.operator.health import EVERY, LOOK_SECONDS, Condition, Pulse, look

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)


class Patient:
    """A bot whose database answers, or does not."""

    def __init__(self, path: Path) -> None:
        self.now = BEGIN
        self.condition = Condition("serving")
        self.trouble: Exception | None = None
        self.probed = 0
        self.rests: list[float] = []
        self.rested = asyncio.Semaphore(0)
        self.pulse = Pulse(
            path, now=lambda: self.now, condition=lambda: self.condition, probe=self.probe, sleep=self.sleep
        )

    async def probe(self) -> None:
        self.probed += 1
        if self.trouble is not None:
            raise self.trouble

    async def sleep(self, seconds: float) -> None:
        self.rests.append(seconds)
        await self.rested.acquire()

    async def looks(self, times: int) -> None:
        """Let it look so many times more."""
        wanted = len(self.rests) + times
        for _ in range(times):
            self.rested.release()
        while len(self.rests) < wanted:  # noqa: ASYNC110 it is there after a turn or two of the loop
            await asyncio.sleep(0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "coach.sqlite3.health"


async def test_a_bot_that_beats_is_well_and_says_what_it_does(path):
    patient = Patient(path)
    patient.condition = Condition("waiting for Telegram", seconds=13.2)
    await patient.pulse.beat()
    assert look(path, BEGIN + timedelta(seconds=7)) == (
        True,
        "The bot is well (waiting for Telegram for 13 s, 7 s ago).",
    )

    patient.condition = Condition("serving")
    await patient.pulse.beat()
    assert "(serving, " in look(path, BEGIN)[1]


async def test_one_that_says_what_is_wrong_with_it_is_not_well(path):
    patient = Patient(path)
    patient.condition = Condition(
        "There is no room left on the disk of /é/coach.sqlite3: make some.", well=False
    )
    await patient.pulse.beat()

    assert look(path, BEGIN) == (
        False,
        "The bot is not well (0 s ago): There is no room left on the disk of /é/coach.sqlite3: make some.",
    )


async def test_however_long_what_is_wrong_the_file_keeps_its_length(path):
    patient = Patient(path)
    await patient.pulse.beat()
    size = path.stat().st_size

    patient.condition = Condition("“é” \\ " * 500, well=False)
    await patient.pulse.beat()

    assert path.stat().st_size == size
    assert not look(path, BEGIN)[0]
    assert "“é”" in look(path, BEGIN)[1]


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


async def test_why_the_file_cannot_be_written_is_said(tmp_path, caplog):
    await Patient(tmp_path / "nowhere" / "h").pulse.beat()

    assert "could not be renewed: No such file or directory" in caplog.text


async def test_it_beats_every_ten_seconds_and_when_something_changes_and_leaves_nothing_behind(path):
    patient = Patient(path)
    running = asyncio.create_task(patient.pulse.run())
    await patient.looks(0)
    while not patient.rests:  # noqa: ASYNC110 as above
        await asyncio.sleep(0)
    assert patient.rests == [LOOK_SECONDS]
    assert path.exists()

    await patient.looks(EVERY - 1)
    assert patient.probed == 1
    await patient.looks(1)
    assert patient.probed == 2

    patient.condition = Condition("waiting for Telegram", seconds=0)
    await patient.looks(1)
    assert "waiting for Telegram" in look(path, BEGIN)[1]
    patient.condition = Condition("waiting for Telegram", seconds=1)
    await patient.looks(1)
    assert patient.probed == 3

    running.cancel()
    await asyncio.wait({running})
    assert not path.exists()
    assert look(path, BEGIN) == (False, f"No bot runs here: there is no {path}.")


async def test_what_an_older_bot_wrote_is_read(path):
    path.write_text(json.dumps({"at": BEGIN.isoformat(), "state": "serving"}))

    assert look(path, BEGIN) == (True, "The bot is well (serving, 0 s ago).")


@pytest.mark.parametrize(
    "content", ["{}", "no json", '{"at": 5, "state": "x"}', "[]", '{"at": "2026-03-02"}']
)
def test_another_file_is_no_health_file(path, content):
    path.write_text(content)

    well, says = look(path, BEGIN)

    assert not well
    assert "HEALTH_PATH" in says


def test_an_empty_file_points_to_the_disk(path):
    path.touch()

    well, says = look(path, BEGIN)

    assert not well
    assert "disk is full" in says
