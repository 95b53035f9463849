"""The start card: who joins, what is chosen, when a quiz begins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.bank import Bank
from playground import membership
from tests.fake_chat import make_question
from tests.fake_group import FakeGroup


@pytest.fixture
def group(running):
    return FakeGroup(running)


async def test_the_card_says_what_comes_and_who_is_in(group):
    await group.says("alice", "/quiz metrics 5")

    assert group.last.text.splitlines()[:2] == ["Quiz: Metrics, 5 questions, 30 s and more each", "In: Alice"]
    assert group.last.buttons == ["Join", "Start ▶", "Topic", "5", "30 s +"]


async def test_with_the_second_person_the_countdown_begins_and_forty_seconds_later_the_quiz(group):
    await group.says("alice", "/quiz metrics 5")
    card = group.last.id
    assert "You are in" in (await group.taps("bob", "Join") or "")

    await group.waits(5)
    assert "In: Alice, Bob" in group.message(card).text
    assert "35 s" in group.message(card).text
    await group.waits(34)
    assert group.polls == []
    await group.waits(1)

    assert group.poll.question.startswith("1/5  Which is true of metrics")
    assert group.message(card).buttons == []
    assert group.from_bot == [group.message(card)]


async def test_joining_twice_is_joining_once_and_does_not_put_off_the_start(group):
    await group.says("alice", "/quiz")
    await group.taps("bob", "Join")
    await group.waits(30)
    await group.taps("bob", "Join")
    await group.taps("carol", "Join")
    await group.waits(10)

    assert len(group.polls) == 1
    assert [row["person_id"] for row in await group.rows("SELECT person_id FROM quiz_players")] == [
        1001, 1002, 1003,
    ]  # fmt: skip


async def test_many_who_join_at_once_cost_few_edits(group):
    await group.says("alice", "/quiz")
    for who in ("bob", "carol", "dave"):
        await group.taps(who, "Join")

    assert not group.last.edited
    await group.waits(4)
    assert "In: Alice, Bob, Carol, Dave" in group.last.text


async def test_the_starter_alone_may_begin_at_once_and_others_may_not(group):
    await group.says("bob", "/quiz metrics 3")

    assert "Only who started it" in (await group.taps("carol", "Start ▶") or "")
    assert group.polls == []
    await group.taps("bob", "Start ▶")

    assert group.poll.question.startswith("1/3")


async def test_an_admin_may_begin_what_somebody_else_started(group):
    await group.says("bob", "/quiz metrics 3")
    await group.taps("alice", "Start ▶")

    assert len(group.polls) == 1


async def test_two_taps_on_start_put_one_question(group):
    await group.says("alice", "/quiz")
    card = group.last.id
    await group.taps("alice", "Start ▶")
    await group.taps_data("alice", card, "quiz-start.1:1")

    assert len(group.polls) == 1


async def test_topic_number_and_seconds_are_chosen_on_the_card(group):
    await group.says("alice", "/quiz")
    await group.taps("alice", "Topic")
    assert "A mix" in group.last.buttons
    await group.taps("alice", "Statistics")
    await group.taps("alice", "7")
    await group.taps("alice", "30 s +")

    assert group.last.text.startswith("Quiz: Statistics, 8 questions, 20 s each")
    assert group.last.buttons[3:] == ["8", "20 s"]
    await group.taps("alice", "Start ▶")
    assert group.poll.seconds_left == 20


async def test_the_card_promises_no_more_questions_than_there_are_and_says_so_once(group):
    await group.says("alice", "/quiz statistics 10")
    assert group.last.text.splitlines()[:2] == [
        "Quiz: Statistics, 8 questions, 30 s and more each",
        "Statistics has 8 quiz questions.",
    ]
    assert group.last.buttons[3] == "8"

    await group.taps("alice", "8")
    assert "quiz questions" not in group.last.text
    assert group.last.buttons[3] == "5"
    for shown in ("7", "8", "5"):
        await group.taps("alice", group.last.buttons[3])
        assert group.last.buttons[3] == shown
    assert "quiz questions" not in group.last.text


async def test_what_others_started_is_not_for_everybody_to_change(group):
    await group.says("alice", "/quiz")

    for label in ("Topic", "7", "30 s +"):
        assert "Only who started it" in (await group.taps("bob", label) or "")


async def test_back_from_the_topics_is_the_card(group):
    await group.says("alice", "/quiz")
    await group.taps("alice", "Topic")
    await group.taps("alice", "‹ Back")

    assert "Join" in group.last.buttons


async def test_nobody_else_within_ten_minutes_closes_the_card(group):
    await group.says("alice", "/quiz")
    await group.waits(minutes=10)

    assert "Nobody else joined" in group.last.text
    assert group.last.buttons == ["Again"]
    assert await group.rows("SELECT stage, ended_because, next_at FROM quizzes") == [
        {"stage": "over", "ended_because": "nobody", "next_at": None}
    ]
    await group.taps("bob", "Again")
    assert group.last.text.splitlines()[1] == "In: Bob"


async def test_stopped_before_it_began(group):
    await group.says("bob", "/quiz")
    await group.says("carol", "/stop")
    assert "Only who started it" in group.last.text
    await group.says("bob", "/stop")

    assert "Stopped before it began" in group.messages[1].text
    await group.says("bob", "/stop")
    assert "No quiz is running here" in group.last.text


async def test_a_second_quiz_points_to_the_one_that_runs(group):
    await group.says("alice", "/quiz")
    card = group.last.id
    await group.says("bob", "/quiz statistics")
    assert (group.last.reply_to, "running here already" in group.last.text) == (card, True)

    await group.taps("alice", "Start ▶")
    await group.says("bob", "/quiz statistics")
    assert group.last.reply_to == group.poll.id
    assert len(await group.rows("SELECT * FROM quizzes")) == 1


async def test_a_tap_on_again_while_one_runs_pops_up_and_sends_nothing(group):
    await group.says("alice", "/quiz metrics 3")
    await group.says("alice", "/stop")
    stopped = group.with_button("Again").id
    await group.taps("bob", "Again", on=stopped)

    assert await group.taps("carol", "Again", on=stopped) == "A quiz is running here already."
    assert group.new_messages == []


async def test_each_topic_of_a_forum_has_a_quiz_of_its_own(running):
    forum = await FakeGroup.opens(running, "Forum", forum=True)
    threads = [membership.open_topic(running.box, forum.name, title) for title in ("one", "two")]
    first, second = (FakeGroup(running, forum.name, thread) for thread in threads)

    for each in (first, second):
        await each.says("alice", "/quiz metrics 3")
        await each.taps("bob", "Join")
        await each.taps("alice", "Start ▶")

    assert len(first.polls) == len(second.polls) == 1
    await first.votes("bob")
    await first.closes()
    assert "1 of 1 right" in first.last.text
    assert [len(each.from_bot) for each in (first, second)] == [2, 2]


async def test_an_unknown_topic_offers_the_nearest(group):
    await group.says("alice", "/quiz xyzzy 3")
    assert "I don’t know the topic" in group.last.text
    await group.taps("bob", "A mix")

    assert group.last.text.startswith("Quiz: A mix, 3 questions")


@pytest.mark.parametrize("words", ["/quiz metrics 0", "/quiz 21", "/quiz 99999999999"])
async def test_a_number_that_is_none_is_refused(group, words):
    await group.says("alice", words)

    assert "1 to 20 questions" in group.last.text
    assert await group.rows("SELECT * FROM quizzes") == []


async def test_where_admins_start_quizzes_others_are_told_so(group):
    await group.says("alice", "/quiz")
    await group.says("alice", "/stop")
    async with group.running.coach._db.transaction() as tx:
        await tx.execute("UPDATE groups SET who_may_start = 'admins'")

    await group.says("bob", "/quiz")
    assert "only admins start quizzes" in group.last.text
    await group.says("alice", "/quiz")
    assert "Join" in group.last.buttons


async def test_what_belongs_to_private_chats_does_nothing_in_a_group(group):
    for words in ("/today", "/topic metrics", "/settings", "/forget", "hello", "/nonsense"):
        await group.says("alice", words)
    assert group.from_bot == []

    await group.says("alice", f"/today@{group.box.bot.username}")
    assert "works in our private chat" in group.last.text
    assert await group.rows("SELECT * FROM learners") == []


async def test_a_name_is_shown_letter_for_letter(running, group):
    await group.says("alice", "/quiz")
    async with running.coach._db.transaction() as tx:
        await tx.execute("UPDATE quiz_players SET name = '<b>&'")
    await group.taps("bob", "Join")
    await group.waits(4)

    assert "In: <b>&, Bob" in group.last.text


async def test_the_topic_menu_stays_while_others_join_from_it(group):
    await group.says("alice", "/quiz metrics 5")
    card = group.last.id
    await group.taps("alice", "Topic")
    await group.taps("bob", "Join", on=card)
    await group.waits(5)

    assert "In: Alice, Bob" in group.message(card).text
    assert group.message(card).buttons[:2] == ["Join", "Start ▶"]
    assert {"Statistics", "A mix", "‹ Back"} <= set(group.message(card).buttons)
    assert "Only who started it" in (await group.taps("bob", "Statistics", on=card) or "")
    assert "‹ Back" in group.message(card).buttons

    await group.taps("alice", "Statistics", on=card)
    assert group.message(card).text.startswith("Quiz: Statistics")
    assert group.message(card).buttons[2] == "Topic"


async def test_the_countdown_leaves_time_to_choose_and_shows_that_it_runs(group):
    await group.says("alice", "/quiz metrics 5")
    card = group.last.id
    await group.taps("bob", "Join")
    await group.waits(38)
    await group.taps("alice", "Topic")
    assert "Starts by itself in 20 s." in group.message(card).text
    await group.waits(11)
    assert "Starts by itself in 9 s." in group.message(card).text
    assert group.polls == []

    await group.waits(9)
    assert group.poll.question.startswith("1/5  Which is true of metrics")
    assert group.message(card).buttons == []


async def test_the_menu_does_not_put_off_the_start_for_ever(group):
    await group.says("alice", "/quiz metrics 5")
    await group.taps("bob", "Join")
    for _ in range(40):
        await group.waits(19)
        if group.polls:
            break
        if "‹ Back" in group.last.buttons:
            await group.taps("alice", "‹ Back")
        await group.taps("alice", "Topic")

    assert len(group.polls) == 1
    [quiz] = await group.rows("SELECT (started_at - created_at) / 1000 AS waited FROM quizzes")
    assert quiz["waited"] <= 600


@pytest.mark.parametrize("words", ["/quiz 3 metrics", "/quiz metrics 3"])
async def test_topic_and_number_come_in_either_order(group, words):
    await group.says("alice", words)

    assert group.last.text.startswith("Quiz: Metrics, 3 questions")


async def test_of_two_numbers_it_is_asked_which_was_meant(group):
    await group.says("alice", "/quiz metrics 7 8")
    assert "How many questions: 7 or 8?" in group.last.text
    assert await group.rows("SELECT * FROM quizzes") == []

    await group.taps("alice", "8")
    assert group.last.text.startswith("Quiz: Metrics, 8 questions")


@pytest.fixture
async def with_a_thin_topic(running):
    bank = [make_question("metrics", n) for n in range(1, 9)]
    bank += [make_question("statistics", n) for n in range(1, 3)]
    running.shelf = replace(running.shelf, bank=Bank(bank))
    await running.stop()
    await running.start()
    return FakeGroup(running)


async def test_a_topic_of_few_questions_is_not_in_the_menu(with_a_thin_topic):
    group = with_a_thin_topic
    await group.says("alice", "/quiz")
    await group.taps("alice", "Topic")

    assert group.last.buttons[2:] == ["Metrics", "A mix", "‹ Back"]


async def test_a_topic_of_few_questions_can_be_filled_up(with_a_thin_topic):
    group = with_a_thin_topic
    await group.says("alice", "/quiz statistics 5")
    assert "Statistics has 2 quiz questions. Shall others of all topics follow?" in group.last.text
    assert group.last.buttons == ["Just those 2", "Fill up to 5"]
    await group.taps("alice", "Fill up to 5")
    assert group.last.text.startswith("Quiz: Statistics and others, 5 questions")
    await group.taps("alice", "Start ▶")

    [quiz] = await group.rows("SELECT question_ids FROM quizzes")
    topics = [each.split("/")[0] for each in quiz["question_ids"].split()]
    assert topics == ["statistics"] * 2 + ["metrics"] * 3


async def test_a_topic_of_few_questions_can_be_asked_as_it_is_and_filled_up_on_the_card(with_a_thin_topic):
    group = with_a_thin_topic
    await group.says("alice", "/quiz 4 statistics")
    await group.taps("alice", "Just those 2")
    assert group.last.text.startswith("Quiz: Statistics, 2 questions")
    await group.taps("alice", "Fill up from all topics")

    assert group.last.text.startswith("Quiz: Statistics and others, 5 questions")
    assert "Fill up from all topics" not in group.last.buttons


async def test_a_quiz_that_is_as_long_as_was_wished_for_offers_no_others(running):
    bank = [make_question("metrics", n) for n in range(1, 9)]
    bank += [make_question("statistics", n) for n in range(1, 5)]
    running.shelf = replace(running.shelf, bank=Bank(bank))
    await running.stop()
    await running.start()
    group = FakeGroup(running)
    await group.says("alice", "/quiz statistics 3")
    assert group.last.text.startswith("Quiz: Statistics, 3 questions")
    assert "Fill up from all topics" not in group.last.buttons
    await group.says("alice", "/stop")

    await group.says("alice", "/quiz statistics 5")
    assert group.last.text.startswith("Quiz: Statistics, 4 questions")
    assert "Fill up from all topics" in group.last.buttons
