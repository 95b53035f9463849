"""What gets in a quiz's way: the group moves, we are put out, may not send polls, Telegram is away."""

from __future__ import annotations

import asyncio

import pytest

from handlers.kit.voice import Voice
from playground import membership
from tests.fake_chat import FakeChat
from tests.fake_group import BOT, FakeGroup


@pytest.fixture
def group(running):
    return FakeGroup(running)


async def test_a_group_that_becomes_a_supergroup_keeps_its_quiz(group):
    await group.says("alice", "/quiz metrics 2")
    await group.taps("alice", "Start ▶")
    await group.votes("bob")
    left = group.poll.seconds_left
    await group.does(membership.migrate, group.name)
    await group.waits(left)
    assert "1 of 1 right" in group.last.text
    await group.waits(6)
    assert group.poll.question.startswith("2/2")
    await group.votes("bob")
    await group.closes()

    assert "🥇 Bob" in group.last.text
    assert await group.rows("SELECT DISTINCT group_id, chat_id FROM quizzes") == [
        {"group_id": group.id, "chat_id": group.id}
    ]


async def test_a_start_card_moves_with_its_group(group):
    await group.says("alice", "/quiz metrics 2")
    await group.does(membership.migrate, group.name)
    await group.says("bob", "/quiz")
    await group.waits(1)
    await group.taps("bob", "Join")
    await group.waits(40)

    assert len(group.polls) == 1


async def test_a_move_that_nobody_told_us_of_is_found_when_we_next_speak(running, group):
    await group.says("alice", "/quiz metrics 2")
    await group.taps("alice", "Start ▶")
    await group.votes("bob")
    left = group.poll.seconds_left
    membership.migrate(running.box, group.name)
    running.box.updates.forget()
    await group.waits(left)
    await group.waits(3)

    assert "1 of 1 right" in group.last.text


async def test_put_out_of_the_group_the_quiz_is_over(group):
    await group.says("alice", "/quiz metrics 2")
    await group.taps("alice", "Start ▶")
    await group.does(membership.remove, "alice", group.name, BOT)
    await group.waits(minutes=5)

    assert await group.rows("SELECT stage, ended_because, next_at FROM quizzes") == [
        {"stage": "over", "ended_because": "removed", "next_at": None}
    ]


async def test_put_out_without_hearing_of_it_the_quiz_is_over_too(running, group):
    await group.says("alice", "/quiz metrics 2")
    await group.taps("alice", "Start ▶")
    membership.remove(running.box, "alice", group.name, BOT)
    running.box.updates.forget()
    await group.waits(minutes=5)

    [quiz] = await group.rows("SELECT stage, ended_because FROM quizzes")
    assert quiz == {"stage": "over", "ended_because": "removed"}


async def test_where_polls_are_not_allowed_it_says_so_before_anybody_joins(running, group):
    membership.allow(running.box, "alice", group.name, {"can_send_polls": False})
    await group.says("alice", "/quiz metrics 2")

    [said] = group.new_messages
    assert "An admin can allow polls" in said.text
    assert await group.rows("SELECT * FROM quizzes") == []


async def test_an_admin_may_send_polls_where_members_may_not(running, group):
    membership.allow(running.box, "alice", group.name, {"can_send_polls": False})
    await group.does(membership.promote, "alice", group.name, BOT)
    await group.says("alice", "/quiz metrics 2")
    await group.taps("alice", "Start ▶")

    assert len(group.polls) == 1


async def test_where_polls_are_forbidden_meanwhile_it_says_what_to_do(running, group):
    await group.says("alice", "/quiz metrics 2")
    membership.allow(running.box, "alice", group.name, {"can_send_polls": False})
    await group.taps("alice", "Start ▶")

    assert "An admin can allow polls" in group.last.text
    [quiz] = await group.rows("SELECT stage, next_at FROM quizzes")
    assert quiz == {"stage": "over", "next_at": None}


@pytest.mark.parametrize(("voted", "results"), [(True, True), (False, False)])
async def test_where_nothing_may_be_said_any_more_whoever_started_hears_of_it(running, group, voted, results):
    alice = FakeChat(running, "alice")
    await alice.starts()
    await group.says("alice", "/quiz metrics 3")
    await group.taps("alice", "Start ▶")
    if voted:
        await group.votes("bob")
    membership.allow(running.box, "alice", group.name, {"can_send_messages": False, "can_send_polls": False})
    said = len(alice.from_bot)
    await group.waits(200)

    [told] = alice.from_bot[said:]
    assert "I may not write in “" in told.text
    assert ("/quizreport" in told.text) is results
    await alice.says("/quizreport")
    assert ("Which quiz?" in alice.last.text) is results


async def test_a_quiz_that_was_stopped_without_a_vote_has_no_results_to_promise(running, group):
    alice = FakeChat(running, "alice")
    await alice.starts()
    await group.says("alice", "/quiz metrics 3")
    await group.taps("alice", "Start ▶")
    membership.allow(running.box, "alice", group.name, {"can_send_messages": False, "can_send_polls": False})
    await group.says("alice", "/stop")

    assert "your quiz there ended." in alice.last.text
    assert "/quizreport" not in alice.last.text


@pytest.fixture
async def forum(running):
    forum = await FakeGroup.opens(running, "Forum", forum=True)
    forum.thread = membership.open_topic(running.box, forum.name, "Metrics")
    await running.quiet()
    return forum


async def test_a_forum_topic_that_was_deleted_ends_its_quiz(forum):
    await forum.says("alice", "/quiz metrics 2")
    await forum.taps("alice", "Start ▶")
    await forum.votes("bob")
    left = forum.poll.seconds_left
    _topic_is_deleted(forum)
    await forum.waits(left)

    [quiz] = await forum.rows("SELECT stage, ended_because, next_at FROM quizzes")
    assert quiz == {"stage": "over", "ended_because": "removed", "next_at": None}


async def test_a_refusal_for_a_forum_topic_that_was_deleted_is_no_bug(running, forum):
    before = forum.box.say("alice", forum.name, "/quiz metrics 99", None, forum.thread)
    _topic_is_deleted(forum)
    await running.quiet()

    assert [message.id for message in forum.messages][-1] == before
    assert await forum.rows("SELECT * FROM inbox WHERE set_aside_at IS NOT NULL OR done_at IS NULL") == []


async def test_a_poll_that_an_admin_deleted_is_passed_over(group):
    await group.says("bob", "/quiz metrics 2")
    await group.taps("bob", "Start ▶")
    group.box.delete("alice", group.name, group.poll.id)
    await group.waits(40)
    await group.waits(2)

    assert "Nobody voted" in group.last.text


async def test_telegram_away_for_a_while_the_question_comes_when_it_is_back(running, group):
    await group.says("alice", "/quiz metrics 2")
    await group.taps("alice", "Start ▶")
    await group.votes("bob")
    await group.closes()
    running.box.faults.order({"method": "sendPoll", "kind": "reset", "times": 2})
    await group.waits(6)
    assert len(group.polls) == 1
    await group.waits(2)
    await group.waits(2)

    assert group.poll.question.startswith("2/2")


async def test_votes_in_a_poll_whose_sending_was_never_acknowledged_count_in_its_copy(running, group):
    await group.says("alice", "/quiz metrics 2")
    await group.taps("alice", "Start ▶")
    await group.votes("dave")
    await group.closes()
    running.box.faults.order({"method": "sendPoll", "kind": "lost_reply", "times": 1})
    await group.waits(6)
    await group.waits(2)
    _, first, copy = group.polls
    assert (copy.question, copy.options) == (first.question, first.options)
    await group.votes("bob", on=first.id)
    await group.votes("carol", on=copy.id)
    await group.closes()

    told = next(message for message in group.new_messages if "✅" in message.text)
    assert "2 of 2 right" in told.text
    assert "Bob 75" in told.text


async def test_a_tap_under_the_first_copy_counts_and_takes_its_buttons_away(running, group):
    await group.says("alice", "/quiz metrics 2")
    running.box.faults.order({"method": "sendPoll", "kind": "lost_reply", "times": 1})
    await group.taps("alice", "Start ▶")
    await group.waits(2)
    first, _ = group.polls
    await group.taps("alice", "Stop", on=first.id)

    assert [poll.buttons for poll in group.polls] == [[], []]
    assert await group.rows("SELECT stage FROM quizzes") == [{"stage": "over"}]


async def test_votes_that_still_wait_in_the_inbox_hold_up_the_results(running, group):
    await group.says("bob", "/quiz metrics 2")
    await group.taps("bob", "Start ▶")
    group.box.delete("alice", group.name, group.poll.id)  # so that no closed poll comes
    async with running.coach._db.transaction() as tx:
        await tx.execute(
            "INSERT INTO inbox (update_id, chat_id, payload, received_at)"
            " SELECT 1, CAST(poll_id AS INTEGER), '{}', 0 FROM quiz_rounds"
        )
    await group.waits(40)
    await group.waits(25)
    assert "Nobody voted" not in group.last.text

    await group.waits(5)
    assert "Nobody voted" in group.last.text


def _topic_is_deleted(forum):
    forum.box.roster.chat(forum.name).topics.pop(forum.thread)


async def test_where_polls_are_forbidden_in_mid_quiz_the_board_and_again_still_come(running, group):
    await group.does(membership.promote, "alice", group.name, BOT)
    await group.says("alice", "/quiz metrics 3")
    await group.taps("alice", "Start ▶")
    await group.votes("bob")
    membership.allow(running.box, "alice", group.name, {"can_send_polls": False})
    said = len(group.from_bot)
    await group.does(membership.demote, "alice", group.name, BOT)
    await group.closes()
    await group.waits(10)

    told, results = group.from_bot[said:]
    assert "1 of 1 right" in told.text
    assert "🥇 Bob" in results.text
    assert "An admin can allow polls" in results.text
    assert "Again" in results.buttons
    assert await group.rows("SELECT stage, ended_because, next_at FROM quizzes") == [
        {"stage": "over", "ended_because": "removed", "next_at": None}
    ]


async def test_where_nothing_may_be_said_any_more_the_quiz_ends_in_silence(running, group):
    await group.says("alice", "/quiz metrics 3")
    await group.taps("alice", "Start ▶")
    await group.votes("bob")
    said = len(group.from_bot)
    membership.allow(running.box, "alice", group.name, {"can_send_messages": False, "can_send_polls": False})
    await group.waits(50)

    assert len(group.from_bot) == said
    [quiz] = await group.rows("SELECT stage, next_at FROM quizzes")
    assert quiz == {"stage": "over", "next_at": None}


async def test_a_skip_that_overtakes_the_answer_to_the_polls_sending_counts(running, group, monkeypatch):
    real, popped_up = Voice.send_poll, []

    async def send_poll(voice, *given, **more):
        sent = await real(voice, *given, **more)
        if len(group.polls) == 2:  # it is in the group; word of that is on its way
            tap = group.box.tap("alice", group.name, sent.message_id, "Skip")
            popped_up.append((await asyncio.wait_for(tap, 5)).text)
        return sent

    monkeypatch.setattr(Voice, "send_poll", send_poll)
    await group.says("alice", "/quiz metrics 2")
    await group.taps("alice", "Start ▶")
    await group.votes("alice")
    while not popped_up:
        await group.waits(5)

    assert popped_up == ["Skipped."]
    assert [row["skipped"] for row in await group.rows("SELECT skipped FROM quiz_rounds")] == [0, 1]
