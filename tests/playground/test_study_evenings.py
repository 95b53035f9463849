"""The study group's quizzes in a demo, played through the real bot."""

from __future__ import annotations

from playground.study_evenings import GROUP, StudyEvenings
from tests.fake_chat import a_running_bot


async def test_everybody_plays_a_quiz_to_its_end(tmp_path):
    async with a_running_bot(tmp_path / "coach.sqlite3") as running:
        await running.coach.introduced.wait()  # the menu hangs then
        evenings = StudyEvenings(running.box, running.clock, "dave", running.quiet)
        await evenings.play(4)
        told = [message["text"] for message in running.box.messages(GROUP)]

        assert told[0] == "/quiz metrics 5"
        assert told[-1].startswith("🏆 ")
        assert sum("/5  " in text for text in told) == 5
        assert running.box.companions.names(running.box.roster.chat(GROUP)) == []


async def test_most_evenings_are_quiet(tmp_path):
    async with a_running_bot(tmp_path / "coach.sqlite3") as running:
        await running.coach.introduced.wait()
        before = running.clock.now()
        await StudyEvenings(running.box, running.clock, "dave", running.quiet).play(5)

        assert running.clock.now() == before
        assert running.box.messages(GROUP) == []
