"""/topic: a drill of five on one topic."""

import pytest


async def test_without_a_name_it_lists_the_topics_with_their_counts(chat):
    await chat.starts()
    await chat.says("/topic")

    assert "Metrics · 8" in chat.last.buttons
    assert not any("Recommenders" in label for label in chat.last.buttons)  # nothing to ask there


@pytest.mark.parametrize("name", ["metrics", "Metrics", "f1", "roc auc", "metrcs", "METRIC"])
async def test_a_topic_goes_by_many_names(chat, name):
    await chat.starts()
    await chat.says(f"/topic {name}")

    assert "What is metrics" in chat.last.text
    assert "1 of 5" in chat.last.text


async def test_an_unknown_name_offers_the_nearest(chat):
    await chat.starts()
    await chat.says("/topic qwertyuiop")

    assert "I don’t know the topic “qwertyuiop”" in chat.last.text
    assert len(chat.last.buttons) == 4
    assert chat.last.buttons[-1] == "All topics"


async def test_a_name_with_a_second_meaning_offers_that_too(chat):
    await chat.starts()
    await chat.says("/topic bias")

    assert any("Did you mean something else?" in message.text for message in chat.new_messages)


async def test_a_drill_asks_five_and_sums_up(chat):
    await chat.starts()
    await chat.says("/topic statistics")
    for number, rating in enumerate(["Got it", "Missed", "Easy", "Partly", "Got it"], start=1):
        assert f"{number} of 5" in chat.last.text
        await chat.answers(rating)

    assert "Statistics: drill done." in chat.last.text
    assert "You recalled 3 of 5." in chat.last.text
    assert chat.last.text.count("What is statistics") == 5


async def test_a_drill_goes_on_after_skip(chat):
    await chat.starts()
    await chat.says("/topic statistics")
    for _ in range(5):
        await chat.taps("Skip")

    assert "You skipped all 5." in chat.last.text


async def test_a_drill_never_asks_twice(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    for _ in range(5):
        await chat.answers()

    asked = [
        row["question_id"] for row in await chat.rows("SELECT question_id FROM askings WHERE drill_id = 1")
    ]
    assert len(set(asked)) == 5


async def test_undo_in_a_drill_leaves_the_next_question_alone(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    first = chat.last.id
    await chat.answers()
    await chat.taps("Undo", on=first)
    await chat.taps("Partly", on=first)

    assert len([message for message in chat.questions if "2 of 5" in message.text]) == 1


async def test_an_older_question_opened_again_does_not_hold_up_the_drill(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    first = chat.last.id
    await chat.answers()
    await chat.taps("Undo", on=first)
    await chat.answers()

    assert "3 of 5" in chat.last.text


async def test_a_skipped_question_answered_later_does_not_hold_up_the_drill(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    first = chat.last.id
    await chat.taps("Skip")
    await chat.taps("Show answer", on=first)
    await chat.answers()

    assert "3 of 5" in chat.last.text


async def test_a_topic_is_chosen_by_its_button(chat):
    await chat.starts()
    await chat.says("/topic")
    await chat.taps("Statistics · 8")

    assert "What is statistics" in chat.last.text


async def test_a_topic_without_questions_says_so(chat):
    await chat.starts()
    await chat.says("/topic recsys")

    assert "There are no questions on" in chat.last.text


async def test_the_list_shows_recall_where_it_is_known_and_marks_what_is_weak(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    for _ in range(3):
        await chat.answers("Missed")
    await chat.says("/topic statistics")
    for _ in range(5):
        await chat.answers("Got it")
    await chat.says("/topic")

    assert "The figures are your recall, after a dot the number of questions." in chat.last.text
    assert "Metrics 41 % ⚠" in chat.last.buttons
    assert "Statistics 83 %" in chat.last.buttons
    assert "Responsible ML · 8" in chat.last.buttons
    assert chat.last.buttons[-1] == "My weak spots"
    await chat.taps("Metrics 41 % ⚠")
    await chat.taps("Go on: 4 of 5")
    assert "What is metrics" in chat.last.text


async def test_the_list_leads_to_the_weak_spots(chat):
    await chat.starts()
    await chat.says("/topic")
    assert "My weak spots" not in chat.last.buttons  # nothing is known yet
    await chat.says("/topic metrics")
    for _ in range(3):
        await chat.answers("Missed")
    await chat.says("/topic")
    await chat.taps("My weak spots")

    assert "Where you lose points" in chat.last.text
