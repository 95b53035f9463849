"""Days of practice in which calls fail and the bot is killed: nothing is lost, and nothing counted twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.chaos.run import Plan, run

pytestmark = pytest.mark.processes

SHORT = Plan(people=4, kills=6, seed=1)
PLANTED = replace(SHORT, people=4, patience=6.0)


async def test_what_people_did_counts_once_and_what_is_owed_comes_though_the_bot_is_killed(tmp_path):
    verdict = await run(SHORT, tmp_path)
    print(verdict)

    assert not verdict.wrong
    assert verdict.counts["kills"] == 6
    assert min(verdict.counts[what] for what in ("answers", "ratings", "dailies owed")) >= 4


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
