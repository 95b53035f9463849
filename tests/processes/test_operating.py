"""What an operator does with the bot from outside, as commands of their own."""

from __future__ import annotations

import signal
import sqlite3
import time
from tempfile import TemporaryDirectory

import pytest

from tests.processes.walk import Walk

pytestmark = pytest.mark.processes
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def command(start, box):
    """Run `python -m bot ...` to its end: the exit code and what it said."""

    def command(*words, **variables):
        connected = {"TELEGRAM_BOT_TOKEN": "42:playground", "BOT_API_BASE_URL": box, "OPERATORS": "1001"}
        process = start("bot", *map(str, words), **{**connected, **variables})
        code = process.popen.wait(60)
        process.end()
        said = "\n".join(process.lines)
        assert "Traceback" not in said
        return code, said

    return command


def test_a_backup_beside_the_running_bot_can_be_restored_once_it_has_ended(start_bot, command, box, tmp_path):
    bot = start_bot()
    alice = Walk(box)
    alice.say("/start")
    alice.until("a way in", lambda: alice.with_button("Skip"))

    code, said = command("backup")
    assert code == 0
    file = said.removeprefix("Backed up and checked: ").partition(" (")[0]
    code, said = command("restore", file)
    assert code == 2
    assert "Another bot is running" in said

    bot.end()
    with sqlite3.connect(tmp_path / "coach.sqlite3") as database:
        database.execute("DELETE FROM learners")
    database.close()
    code, said = command("restore", file)
    assert code == 0
    assert "1 learner" in said
    with sqlite3.connect(tmp_path / "coach.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM learners").fetchone() == (1,)
    database.close()
    [kept] = tmp_path.glob("coach.replaced-*.sqlite3")
    assert str(kept) in said

    start_bot()


def test_the_doctor_ends_with_0_or_1(command):
    code, said = command("doctor")
    assert code == 0
    assert "@interview_coach_bot" in said

    code, said = command("doctor", TELEGRAM_BOT_TOKEN="")
    assert code == 1
    assert "@BotFather" in said


def test_a_running_bot_is_well_and_one_that_was_killed_is_not_for_long(start_bot, command, tmp_path):
    bot = start_bot()
    code, said = command("health")
    assert (code, said.startswith("The bot is well (")) == (0, True)

    bot.end()
    code, said = command("health")
    assert code == 1
    assert "No bot runs here" in said
    assert not (tmp_path / "coach.sqlite3.health").exists()


def test_a_database_that_is_moved_away_ends_the_bot_and_a_new_start_is_refused_while_backups_lie_there(
    start_bot, command, tmp_path
):
    bot = start_bot()
    assert command("backup")[0] == 0
    database = tmp_path / "coach.sqlite3"

    database.rename(tmp_path / "moved")
    bot.says("was moved or deleted while the bot ran")
    assert bot.popen.wait(30) == 1
    assert command("health")[0] == 1

    code, said = command()
    assert code == 2
    assert "is missing" in said
    assert "python -m bot restore" in said
    assert "python -m bot --new" in said
    assert not database.exists()

    (tmp_path / "moved").rename(database)
    start_bot()


def test_a_bot_without_telegram_says_so_when_it_is_asked_how_it_is(start, command):
    bot = start("bot", TELEGRAM_BOT_TOKEN="42:playground", BOT_API_BASE_URL=NOWHERE)
    bot.says(r"next try in 1 s")

    code, said = command("health")

    assert code == 0
    assert "waiting for Telegram for" in said
    bot.end()


def test_without_telegram_it_waits_and_says_so_and_ctrl_c_ends_it(start):
    bot = start("bot", TELEGRAM_BOT_TOKEN="42:playground", BOT_API_BASE_URL=NOWHERE)
    bot.says(r"next try in 1 s")
    bot.says(r"next try in 2 s")

    began = time.monotonic()
    code = bot.end(signal.SIGINT)

    assert code == 0
    assert time.monotonic() - began < 5
    assert not any("Traceback" in line for line in bot.lines)


def test_a_disk_that_is_thrown_away_is_said_at_every_start(start):
    with TemporaryDirectory() as folder:  # on the disk: what is mounted, as memory is, counts as kept
        where = {"TELEGRAM_BOT_TOKEN": "42:playground", "BOT_API_BASE_URL": NOWHERE, "DYNO": "worker.1"}
        for _ in range(2):
            bot = start("bot", **where, DATABASE_PATH=f"{folder}/coach.sqlite3")
            bot.says("disk is wiped at least once a day")
            bot.end()


@pytest.mark.parametrize("words", [("dance",), ("restore",), ("backup", "now")])
def test_what_it_does_not_know_is_told_in_a_line(command, words):
    code, said = command(*words)

    assert code == 2
    assert "python -m bot" in said


def test_numbers_of_backups_that_are_none_are_told(command):
    code, said = command(BACKUP_DAYS="many", BACKUP_WEEKS="-1")

    assert code == 2
    assert "BACKUP_DAYS must be a whole number from 0 to 3650." in said
    assert "BACKUP_WEEKS must be a whole number from 0 to 520." in said
