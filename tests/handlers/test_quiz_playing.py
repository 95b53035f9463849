"""Questions as polls: what is asked, how votes count, what is said after each, skipping and stopping."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.fake_group import FakeGroup


@pytest.fixture
async def group(running):
    """A quiz of three questions under way, of alice and bob."""
    group = FakeGroup(running)
    await group.says("alice", "/quiz metrics 3")
    await group.taps("bob", "Join")
    await group.taps("alice", "Start ▶")
    return group


async def test_a_question_is_a_named_quiz_poll_with_its_place(group):
    [poll] = group.polls

    assert poll.question.startswith("1/3  Which is true of metrics")
    assert sorted(poll.options)[0].startswith("right")
    assert poll.seconds_left == 32
    assert poll.buttons == ["Skip", "Stop"]
    [put] = await group.rows("SELECT * FROM quiz_rounds")
    order = [int(number) for number in put["option_order"].split()]
    assert order[poll.right] == 0


async def test_after_the_time_come_the_explanation_and_the_standings_in_one_message(group):
    await group.waits(8)
    await group.votes("bob")
    await group.waits(8)
    await group.votes("alice", right=False)
    await group.closes()

    [told] = group.new_messages
    lines = told.text.splitlines()
    assert lines[0].startswith("✅ right")
    assert lines[1].startswith("Because a < b & b >")
    assert lines[2].startswith("✗ wrong")
    assert lines[4:] == ["Bob 88 (+88) · Alice 0", "1 of 2 right"]
    assert group.poll.closed
    assert group.poll.buttons == []


async def test_the_next_question_leaves_time_to_read(group):
    await group.votes("bob")
    await group.closes()
    await group.waits(5)
    assert len(group.polls) == 1
    await group.waits(1)

    assert group.poll.question.startswith("2/3")


async def test_a_fast_wrong_guess_costs_and_a_slower_one_does_not(group):
    await group.waits(1.9)
    await group.votes("bob", right=False)
    await group.waits(0.2)
    await group.votes("alice", right=False)

    votes = await group.rows("SELECT person_id, points, is_right FROM quiz_votes ORDER BY person_id")
    assert [(vote["person_id"], vote["points"]) for vote in votes] == [(1001, 0), (1002, -25)]


async def test_whoever_votes_is_in(group):
    await group.votes("dave")
    await group.closes()

    assert "Dave 100" in group.last.text
    assert len(await group.rows("SELECT * FROM quiz_players")) == 3


async def test_who_left_the_group_keeps_their_points(group):
    from playground import membership

    await group.votes("bob")
    await group.does(membership.leave, "bob", group.name)
    await group.closes()

    assert "Bob 100" in group.last.text


async def test_the_end_has_medals_the_hardest_question_and_three_buttons(group):
    for right in (("alice", "bob"), ("bob",), ("bob", "carol")):
        for who in ("alice", "bob", "carol"):
            await group.votes(who, right=who in right)
        await group.closes()
        await group.waits(6)

    text = group.last.text.splitlines()
    assert text[0] == "🏆 Metrics, 3 questions"
    assert text[1] == "🥇 Bob 300   🥈 Alice 50 · Carol 50"
    assert text[2].startswith("Hardest: “Which is true of metrics")
    assert text[2].endswith("(1 of 3). Closest call: 2 against 1.")
    assert group.last.buttons == ["Review my mistakes", "My rank", "Again"]
    assert await group.rows("SELECT stage, ended_because, next_at FROM quizzes") == [
        {"stage": "over", "ended_because": "played", "next_at": None}
    ]
    await group.waits(minutes=30)
    assert not group.new_messages


async def test_ones_own_rank_pops_up_for_oneself(group):
    await group.votes("bob")
    await group.votes("alice", right=False)
    await group.closes()
    await group.says("alice", "/stop")

    assert await group.taps("bob", "My rank") == "You are 1st of 2: 100 points, 1 of 1 right."
    assert "2nd of 2" in (await group.taps("alice", "My rank") or "")
    assert "You have not voted" in (await group.taps("dave", "My rank") or "")


async def test_again_is_another_one_like_that_with_other_questions_first(group):
    asked = await _play_silently(group, "bob")
    await group.taps("bob", "Again")
    assert group.last.text.splitlines()[:2] == ["Quiz: Metrics, 3 questions, 30 s and more each", "In: Bob"]
    await group.taps("bob", "Start ▶")
    again = await _play_silently(group, "bob")

    assert not asked & again


async def test_half_of_the_players_skip_a_question(group):
    await group.taps("carol", "Skip")
    assert not _closed(group)
    await group.votes("carol")
    assert "1 of the 2" in (await group.taps("carol", "Skip") or "")
    assert "1 of the 2" in (await group.taps("carol", "Skip") or "")
    assert await group.taps("bob", "Skip") == "Skipped."

    assert _closed(group)
    assert group.last.text.startswith("⏭ Skipped.\n✅ right")
    assert "Carol 100" in group.last.text


async def test_who_does_not_play_does_not_skip(group):
    assert "Skipping is for those who play" in (await group.taps("dave", "Skip") or "")
    assert await group.rows("SELECT * FROM quiz_skips") == []


async def test_skipping_fast_stays_below_twenty_messages_a_minute(group):
    began = group.clock.now()
    for _ in range(3):
        await group.taps("alice", "Skip")
        await group.waits(10)

    assert (group.clock.now() - began).total_seconds() == 30
    opened = [row["opened_at"] for row in await group.rows("SELECT opened_at FROM quiz_rounds")]
    assert all(later - earlier >= 10_000 for earlier, later in pairwise(opened))


async def test_the_starter_stops_it_with_the_results_so_far(group):
    await group.votes("bob")
    assert "Only who started it" in (await group.taps("bob", "Stop") or "")
    await group.taps("alice", "Stop")

    told, results = group.new_messages
    assert "Bob 100" in told.text
    assert results.text.splitlines()[:2] == ["🏆 Metrics, 1 of 3 questions", "Stopped."]
    assert group.poll.closed
    await group.waits(minutes=5)
    assert not group.new_messages


async def test_stopped_before_anybody_voted(group):
    await group.says("alice", "/stop")

    [results] = group.new_messages
    assert "Nobody voted." in results.text
    assert group.poll.closed


async def test_while_nobody_has_voted_no_answer_is_given_away(group):
    await group.closes()
    assert group.last.text == "Nobody voted."

    await group.waits(10)
    await group.votes("bob")
    await group.closes()
    assert group.last.text.startswith("✅ right")


async def test_without_a_point_there_is_no_medal_but_a_kind_line(group):
    for who in ("alice", "bob"):
        await group.votes(who, right=False)
    await group.closes()
    assert "Alice −25 (−25) · Bob −25 (−25)" in group.last.text
    await group.says("alice", "/stop")

    assert "no points for anybody" in group.last.text
    assert not any(medal in group.last.text for medal in "🥇🥈🥉")


async def test_medals_are_for_points_above_none(group):
    await group.votes("alice")
    await group.waits(3)
    await group.votes("bob", right=False)
    await group.closes()
    await group.says("alice", "/stop")

    assert group.last.text.splitlines()[2:4] == ["🥇 Alice 100", "2. Bob 0"]


async def test_three_silent_questions_stop_it(running):
    group = FakeGroup(running)
    await group.says("alice", "/quiz metrics 7")
    await group.taps("alice", "Start ▶")
    for _ in range(3):
        await group.closes()
        await group.waits(10)

    assert "Three questions without a vote" in group.last.text
    assert len(group.polls) == 3
    await group.waits(minutes=10)
    assert len(group.polls) == 3


async def test_a_vote_between_keeps_it_going(running):
    group = FakeGroup(running)
    await group.says("alice", "/quiz metrics 7")
    await group.taps("alice", "Start ▶")
    for place in range(4):
        if place == 1:
            await group.votes("bob")
        await group.closes()
        await group.waits(10)

    assert len(group.polls) == 5


async def test_old_buttons_say_what_to_do(group):
    poll = group.poll.id
    await group.says("alice", "/stop")

    for data in ("quiz-skip.1:1:0", "quiz-stop.1:1", "quiz-join.1:1", "quiz-size.1:1:5"):
        assert "That quiz is over" in (await group.taps_data("alice", poll, data) or "")
    assert "older version" in (await group.taps_data("alice", poll, "rate.1:1:3") or "")


async def test_a_quiz_of_another_chat_is_out_of_reach(running, group):
    other = await FakeGroup.opens(running, "Other")
    await other.says("alice", "/quiz")

    for data in ("quiz-stop.1:1", "quiz-skip.1:1:0", "quiz-rank.1:1", "quiz-again.1:1"):
        assert "That quiz is over" in (await other.taps_data("alice", other.last.id, data) or "")
    assert group.poll.closed is False


async def test_what_left_the_bank_meanwhile_is_left_out(running, group):
    from dataclasses import replace

    from content.bank import Bank

    [row] = await group.rows("SELECT question_ids FROM quizzes")
    _, second, third = row["question_ids"].split()
    kept = [one for one in running.shelf.bank if one.id != second]
    running.shelf = replace(running.shelf, bank=Bank(kept))
    await running.stop()
    await running.start()
    await group.votes("bob")
    await group.closes()
    await group.waits(6)

    assert group.poll.question.startswith("2/2")
    assert [row["question_id"] for row in await group.rows("SELECT question_id FROM quiz_rounds")][1] == third


async def _play_silently(group, who):
    while "🏆" not in group.last.text:
        await group.votes(who)
        await group.closes()
        await group.waits(6)
    [row] = await group.rows("SELECT question_ids FROM quizzes ORDER BY id DESC LIMIT 1")
    return set(row["question_ids"].split())


async def test_a_vote_that_comes_after_the_results_changes_nothing(group):
    await group.votes("bob")
    await group.closes()
    before = await group.rows("SELECT * FROM quiz_votes")
    await _receives_vote(group, {"user": group.box.roster.person("carol").as_user()})

    assert await group.rows("SELECT * FROM quiz_votes") == before
    assert len(group.from_bot) == 2


async def test_a_vote_in_the_name_of_a_channel_is_passed_over(group):
    await _receives_vote(group, {"voter_chat": {"id": -1001, "type": "channel", "title": "News"}})

    assert await group.rows("SELECT * FROM quiz_votes") == []
    assert await group.rows("SELECT * FROM inbox WHERE set_aside_at IS NOT NULL") == []


async def _receives_vote(group, who):
    found = group.box.posts.find(group.box.roster.chat(group.name), group.poll.id)
    vote = {"poll_id": found.poll.id, "option_ids": [0], "option_persistent_ids": ["1"], **who}
    group.box.updates.add("poll_answer", vote)
    await group.running.quiet()


def _closed(group: FakeGroup) -> bool:
    return bool(group.poll.closed)


async def test_an_alias_and_the_wish_not_to_be_seen_hold_in_a_quiz_too(running):
    group = FakeGroup(running)
    await group.says("alice", "/board alias Ada")
    await group.says("bob", "/board hide")
    await group.says("alice", "/quiz metrics 1")
    card = group.last.id
    await group.taps("bob", "Join")
    await group.waits(5)
    assert "In: Ada, someone" in group.message(card).text

    await group.taps("alice", "Start ▶")
    said = len(group.from_bot)
    await group.votes("alice")
    await group.votes("bob", right=False)
    await group.closes()

    told, results = (each.text for each in group.from_bot[said:])
    assert "Ada 100 (+100) · someone" in told
    assert "🥇 Ada 100" in results
    assert "someone" in results
    assert not [text for text in (told, results) if "Bob" in text or "Alice" in text]


async def test_results_that_cannot_be_sent_leave_no_buttons_on_the_closed_poll(running, group):
    await group.votes("bob")
    running.box.faults.order({"method": "sendMessage", "kind": "reset", "times": 4})
    await group.closes()

    assert group.poll.closed
    assert group.poll.buttons == []
