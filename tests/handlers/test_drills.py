"""Drills: their size, their end, going on with one that was left, and once more what was missed."""

from dataclasses import replace

import pytest

from content.bank import Bank
from tests.fake_chat import make_question
from tests.run_again import run_the_last_update_again


async def rate(chat, *ratings):
    for rating in ratings:
        await chat.answers(rating)


async def asked(chat, drill=1):
    rows = await chat.rows("SELECT question_id FROM askings WHERE drill_id = ? ORDER BY place", drill)
    return [row["question_id"] for row in rows]


# size


async def test_five_need_no_tap_and_other_sizes_are_offered_below_the_first(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    assert chat.last.buttons[-3:] == ["✓ 5 questions", "10 questions", "Endless"]

    await chat.answers()
    assert "2 of 5" in chat.last.text
    assert "Endless" not in chat.last.buttons


async def test_one_tap_makes_it_ten(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    question = chat.last
    await chat.taps("10 questions")

    assert chat.last.id == question.id
    assert "1 of 8" in chat.last.text  # all there are
    assert chat.last.buttons[-3:] == ["5 questions", "✓ 10 questions", "Endless"]
    await rate(chat, *["Got it"] * 8)
    assert "You recalled 8 of 8." in chat.last.text
    assert len(set(await asked(chat))) == 8


async def test_ten_become_five_again(chat):
    await chat.starts()
    await chat.says("/topic metrics 10")
    await chat.taps("5 questions")

    assert "1 of 5" in chat.last.text
    await rate(chat, *["Got it"] * 5)
    assert "You recalled 5 of 5." in chat.last.text


async def test_what_is_done_stays_when_an_old_button_shortens_a_drill(chat):
    await chat.starts()
    await chat.says("/topic metrics 8")
    await rate(chat, *["Got it"] * 6)
    await chat.presses("size.1:1:5")
    await rate(chat, "Got it")

    assert "You recalled 7 of 7." in chat.last.text


async def test_an_endless_drill_goes_on_until_it_is_ended(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    await chat.taps("Endless")
    assert "question 1" in chat.last.text
    await rate(chat, *["Got it"] * 5, "Missed")
    assert "question 7" in chat.last.text
    assert chat.last.buttons[-1] == "End drill"

    seventh = chat.last.id
    await chat.taps("End drill")

    assert "Metrics: drill done." in chat.last.text
    assert "You recalled 5 of 6." in chat.last.text
    assert "Skipped" in chat.message(seventh).text
    assert "End drill" not in chat.message(seventh).buttons


async def test_an_endless_drill_ends_where_the_topic_does(chat):
    await chat.starts()
    await chat.says("/topic metrics endless")
    await rate(chat, *["Got it"] * 8)

    assert "You recalled 8 of 8." in chat.last.text
    assert len(set(await asked(chat))) == 8


@pytest.mark.parametrize("words, first", [("metrics 3", "1 of 3"), ("roc auc 8", "1 of 8"), ("f1", "1 of 5")])
async def test_a_size_may_stand_behind_the_name(chat, words, first):
    await chat.starts()
    await chat.says(f"/topic {words}")

    assert "What is metrics" in chat.last.text
    assert first in chat.last.text


@pytest.mark.parametrize("size", ["0", "51", "-3", "2.5", "999999999999999999999999"])
async def test_a_size_that_cannot_be_says_which_can(chat, size):
    await chat.starts()
    await chat.says(f"/topic metrics {size}")

    assert "A drill has 1 to 50 questions, or no end: /topic metrics endless." in chat.last.text


async def test_made_up_sizes_and_drills_of_others_are_refused(chat_of):
    alice, bob = chat_of("alice"), chat_of("bob")
    await alice.starts()
    await alice.says("/topic metrics")
    await bob.starts()
    before = await alice.rows("SELECT * FROM drills")

    assert "5 or 10 questions" in await alice.presses("size.1:1:7")
    assert "5 or 10 questions" in await alice.presses("size.1:1:-5")
    for data in ("size.1:1:10", "enough.1:1", "goon.1:1", "again.1:1"):
        assert "over" in await bob.presses(data)
    assert "1 to 50" in await bob.presses("anew.1:metrics:999")
    assert "not there any more" in await bob.presses("anew.1:nothing:5")
    assert await alice.rows("SELECT * FROM drills") == before


# the end


async def test_stop_sums_up_what_was_done(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    await rate(chat, "Got it", "Missed")
    await chat.says("/stop")

    assert "You recalled 1 of 2." in chat.last.text
    await chat.says("/stop")
    assert "No drill or quiz is running." in chat.last.text


async def test_stop_ends_the_drill_asked_last_and_says_which(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    await rate(chat, "Got it")
    await chat.says("/topic statistics")
    await rate(chat, "Got it", "Missed")
    await chat.says("/topic metrics")
    await chat.taps("Go on: 2 of 5")

    await chat.says("/stop")
    assert chat.last.text.startswith("Metrics: drill done.")
    await chat.says("/stop")
    assert chat.last.text.startswith("Statistics: drill done.")
    await chat.says("/stop")
    assert "No drill or quiz is running." in chat.last.text


async def test_stop_ends_one_that_waits_though_a_newer_one_is_done(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    await rate(chat, "Got it")
    await chat.says("/topic statistics 1")
    await rate(chat, "Got it")
    assert "drill done" in chat.last.text

    await chat.says("/stop")

    assert chat.last.text.startswith("Metrics: drill done.")


async def test_stop_before_anything_was_done(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    await chat.says("/stop")

    assert "over before it began" in chat.last.text


async def test_an_answer_that_waits_for_its_rating_is_kept_when_the_drill_ends(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    await rate(chat, "Got it")
    await chat.says("my answer")
    await chat.says("/stop")
    assert "You recalled 1 of 1." in chat.last.text

    await chat.taps("Partly")

    assert "Partly." in chat.message(chat.with_button("Undo").id).text
    assert "1 of 1" in chat.last.text or "Undo" in chat.last.buttons


async def test_the_summary_says_how_long_it_took_and_what_was_weakest(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    for minutes, rating in ((2, "Got it"), (45, "Missed"), (1, "Got it"), (0, "Skip"), (0, "Got it")):
        await chat.waits(minutes=minutes)
        await (chat.taps("Skip") if rating == "Skip" else chat.answers(rating))

    assert "You recalled 3 of 5. It took 13 min." in chat.last.text
    assert chat.last.text.count("What is metrics number") == 5
    assert "☐ Missed" in chat.last.text
    assert "– Skipped" in chat.last.text
    assert chat.last.buttons == ["Again what I missed", "Another 5", "Weak spots"]


async def test_the_summary_of_several_topics_names_the_weakest(chat):
    await chat.starts()
    for topic, rating in (("metrics", "Missed"), ("statistics", "Partly")):
        await chat.says(f"/topic {topic} 3")
        await rate(chat, *[rating] * 3)
    await chat.says("/weak")
    await chat.taps("Both, 10 questions")
    for _ in range(10):
        await chat.answers("Missed" if "What is metrics" in chat.last.text else "Got it")

    assert "Weakest: Metrics." in chat.last.text
    assert "Another 10" in chat.last.buttons


async def test_what_is_set_aside_does_not_end_an_endless_drill(chat, running):
    await chat.starts()
    await chat.says("/topic metrics endless")
    await rate(chat, *["Got it"] * 3)
    [drill] = await chat.rows("SELECT question_ids FROM drills")
    async with running.coach._db.transaction() as tx:
        for question_id in drill["question_ids"].split()[4:]:
            await tx.execute("INSERT INTO set_aside VALUES (1001, ?, 0)", (question_id,))
    await rate(chat, *["Got it"] * 4)

    assert "You recalled 7 of 7." in chat.last.text


async def test_a_question_that_leaves_the_bank_holds_up_no_drill(chat, running):
    await chat.starts()
    await chat.says("/topic metrics")
    await rate(chat, "Got it")
    async with running.coach._db.transaction() as tx:
        await tx.execute("UPDATE askings SET question_id = 'metrics/gone' WHERE place = 1")
    await chat.says("/topic metrics")
    await chat.taps("Go on: 2 of 5")

    assert "3 of 5" in chat.last.text


# once more


async def test_again_is_exactly_what_was_missed_partly_known_or_skipped(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    await rate(chat, "Got it", "Missed", "Easy", "Partly")
    await chat.taps("Skip")
    first = await asked(chat)
    await chat.taps("Again what I missed")

    assert "1 of 3" in chat.last.text
    await rate(chat, *["Got it"] * 3)
    assert await asked(chat, 2) == [first[1], first[3], first[4]]
    assert "You recalled 3 of 3." in chat.last.text
    assert chat.last.buttons == ["Another 5", "Weak spots"]


async def test_a_second_tap_on_again_changes_nothing(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    await rate(chat, *["Missed"] * 5)
    summary = chat.last.id
    await chat.taps("Again what I missed")
    count = len(chat.from_bot)

    assert "waiting for you below" in await chat.taps("Again what I missed", on=summary)
    assert len(chat.from_bot) == count
    assert len(await chat.rows("SELECT * FROM drills")) == 2


async def test_another_five_and_the_weak_spots_follow_from_a_summary(chat):
    await chat.starts()
    await chat.says("/topic metrics 5")
    await rate(chat, *["Missed"] * 5)
    await chat.taps("Weak spots")
    assert "Where you lose points" in chat.last.text
    await chat.taps("Another 5")

    assert "1 of 5" in chat.last.text
    assert not set(await asked(chat, 1)) & set(await asked(chat, 2))


# left in the middle


async def test_a_drill_left_in_the_middle_is_gone_on_with(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    await rate(chat, "Got it", "Missed")
    third = chat.last
    await chat.waits(days=2)
    await chat.says("/topic metrics")
    assert chat.last.buttons == ["Go on: 3 of 5", "Start anew"]

    await chat.taps("Go on: 3 of 5")

    assert chat.last.text == third.text
    await rate(chat, *["Got it"] * 3)
    assert "You recalled 4 of 5." in chat.last.text
    assert len(await chat.rows("SELECT * FROM drills")) == 1


async def test_start_anew_leaves_the_old_one_behind(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    await rate(chat, "Got it")
    left_open = chat.last.id
    await chat.says("/topic metrics 3")
    offer = chat.last.id
    await chat.taps("Start anew")
    assert "1 of 3" in chat.last.text
    assert "waiting for you below" in await chat.taps("Start anew", on=offer)

    await chat.taps("Show answer", on=left_open)
    await chat.taps("Got it", on=left_open)

    assert "1 of 3" in chat.last.text  # the old drill does not go on
    await chat.says("/topic metrics")
    await chat.says("/topic metrics")
    assert "1 of 3" in chat.last.text or "1 of 5" in chat.last.text


async def test_a_week_later_nothing_is_offered(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    await rate(chat, "Got it")
    await chat.waits(days=7, minutes=1)
    await chat.says("/topic metrics")

    assert "1 of 5" in chat.last.text


async def test_facets_and_topics_are_left_apart(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    await rate(chat, "Got it")
    await chat.says("/topic calibration")

    assert "1 of 5" in chat.last.text


async def test_a_drill_of_which_nothing_is_done_comes_again_in_its_new_size(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    await chat.says("/topic metrics 8")

    assert "1 of 8" in chat.last.text
    assert len(await chat.rows("SELECT * FROM askings WHERE drill_id IS NOT NULL")) == 1


async def test_a_second_tap_on_a_topic_changes_nothing(chat):
    await chat.starts()
    await chat.says("/topic")
    topics = chat.last.id
    await chat.taps("Metrics · 8", on=topics)

    assert "waiting for you below" in await chat.taps("Metrics · 8", on=topics)
    assert len(await chat.rows("SELECT * FROM drills")) == 1


@pytest.mark.parametrize(
    "act", ["10 questions", "Endless", "End drill", "/stop", "Go on", "Start anew", "Again what I missed"]
)
async def test_everything_about_a_drill_may_run_twice(running, chat, act):
    await chat.starts()
    await chat.says("/topic statistics")
    await rate(chat, "Got it")  # an older one that must not be touched
    await chat.says(f"/topic metrics {'endless' if act == 'End drill' else '3'}")
    if act in ("10 questions", "Endless"):
        await chat.says("/topic metrics 5")
    elif act == "Again what I missed":
        await rate(chat, *["Missed"] * 3)
    else:
        await rate(chat, "Got it")
    if act in ("Go on", "Start anew"):
        await chat.says("/topic metrics")
    await (chat.says(act) if act.startswith("/") else chat.taps(act))
    tables = ("drills", "askings", "reviews", "cards")
    before = [await chat.rows(f"SELECT * FROM {table}") for table in tables]

    await run_the_last_update_again(running)

    assert [await chat.rows(f"SELECT * FROM {table}") for table in tables] == before


async def test_a_process_killed_in_the_middle_goes_on_with_the_next_rating(running, chat):
    await chat.starts()
    await chat.says("/topic metrics")
    await chat.answers()
    await running.stop()
    await running.start()
    await chat.answers()

    assert "3 of 5" in chat.last.text


# topics with few questions


async def _with(chat, count):
    """A bank with so many questions on metrics, and some on statistics."""
    await chat.running.stop()
    questions = [make_question("metrics", n) for n in range(1, count + 1)]
    questions += [make_question("statistics", n) for n in range(1, 4)]
    chat.running.shelf = replace(chat.running.shelf, bank=Bank(questions))
    await chat.running.start()
    await chat.starts()


async def test_a_topic_of_one_question_offers_no_more_of_it(chat):
    await _with(chat, 1)
    await chat.says("/topic metrics")
    assert "1 of 1" in chat.last.text
    assert chat.last.buttons == ["Show answer", "Hint", "Skip", "⋯"]
    await rate(chat, "Got it")

    assert "Metrics: drill done." in chat.last.text
    assert chat.last.buttons == ["Weak spots"]


async def test_a_topic_of_five_offers_no_more_than_five(chat):
    await _with(chat, 5)
    await chat.says("/topic metrics")

    assert not any("10" in label or "Endless" in label for label in chat.last.buttons)


@pytest.mark.parametrize("count, there", [(1, "There is one question on"), (3, "There are 3 questions on")])
async def test_a_size_beyond_the_topic_is_told_once(chat, count, there):
    await _with(chat, count)
    await chat.says("/topic metrics 20")
    assert f"{there} Metrics, so that is how long this drill is." in chat.last.text

    await rate(chat, "Got it")
    assert "how long this drill is" not in chat.last.text


async def test_ten_of_eight_is_told_when_it_is_tapped(chat):
    await chat.starts()
    await chat.says("/topic metrics")

    assert "There are 8 questions on Metrics" in await chat.taps("10 questions")
    assert "1 of 8" in chat.last.text
