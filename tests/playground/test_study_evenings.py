"""The study group's quizzes in a demo, played through the real bot."""

from __future__ import annotations

import re

from playground.groups import Group
from playground.study_evenings import GROUP, StudyEvenings
from tests.fake_chat import Running, a_running_bot


async def test_everybody_plays_a_quiz_to_its_end(tmp_path):
    async with a_running_bot(tmp_path / "coach.sqlite3") as running:
        await _introduced(running)
        evenings = StudyEvenings(running.box, running.clock, "dave", running.quiet)
        await evenings.play(4)
        told = [message["text"] for message in running.box.messages(GROUP)]

        assert told[0] == "/quiz metrics 5"
        assert told[-1].startswith("🏆 ")
        assert sum("/5  " in text for text in told) == 5
        assert running.box.companions.names(_group(running)) == []
        gained = re.findall(r"\(\+(\d+)\)", " ".join(told))
        assert len(set(gained)) > len(gained) // 2  # each at their own pace, not on the minute
        assert "100" not in gained


async def test_most_evenings_are_quiet(tmp_path):
    async with a_running_bot(tmp_path / "coach.sqlite3") as running:
        await _introduced(running)
        before = running.clock.now()
        await StudyEvenings(running.box, running.clock, "dave", running.quiet).play(5)

        assert running.clock.now() == before
        assert running.box.messages(GROUP) == []


async def _introduced(running: Running) -> None:
    """The menu hangs then."""
    assert running.coach is not None
    await running.coach.introduced.wait()


def _group(running: Running) -> Group:
    group = running.box.roster.chat(GROUP)
    assert isinstance(group, Group)
    return group
