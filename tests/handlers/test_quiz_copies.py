"""A question whose sending was not acknowledged comes twice; votes in the first poll count, whatever comes between."""

from __future__ import annotations

import pytest
from telegram import Poll

from handlers.quiz import asking_round, copies
from storage import quiz_rounds, quizzes
from tests.fake_group import FakeGroup


@pytest.fixture
def group(running):
    return FakeGroup(running)


async def _two_copies(running, group, size=2):
    await group.says("alice", f"/quiz metrics {size}")
    await group.taps("bob", "Join")
    running.box.faults.order({"method": "sendPoll", "kind": "lost_reply", "times": 1})
    await group.taps("alice", "Start ▶")
    await group.waits(2)
    first, second = group.polls
    return first, second


async def _points(group):
    return {r["person_id"]: r["points"] for r in await group.rows("SELECT person_id, points FROM quiz_votes")}


async def test_where_the_quiz_is_stopped_the_results_wait_for_the_first_copy_to_close(running, group):
    first, second = await _two_copies(running, group)
    await group.votes("bob", on=first.id)
    await group.taps("alice", "Stop", on=second.id)
    assert "🏆" not in group.last.text

    await group.waits(40)

    assert "Bob 75" in group.last.text
    assert await _points(group) == {1002: 75}


async def test_votes_in_the_first_copy_do_not_stand_in_for_those_on_their_way_in_the_second(running, group):
    first, second = await _two_copies(running, group)
    await group.votes("alice", on=first.id)
    await group.votes("bob", on=first.id)
    [known] = {row["poll_id"] for row in await group.rows("SELECT poll_id FROM early_votes")}
    coach = running.coach
    await coach._inbox.stop(0)
    options = [{"text": text, "voter_count": 0, "persistent_id": text} for text in first.options]
    closed = {"id": known, "question": first.question, "options": options, "total_voter_count": 2}
    flags = {
        "is_closed": True,
        "is_anonymous": False,
        "type": "quiz",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    }
    await copies.adopt(coach._on, Poll.de_json({**closed, **flags}, None), group.clock.now())
    assert len(await _points(group)) == 2

    running.box.vote("carol", group.name, second.id, [0])
    async with coach._db.transaction() as tx:
        [asked] = await quiz_rounds.of_running(tx)
        quiz = await quizzes.get(tx, asked.quiz_id)
    assert asked.closes_at is not None
    await asking_round.stop(coach._on, quiz, asked, asked.closes_at)

    [stopped] = await group.rows("SELECT stopped_at, closed_at FROM quiz_rounds")
    assert stopped["stopped_at"] is not None
    assert stopped["closed_at"] is None


async def test_what_was_cast_after_the_question_was_stopped_does_not_count(running, group):
    first, second = await _two_copies(running, group)
    await group.votes("bob", on=first.id)
    await group.taps("alice", "Stop", on=second.id)
    await group.waits(5)
    await group.votes("carol", on=first.id)
    await group.waits(40)

    assert await _points(group) == {1002: 75}


async def test_a_copy_that_closed_while_we_were_away_is_the_question_and_none_comes_after_it(running, group):
    await group.says("alice", "/quiz metrics 2")
    await group.taps("bob", "Join")
    await running.dies_at(2, after=True)
    running.box.tap("alice", group.name, group.with_button("Start ▶").id, "Start ▶")
    await running._wire.dead.wait()
    await running.stop()
    assert len(group.polls) == 1
    running.box.vote("bob", group.name, group.poll.id, [group.poll.right])
    await group.waits(50)
    running.box.faults.order({"method": "sendPoll", "kind": "500", "times": 8})

    await running.start()
    await running.quiet()
    await group.waits(2)

    assert len([poll for poll in group.polls if poll.question.startswith("1/2")]) == 1
    assert await _points(group) == {1002: 50}
    running.box.faults.clear()
    await group.waits(20)
    assert group.poll.question.startswith("2/2")


async def test_the_same_question_in_two_groups_goes_to_those_who_play_there(running, group):
    other = await FakeGroup.opens(running, "Night owls")
    first, _ = await _two_copies(running, group)
    await group.votes("bob", on=first.id)
    await other.says("carol", "/quiz metrics 2")
    await other.taps("carol", "Start ▶")
    async with running.coach._db.transaction() as tx:  # as chance may have it
        await tx.execute(
            "UPDATE quiz_rounds SET (question_id, options, option_order, right_options) ="
            " (SELECT question_id, options, option_order, right_options FROM quiz_rounds WHERE quiz_id = 1)"
            " WHERE quiz_id = 2"
        )
    await group.waits(40)

    [vote] = await group.rows("SELECT quiz_id, person_id FROM quiz_votes")
    assert vote == {"quiz_id": 1, "person_id": 1002}
