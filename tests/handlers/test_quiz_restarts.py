"""Whenever the process dies in a quiz: votes count once, the question goes on or is closed, the end is said."""

from __future__ import annotations

import asyncio

import pytest

from tests.fake_group import FakeGroup
from tests.run_again import run_the_last_update_again

ALL_REQUESTS = 15
"""What the quiz of `_played` asks of Telegram."""


@pytest.fixture
def group(running):
    return FakeGroup(running)


async def _dies(running, request, after, doing):
    """Do something, of which the process dies at that request; start it again. Whether it came to that."""
    await running.dies_at(request, after=after)
    working = asyncio.create_task(doing)
    dead = asyncio.create_task(running._wire.dead.wait())
    await asyncio.wait({working, dead}, return_when=asyncio.FIRST_COMPLETED)
    for task in (working, dead):
        task.cancel()
    await asyncio.gather(working, dead, return_exceptions=True)
    died = running._wire.dead.is_set()
    await running.stop()
    await running.start()
    await running.quiet()
    return died


async def _to_the_end(group):
    for _ in range(70):
        if await group.rows("SELECT * FROM quizzes WHERE stage <> 'over'") == []:
            return
        await group.waits(10)
    raise AssertionError("it does not end")


async def _played(group):
    """A quiz of two questions, as it goes when nothing happens."""
    await group.says("alice", "/quiz metrics 2")
    await group.taps("bob", "Join")
    await group.waits(40)
    await group.votes("bob")
    await group.votes("alice", right=False)
    await group.closes()
    await group.waits(6)
    await group.votes("bob")
    await group.closes()


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("request_number", range(ALL_REQUESTS))
async def test_it_may_die_before_and_after_every_call(running, group, request_number, after):
    assert await _dies(running, request_number, after, _played(group))
    await _to_the_end(group)

    [quiz] = await group.rows("SELECT * FROM quizzes")
    assert (quiz["stage"], quiz["next_at"]) == ("over", None)
    rounds = await group.rows("SELECT * FROM quiz_rounds ORDER BY place")
    assert all(each["told_at"] is not None for each in rounds)
    votes = await group.rows("SELECT DISTINCT place, person_id FROM quiz_votes")
    assert votes == await group.rows("SELECT place, person_id FROM quiz_votes")
    # of what was being sent when it died a second copy may be there, of nothing else
    questions = [poll.question[:3] for poll in group.polls]
    assert len(questions) - len(set(questions)) + sum(_copies(group)) <= 1
    assert not (len(questions) > len(set(questions)) and not after)


async def test_a_question_in_flight_goes_on_after_a_restart(running, group):
    await group.says("alice", "/quiz metrics 2")
    await group.taps("alice", "Start ▶")
    await group.votes("bob")
    await running.stop()
    await running.start()
    await running.quiet()
    await group.waits(10)
    await group.votes("carol")
    await group.closes()

    assert "Bob 100 (+100) · Carol 84 (+84)" in group.last.text


async def test_what_was_voted_while_we_were_away_counts_as_half_way_at_best_and_is_no_guess(running, group):
    await group.says("alice", "/quiz metrics 2")
    await group.taps("alice", "Start ▶")
    await running.stop()
    poll = group.poll
    running.box.vote("bob", group.name, poll.id, [poll.right])
    running.box.vote("carol", group.name, poll.id, [0 if poll.right else 1])
    await running.start()
    await running.quiet()
    await group.votes("dave")
    await group.closes()

    assert "Dave 100 (+100) · Bob 75 (+75) · Carol 0" in group.last.text


async def test_a_question_that_closed_while_we_were_away_is_told_with_the_votes_that_came(running, group):
    await group.says("alice", "/quiz metrics 2")
    await group.taps("alice", "Start ▶")
    await group.votes("alice")
    await running.stop()
    poll = group.poll
    running.box.vote("bob", group.name, poll.id, [poll.right])
    await group.waits(minutes=3)
    await running.start()
    await running.quiet()
    await group.waits(6)

    told = next(message for message in group.from_bot if "of 2 right" in message.text)
    assert "Alice 100 (+100) · Bob 50 (+50)" in told.text
    assert group.poll.question.startswith("2/2")


@pytest.mark.parametrize(
    "who, what", [("bob", "Join"), ("alice", "Start ▶"), ("alice", "Skip"), ("alice", "Stop")]
)
async def test_every_press_may_run_twice(running, group, who, what):
    await group.says("alice", "/quiz metrics 2")
    if what in ("Skip", "Stop"):
        await group.taps("alice", "Start ▶")
    await group.taps(who, what)
    before = (len(group.polls), len(group.from_bot), await _kept(group))

    await run_the_last_update_again(running)

    assert (len(group.polls), len(group.from_bot), await _kept(group)) == before


@pytest.mark.parametrize("words", ["/quiz metrics 2", "/quiz"])
async def test_the_command_may_run_twice(running, group, words):
    await group.says("alice", words)
    await run_the_last_update_again(running)

    assert len(group.from_bot) == 1


async def test_a_vote_may_run_twice(running, group):
    await group.says("alice", "/quiz metrics 2")
    await group.taps("alice", "Start ▶")
    running.box.vote("bob", group.name, group.poll.id, [group.poll.right])
    await running.quiet()
    async with running.coach._db.transaction() as tx:
        [row] = await tx.all("SELECT max(update_id) - 1 AS id FROM inbox")
        await tx.execute(
            "UPDATE inbox SET done_at = NULL, payload = ? WHERE update_id = ?",
            (running.payloads[row["id"]], row["id"]),
        )
    await running.stop()
    await running.start()
    await running.quiet()

    assert [row["points"] for row in await group.rows("SELECT points FROM quiz_votes")] == [100]


async def test_a_vote_that_overtakes_the_answer_to_the_sending_counts(running, group):
    """The poll is there, its id is not written down yet, and somebody has voted."""
    await group.says("alice", "/quiz metrics 2")
    await group.taps("alice", "Start ▶")
    poll = group.poll
    async with running.coach._db.transaction() as tx:
        [row] = await tx.all("SELECT * FROM quiz_rounds")
        await tx.execute("UPDATE quiz_rounds SET poll_id = 'not yet known'")
    await group.votes("bob")
    assert await group.rows("SELECT * FROM quiz_votes") == []
    assert len(await group.rows("SELECT * FROM early_votes")) == 1

    from dataclasses import replace

    from handlers.quiz import asking_round
    from storage import quiz_rounds, quizzes

    async with running.coach._db.transaction() as tx:
        quiz = await quizzes.get(tx, 1)
        asked = await quiz_rounds.find(tx, 1, 0)
        assert asked is not None
        await asking_round.note(
            tx, quiz, replace(asked, poll_id=None), row["poll_id"], poll.id, running.clock.now()
        )

    [vote] = await group.rows("SELECT points, person_id FROM quiz_votes")
    assert vote == {"points": 100, "person_id": 1002}
    assert await group.rows("SELECT * FROM early_votes") == []


def _copies(group):
    """How often the same message was sent more than once, edits aside."""
    texts = [
        message.text.split("\n")[0]
        for message in group.from_bot
        if "✅" in message.text or "🏆" in message.text
    ]
    yield len(texts) - len(set(texts))


async def _kept(group):
    tables = ("quizzes", "quiz_rounds", "quiz_players", "quiz_votes", "quiz_skips")
    return {table: await group.rows(f"SELECT * FROM {table}") for table in tables}


async def test_before_telegram_has_said_who_we_are_the_results_wait_and_lose_no_minute(running, group):
    await group.says("alice", "/quiz metrics 2")
    await group.taps("alice", "Start ▶")
    await group.votes("bob")
    await running.stop()
    running.box.faults.order({"method": "getMe", "kind": "500", "times": 10**9})
    await running.start()
    async with running.coach._db.transaction() as tx:
        await tx.execute("UPDATE quizzes SET ended_because = 'stopped', next_at = 0")
        await tx.execute("UPDATE quiz_rounds SET told_at = 0")

    await running.coach.beat_once(running.clock.now())
    assert [quiz["next_at"] for quiz in await group.rows("SELECT next_at FROM quizzes")] == [0]

    running.box.faults.clear()
    await running.quiet()
    await running.coach.beat(running.clock.now())
    assert "🏆" in group.last.text
