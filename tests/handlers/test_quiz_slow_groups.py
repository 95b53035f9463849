"""A group that is slow to be written to holds up nobody: not other quizzes, not what else is due, not the end."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial

import pytest

from handlers.kit.underway import Underway
from handlers.quiz import running as quiz_running
from handlers.quiz_daily import coming
from storage.database import Stuck
from storage.groups import meet
from tests.fake_group import FakeGroup
from tests.played_quiz import put_played

VOTES = {1001: 0, 1002: 1}


class _Stuck:
    """A pace by which one chat never gets its turn."""

    def __init__(self, chat: int) -> None:
        self.chat, self.free = chat, asyncio.Event()

    async def turn(self, chat, count, lane):
        if chat == self.chat:
            await self.free.wait()
        return range(0)

    def over(self, ticket):
        return None

    def hold(self, chat, seconds):
        return None

    def close(self):
        return None


@pytest.fixture
async def groups(running):
    return [FakeGroup(running), await FakeGroup.opens(running, "Night owls")]


async def _questions_are_over(running, groups):
    """Each group's first is to be told by the heartbeat, and the first group cannot be written to."""
    for group in groups:
        await group.says("alice", "/quiz metrics 2")
        await group.taps("alice", "Start ▶")
        await group.votes("bob")
    polls = [(group.box.roster.chat(group.name), group.poll.id) for group in groups]
    pace = _Stuck(groups[0].id)
    running.coach._behind.rate_limiter._pace = running.coach._bot.rate_limiter._pace = pace
    for where, message_id in polls:  # so that only the heartbeat ends the questions
        running.box.posts.find(where, message_id).poll.closes = None
    running.clock._offset += timedelta(minutes=1)  # a walk would wait for all that is due
    return pace


async def test_one_slow_group_holds_up_neither_the_other_nor_the_heartbeat(running, groups):
    slow, quick = groups
    pace = await _questions_are_over(running, groups)

    await asyncio.wait_for(running.coach.beat_once(running.clock.now()), 5)

    assert "of 1 right" in quick.last.text
    assert "of 1 right" not in slow.last.text
    pace.free.set()
    await running.coach.beat(running.clock.now())
    assert "of 1 right" in slow.last.text


async def test_so_many_that_are_slow_hide_no_quiz_behind_them_and_leave_the_heartbeat_its_rest(
    running, groups, monkeypatch
):
    monkeypatch.setattr(quiz_running, "BATCH", 1)
    _, quick = groups
    pace = await _questions_are_over(running, groups)

    more = [await asyncio.wait_for(running.coach.beat_once(running.clock.now()), 5) for _ in range(3)]

    assert "of 1 right" in quick.last.text
    assert more == [True, True, False]
    pace.free.set()


@pytest.fixture
async def slow_at_six(running, groups):
    """Both groups have their daily quiz at 18:00, and word of last week before it; the first cannot be written to."""
    for group in groups:
        async with running.coach._db.transaction() as tx:
            await meet(tx, group.id, "Night owls", running.clock.now())
            await put_played(
                tx, group.id, running.clock.now() - timedelta(days=3), [("metrics/question-1", VOTES)]
            )
        await group.says("alice", "/quizdaily 18:00 metrics 5")
    pace = _Stuck(groups[0].id)
    running.coach._behind.rate_limiter._pace = running.coach._bot.rate_limiter._pace = pace
    running.clock._offset += timedelta(hours=6)  # a walk would wait for all that is due
    return pace


async def test_a_daily_quiz_that_cannot_come_holds_up_no_other(running, groups, slow_at_six):
    slow, quick = groups
    for _ in range(3):
        await asyncio.wait_for(running.coach.beat_once(running.clock.now()), 5)

    assert "The first question comes in a minute" in quick.last.text
    assert "at 18:00" in slow.last.text
    slow_at_six.free.set()
    await running.coach.beat(running.clock.now())
    await running.coach.beat(running.clock.now())
    assert "The first question comes in a minute" in slow.last.text


async def test_so_many_that_are_slow_hide_none_behind_them(running, groups, slow_at_six, monkeypatch):
    monkeypatch.setattr(coming, "BATCH", 1)
    slow, quick = groups
    async with running.coach._db.transaction() as tx:
        await tx.execute("UPDATE quiz_dailies SET next_at = next_at - 1000 WHERE group_id = ?", (slow.id,))
    for _ in range(3):
        await asyncio.wait_for(running.coach.beat_once(running.clock.now()), 5)

    assert "The first question comes in a minute" in quick.last.text
    slow_at_six.free.set()


async def test_another_hour_chosen_while_it_waits_stands(running, groups, slow_at_six):
    slow, _ = groups
    await asyncio.wait_for(running.coach.beat_once(running.clock.now()), 5)
    async with running.coach._db.transaction() as tx:
        await tx.execute("UPDATE quiz_dailies SET at = '20:00' WHERE group_id = ?", (slow.id,))

    slow_at_six.free.set()
    await running.coach.beat(running.clock.now())

    [daily] = await slow.rows("SELECT at, last_on FROM quiz_dailies WHERE group_id = ?", slow.id)
    assert daily == {"at": "20:00", "last_on": "2026-03-02"}


async def test_nothing_is_begun_twice():
    underway, begun, free = Underway(), [], asyncio.Event()

    async def works():
        begun.append(1)
        await free.wait()

    for _ in range(2):
        underway.begin("it", works)
        await underway.settle(0.01)
    assert begun == [1]
    assert len(underway) == 1

    free.set()
    await underway.idle()
    assert len(underway) == 0
    assert underway.begin("it", works)
    await underway.idle()


async def test_each_that_fails_is_logged_without_its_words_and_what_comes_behind_hears_nothing(caplog):
    underway = Underway()

    async def works(words):
        raise LookupError(words)

    for number in range(2):
        underway.begin(number, partial(works, "what somebody wrote"))
    await underway.settle()

    assert [line.splitlines()[0] for line in caplog.messages] == [
        "under way: 0 failed (LookupError).",
        "under way: 1 failed (LookupError).",
    ]
    assert "what somebody wrote" not in caplog.text


async def test_a_disk_that_failed_them_all_is_heard_of_once(caplog):
    underway = Underway()

    async def works():
        raise Stuck("There is no room left.")

    for number in range(2):
        underway.begin(number, works)

    with pytest.raises(Stuck):
        await underway.settle()
    await underway.settle()
    assert not caplog.messages


async def test_what_is_under_way_at_the_end_is_cancelled():
    underway, ended = Underway(), []

    async def works():
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(1)

    underway.begin("it", works)
    await asyncio.sleep(0)
    await underway.end()

    assert ended == [1]
    assert len(underway) == 0
