"""The bot as it is run: started, walked, killed, ended."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from tests.processes.walk import Walk

pytestmark = pytest.mark.processes
WALK = Path(__file__).with_name("walk.py")


def test_a_newcomer_walks_three_days_with_two_processes(start_bot, box):
    start_bot()

    assert "three dailies" in _walk(box)


def test_a_newcomer_walks_three_days_with_the_one_process_of_make_run(start):
    process = start("playground", "--with-bot", PORT="0")
    address = process.says(r"^Playground: (\S+)$")[1]

    assert "three dailies" in _walk(address)

    assert process.end() == 0


def test_fifty_answers_survive_kill_9_and_count_once(start_bot, box, tmp_path):
    bot = start_bot()
    people = [Walk(box, f"person{number}") for number in range(50)]
    for person in people:
        person.call("/people/person", {"name": person.who})
        person.say("/start")
    for _ in range(4):
        for person in people:
            person.until("Skip", partial(person.with_button, "Skip"))
        for person in people:
            person.tap("Skip")
    for person in people:
        person.until("the question", partial(person.with_button, "Show answer"))

    for number, person in enumerate(people):
        person.say(f"the answer of {person.who}")
        if number == 24:
            bot.end(signal.SIGKILL)
    again = start_bot()
    for person in people:
        person.until("the points", partial(person.with_button, "Not my answer"))
    again.end()

    with sqlite3.connect(tmp_path / "coach.sqlite3") as database:
        kept = [text for (text,) in database.execute("SELECT text FROM replies ORDER BY text")]
        unfinished = database.execute("SELECT count(*) FROM inbox WHERE done_at IS NULL").fetchone()
    database.close()
    assert kept == sorted(f"the answer of {person.who}" for person in people)
    assert unfinished == (0,)


def test_fifty_messages_of_ten_people_survive_kill_9(start_bot, box, tmp_path):
    bot = start_bot()
    people = [Walk(box, f"person{number}") for number in range(10)]
    for person in people:
        person.call("/people/person", {"name": person.who})
        person.say("/start")
    for number in range(5):  # more to one chat would take its time: one message a second
        for person in people:
            person.say(f"/unknown{number}")
        if number == 2:
            bot.end(signal.SIGKILL)
    again = start_bot()

    def answered(person: Walk) -> list[str]:
        return [m["text"] for m in person.messages() if m["text"].startswith("I don’t know the command")]

    def all_answered(person: Walk) -> bool:
        return len(set(answered(person))) == 5

    for person in people:
        person.until("five answers", partial(all_answered, person))
    again.end()
    # in each chat the acknowledgement of one answer at most can have died with the process
    assert max(len(answered(person)) for person in people) <= 6


def test_sigterm_ends_it_within_five_seconds_and_in_good_order(start_bot):
    bot = start_bot()

    began = time.monotonic()
    code = bot.end()

    assert code == 0
    assert time.monotonic() - began < 5
    assert any("what is under way is finished first" in line for line in bot.lines)


def test_without_a_token_one_sentence_names_both_ways_out(start):
    process = start("bot")

    assert process.popen.wait(30) == 2
    process.end()
    assert len(process.lines) == 1
    assert "@BotFather" in process.lines[0]
    assert "make run" in process.lines[0]


def test_every_problem_of_a_start_is_told_at_once(start):
    process = start(
        "bot",
        TELEGRAM_BOT_TOKEN="nonsense",
        BOT_API_BASE_URL="telegram",
        LOG_LEVEL="LOUD",
        DATABASE_PATH="/proc/nowhere/coach.sqlite3",
    )

    assert process.popen.wait(30) == 2
    process.end()
    said = "\n".join(process.lines)
    for name in ("TELEGRAM_BOT_TOKEN", "BOT_API_BASE_URL", "LOG_LEVEL", "/proc/nowhere"):
        assert name in said
    assert "nonsense" not in said
    assert "Traceback" not in said


def test_a_walked_clock_is_refused_for_the_real_telegram(start):
    process = start(
        "bot", TELEGRAM_BOT_TOKEN="42:playground", BOT_CLOCK_URL="http://127.0.0.1:9/people/clock"
    )

    assert process.popen.wait(30) == 2
    process.end()
    assert "works only with a playground" in process.lines[0]


def test_a_second_bot_on_the_same_file_says_so(start_bot, start, box):
    start_bot()
    second = start("bot", TELEGRAM_BOT_TOKEN="42:playground", BOT_API_BASE_URL=box)

    assert second.popen.wait(30) == 2
    second.end()
    assert len(second.lines) == 1
    assert "coach.sqlite3" in second.lines[0]


def _walk(address: str) -> str:
    done = subprocess.run(
        [sys.executable, str(WALK), address], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_demo_opens_with_two_months_behind_it(start, tmp_path):
    process = start("playground", "--demo", PORT="0")
    assert "coach.sqlite3" in process.says(r"^Playing dave’s last 60 days, in (\S+) …$")[1]
    dave = Walk(process.says(r"^Playground: (\S+)$", patience=120)[1], "dave")

    dave.say("/stats")
    dave.until("the numbers", lambda: any("days in a row" in message["text"] for message in dave.messages()))
    dave.say("/weak")
    dave.until("weak spots", partial(dave.with_button, "Drill 1"))

    assert process.end() == 0
    assert not (tmp_path / "coach.sqlite3").exists()  # the operator's own
