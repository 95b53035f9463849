"""Two hundred people in one group: every vote counts, nothing is refused, the results come at once."""

from __future__ import annotations

import pytest

from playground.groups import Group
from tests.counting_limits import CountingLimits
from tests.fake_group import FakeGroup

CROWD = [f"player_{number:03}" for number in range(200)]


@pytest.fixture
def group(running):
    group = FakeGroup(running)
    chat = running.box.roster.chat(group.name)
    assert isinstance(chat, Group)
    chat.members += [running.box.roster.add(name, "en") for name in CROWD]
    running.box.limits = CountingLimits(running.clock.now)
    return group


async def test_everybody_of_two_hundred_is_counted_and_nothing_is_refused(running, group):
    await group.says("alice", "/quiz metrics 3")
    for who in CROWD[:25]:
        await group.taps(who, "Join")
    await group.waits(40)
    for place in range(3):
        poll = group.poll
        for number, who in enumerate(CROWD):
            running.box.vote(who, group.name, poll.id, [poll.right if number % 3 else (poll.right + 1) % 4])
        await running.quiet()
        await group.closes()
        assert "133 of 200 right" in group.new_messages[0].text
        if place < 2:
            await group.waits(10)

    [count] = await group.rows("SELECT count(*) AS n FROM quiz_votes")
    assert count["n"] == 600
    text = group.last.text
    assert text.startswith("🏆 Metrics, 3 questions\n🥇 Player_001 294 · Player_002 294")
    assert "and 180 others" in text
    assert len(text) < 4096
    assert running.box.limits.refused == 0


async def test_skipping_and_tapping_in_a_hurry_runs_into_no_limit(running, group):
    await group.says("alice", "/quiz metrics 8")
    await group.taps("alice", "Start ▶")
    for _ in range(8):
        await group.taps("alice", "Skip")
        await group.waits(10)

    assert "🏆" in group.last.text
    assert running.box.limits.refused == 0
