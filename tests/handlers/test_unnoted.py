"""The disk fills up just after something was said: it is not said again and again while it cannot be noted."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from content.bank import Bank
from handlers import FEATURES
from interview.question import FollowUp, Quality
from storage.database import Stuck
from storage.groups import meet
from tests.fake_chat import _Wire, make_question
from tests.fake_group import FakeGroup
from tests.played_quiz import put_played

TRIES = 5
FOLLOWED = replace(
    make_question("metrics", 1),
    follow_ups=(FollowUp(Quality.STRONG, "And if it grows?", "Then it grows."),),
)


@pytest.fixture
def full_after(running, monkeypatch):
    """`full_after("sendPoll")`: nothing can be written any more once the next such call has been answered; what
    comes of later ones is in the list that it returns."""
    real = _Wire.do_request

    def order(method, words=""):
        sent = []

        async def do_request(wire, url, *given, **more):
            answer = await real(wire, url, *given, **more)
            data = given[1] if len(given) > 1 else more.get("request_data")
            if url.endswith(f"/{method}") and words in str(data and data.parameters):
                sent.append(url)
                if len(sent) == 1:
                    await fill(running.coach._db._connection)
            return answer

        monkeypatch.setattr(_Wire, "do_request", do_request)
        return sent

    return order


async def fill(connection):
    """As SQLite does on a full disk: what changed nothing is committed all the same."""
    real, before = connection.commit, connection.total_changes
    said: list[str] = []
    await connection.set_trace_callback(said.append)

    async def commit():
        nonlocal before
        changed = connection.total_changes > before or any("user_version =" in each for each in said)
        before = connection.total_changes
        said.clear()
        if changed:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        await real()

    connection.commit = commit


def make_room(running):
    del running.coach._db._connection.commit


async def try_again(running):
    """As often as the intake comes round, and each heartbeat, whether the one before it could do its work or not."""
    coach = running.coach
    for _ in range(TRIES):
        for heartbeat in (feature.heartbeat for feature in FEATURES if feature.heartbeat):
            with suppress(Stuck):
                await heartbeat.beat(coach._on, running.clock.now() + timedelta(minutes=2))
        for _ in range(200):
            await asyncio.sleep(0)


@pytest.fixture
def group(running):
    return FakeGroup(running)


async def until(condition):
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 the wire rings no bell
            await asyncio.sleep(0)


async def test_a_start_card(running, group, full_after):
    sent = full_after("sendMessage", "Join")

    group.box.say("alice", group.name, "/quiz metrics 2")
    await until(lambda: sent)
    await try_again(running)

    assert len(sent) == 1
    make_room(running)
    await running.quiet()
    await group.taps("alice", "Start ▶")
    assert len(group.polls) == 1


async def test_a_poll(running, group, full_after):
    await group.says("alice", "/quiz metrics 2")
    sent = full_after("sendPoll")

    group.box.tap("alice", group.name, group.with_button("Start ▶").id, "Start ▶")
    await until(lambda: sent)
    await try_again(running)

    assert len(sent) == 1
    make_room(running)
    await running.quiet()
    assert len(group.polls) <= 2


@pytest.mark.parametrize("words", ["of 1 right", "My rank"], ids=["what was right", "the results"])
async def test_what_comes_after_a_question(running, group, full_after, words):
    await group.says("alice", "/quiz metrics 1")
    await group.taps("alice", "Start ▶")
    await group.votes("bob")
    sent = full_after("sendMessage", words)

    running.clock._offset += timedelta(minutes=2)
    await try_again(running)

    assert len(sent) == 1
    make_room(running)
    await running.coach.beat(running.clock.now() + timedelta(minutes=5))
    assert (await group.rows("SELECT stage FROM quizzes"))[0]["stage"] == "over"


async def test_word_of_last_week_before_a_daily_quiz(running, group, full_after):
    async with running.coach._db.transaction() as tx:
        await meet(tx, group.id, "Night owls", running.clock.now())
        await put_played(
            tx,
            group.id,
            running.clock.now() - timedelta(days=3),
            [("metrics/question-1", {1001: 0, 1002: 1})],
        )
    await group.says("alice", "/quizdaily 18:00 metrics 5")
    sent = full_after("sendMessage", str(group.id))

    running.clock._offset += timedelta(hours=6)
    await try_again(running)

    assert len(sent) == 1


async def test_a_question_wanted_beyond_the_daily(running, chat, full_after):
    await chat.starts()
    await chat.answers("Got it")
    sent = full_after("sendMessage", "What is")

    tapping = asyncio.create_task(chat.taps("Another"))
    await until(lambda: sent)
    await try_again(running)

    assert len(sent) == 1
    make_room(running)
    await tapping
    assert "What is" in chat.last.text


async def test_the_open_question_of_a_drill_brought_again(running, chat, full_after):
    await chat.starts()
    await chat.says("/topic metrics")
    sent = full_after("sendMessage", "What is")

    chat.box.say("alice", "alice", "/topic metrics")
    await until(lambda: sent)
    await try_again(running)

    assert len(sent) == 1
    make_room(running)
    await running.quiet()


async def test_a_follow_up(running, chat, full_after):
    await running.stop()
    running.shelf = replace(running.shelf, bank=Bank([FOLLOWED, make_question("metrics", 2)]))
    await running.start()
    await chat.starts()
    await chat.says(f"/question {FOLLOWED.id}")
    await chat.answers("Got it")
    sent = full_after("sendMessage", "And if it grows?")

    tapping = asyncio.create_task(chat.taps("A deeper question"))
    await until(lambda: sent)
    await try_again(running)

    assert len(sent) == 1
    make_room(running)
    await tapping
