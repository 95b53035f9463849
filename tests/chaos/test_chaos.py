"""Days of practice in which calls fail and the bot is killed: nothing is lost, and nothing counted twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.chaos.run import Plan, run

pytestmark = pytest.mark.processes

SHORT = Plan(people=2, kills=4, seed=4, lives=2.5, groups=2, questions=1)
QUIZZES = replace(SHORT, people=4, share=0.0, kills=20, lives=1.0, members=8, questions=3)
PLANTED = replace(SHORT, people=4, groups=0, patience=6.0)


async def test_what_people_did_counts_once_and_what_is_owed_comes_though_the_bot_is_killed(tmp_path):
    verdict = await run(SHORT, tmp_path)
    print(verdict)

    assert not verdict.wrong
    assert verdict.counts["kills"] == 4
    assert min(verdict.counts[what] for what in ("answers", "ratings", "dailies owed", "votes counted")) >= 2
    assert min(verdict.counts[what] for what in ("quizzes", "daily quizzes owed")) >= 1


@pytest.mark.long
async def test_confirming_updates_before_they_are_written_down_is_found_out(tmp_path):
    bug = replace(PLANTED, share=0.0, kills=10, lives=0.5, bug="confirm-before-write")

    verdict = await run(bug, tmp_path)

    assert any("waited in vain" in line or "to no effect" in line for line in verdict.wrong)


@pytest.mark.long
async def test_noting_a_daily_before_it_is_sent_is_found_out(tmp_path):
    resets = replace(PLANTED, kills=0, share=0.35, kinds={"reset": 1.0}, least_days=2, patience=30.0, tries=6)

    verdict = await run(replace(resets, bug="note-before-send"), tmp_path)

    assert any("never came" in line for line in verdict.wrong)


@pytest.mark.long
async def test_counting_votes_before_they_are_written_down_is_found_out(tmp_path):
    bug = replace(QUIZZES, bug="count-before-write")

    verdict = await run(bug, tmp_path)

    assert any("is lost" in line for line in verdict.wrong)


@pytest.mark.long
async def test_closing_a_question_twice_after_a_restart_is_found_out(tmp_path):
    bug = replace(QUIZZES, bug="close-twice")

    verdict = await run(bug, tmp_path)

    assert any("a copy without a lost acknowledgement: told" in line for line in verdict.wrong)


@pytest.mark.long
async def test_where_nothing_is_planted_the_same_runs_are_good(tmp_path):
    verdict = await run(QUIZZES, tmp_path)

    assert not verdict.wrong
    assert verdict.counts["votes counted"] > 20
