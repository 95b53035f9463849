"""Asked, answered, shown the reference, rated, undone."""

import re
from dataclasses import replace
from datetime import date

import pytest

from content.bank import Bank
from tests.fake_chat import make_question


async def test_a_typed_answer_is_kept_and_answered_with_the_points(chat):
    await chat.starts()
    said = await chat.says("because a<b & c")

    assert chat.last.reply_to == said
    assert re.search("[☐◐☑] 1  first point", chat.last.text)
    assert "Reference answer" in chat.last.text
    [reply] = await chat.rows("SELECT text FROM replies")
    assert reply["text"] == "because a<b & c"


async def test_the_answered_question_loses_its_buttons(chat):
    await chat.starts()
    question = chat.last
    await chat.says("my answer")

    assert chat.message(question.id).buttons == []


async def test_show_answer_needs_no_typing_and_stays_in_one_message(chat):
    await chat.starts()
    question = chat.last
    await chat.taps("Show answer")

    assert chat.last.id == question.id
    assert "What is" in chat.last.text
    assert "Reference" in chat.last.text
    assert chat.last.edited


async def test_the_reference_folds_and_holds_mistakes_and_source(chat):
    await chat.starts()
    await chat.taps("Show answer")

    assert "<blockquote expandable>" in chat.last.html
    assert "✗ a > b → a < b" in chat.last.text
    assert "https://example.org/?a=1&amp;b=2" in chat.last.html


async def test_points_are_ticked_and_the_suggestion_follows(chat):
    await chat.starts()
    await chat.taps("Show answer")
    assert not any("✓" in label for label in chat.last.buttons)

    await chat.taps("1 ☐")
    assert "1 ☑" in chat.last.buttons
    assert any(label.startswith("✓ Partly") for label in chat.last.buttons)

    await chat.taps("2 ☐")
    await chat.taps("3 ☐")
    assert any(label.startswith(("✓ Got it", "✓ Easy")) for label in chat.last.buttons)

    await chat.taps("1 ☑")
    await chat.taps("2 ☑")
    assert any(label.startswith("✓ Missed") for label in chat.last.buttons)


async def test_hints_come_one_by_one_and_cap_the_suggestion(chat):
    await chat.starts()
    await chat.taps("Hint")
    assert "Think of a<b." in chat.last.text
    await chat.taps("Hint")
    assert "It begins with b." in chat.last.text
    assert "Hint" not in chat.last.buttons

    await chat.taps("Show answer")
    for number in "123":
        await chat.taps(f"{number} ☐")
    assert any(label.startswith("✓ Partly") for label in chat.last.buttons)


async def test_the_ratings_say_what_they_mean_for_the_next_time(chat):
    await chat.starts()
    await chat.taps("Show answer")

    labels = chat.last.buttons[-4:]
    assert labels[0] == "Missed · tomorrow"
    assert [label.split(" · ")[0] for label in labels] == ["Missed", "Partly", "Got it", "Easy"]


@pytest.mark.parametrize("rating", ["Missed", "Partly", "Got it", "Easy"])
async def test_the_due_date_is_what_the_button_said(chat, rating):
    await chat.starts()
    await chat.taps("Show answer")
    label = next(label for label in chat.last.buttons if rating in label)
    await chat.taps(rating)

    [card] = await chat.rows("SELECT * FROM cards")
    days = (date.fromisoformat(card["due"]) - date(2026, 3, 2)).days
    promised = label.split(" · ")[1]
    assert {"tomorrow": 1}.get(promised, days) == days
    assert promised in ("tomorrow", f"{days} d", f"{round(days / 7)} w")
    assert chat.last.text.count(f"{rating}. Back") == 1


async def test_a_rated_question_says_when_it_returns_and_the_streak(chat):
    await chat.starts()
    await chat.answers("Got it")

    assert "🔥 1 day" in chat.last.text
    assert chat.last.buttons == ["Undo", "Another"]


async def test_what_was_missed_is_tomorrows_daily(chat):
    await chat.starts(hour="09:00")
    missed = chat.last.text
    await chat.answers("Missed")
    await chat.waits(until="09:00 tomorrow")

    assert missed.split("\n\n")[1] in chat.last.text
    assert "review" in chat.last.text


async def test_a_second_tap_changes_nothing(chat):
    await chat.starts()
    await chat.taps("Show answer")
    await chat.taps("Got it")
    before = await _all(chat)

    button = next(data for data in _press_data("rate.1", await chat.rows("SELECT id FROM askings"), 3))
    popped_up = await chat.presses(button)

    assert popped_up is None
    assert await _all(chat) == before


async def test_another_rating_after_the_first_is_refused(chat):
    await chat.starts()
    await chat.answers("Got it")
    before = await _all(chat)

    button = next(data for data in _press_data("rate.1", await chat.rows("SELECT id FROM askings"), 1))
    assert "Undo takes it back" in await chat.presses(button)
    assert await _all(chat) == before


async def test_undo_restores_everything_but_the_log(chat):
    await chat.starts()
    await chat.taps("Show answer")
    before = await chat.rows("SELECT * FROM cards"), await chat.rows("SELECT * FROM askings")

    await chat.taps("Got it")
    await chat.taps("Undo")

    assert (await chat.rows("SELECT * FROM cards"), await chat.rows("SELECT * FROM askings")) == before
    assert [row["what"] for row in await chat.rows("SELECT what FROM reviews ORDER BY id")] == [
        "rated",
        "undone",
    ]
    assert chat.last.buttons[-4].startswith("Missed")


async def test_undo_takes_the_streak_day_back(chat):
    await chat.starts()
    await chat.answers()
    await chat.taps("Undo")

    assert await chat.rows("SELECT * FROM askings WHERE rated_on IS NOT NULL") == []


async def test_undo_works_for_ten_minutes(chat):
    await chat.starts()
    await chat.answers()
    await chat.waits(minutes=11)

    assert "ten minutes" in await chat.taps("Undo")
    assert len(await chat.rows("SELECT * FROM cards")) == 1


async def test_after_undo_it_can_be_rated_anew(chat):
    await chat.starts()
    await chat.answers("Easy")
    await chat.taps("Undo")
    await chat.taps("Missed")

    assert "Missed. Back tomorrow" in chat.last.text


async def test_a_streak_grows_by_a_day_a_day(chat):
    await chat.starts(hour="09:00")
    await chat.answers()
    for _ in range(3):
        await chat.waits(until="09:00 tomorrow")
        await chat.answers()

    assert "🔥 4 days" in chat.last.text


async def test_another_puts_one_more_question(chat):
    await chat.starts()
    await chat.answers()
    await chat.taps("Another")

    assert len(chat.questions) == 2
    assert chat.last.buttons[0] == "Show answer"


async def test_another_does_not_pile_up(chat):
    await chat.starts()
    await chat.answers()
    rated = chat.last.id
    await chat.taps("Another", on=rated)

    assert "waiting for you below" in await chat.taps("Another", on=rated)
    assert len(chat.questions) == 2


async def test_skip_leaves_it_for_later(chat):
    await chat.starts()
    await chat.taps("Skip")
    assert "Skipped" in chat.last.text
    assert await chat.rows("SELECT * FROM cards") == []

    await chat.taps("Show answer")
    await chat.taps("Partly")
    assert "Partly. Back" in chat.last.text


async def test_more_within_a_minute_belongs_to_the_answer(chat):
    await chat.starts()
    await chat.says("first half")
    feedback = chat.last.id
    await chat.waits(minutes=0.5)
    await chat.says("second half")

    assert chat.last.id == feedback
    assert [row["text"] for row in await chat.rows("SELECT text FROM replies ORDER BY message_id")] == [
        "first half",
        "second half",
    ]


async def test_yesterdays_question_takes_what_is_typed_while_nothing_has_followed_it(chat):
    await chat.starts(hour="09:00")
    await chat.says("/settings")
    await chat.presses("rest.1:2:1")  # no daily on Tuesday
    await chat.waits(until="20:00 tomorrow")
    await chat.says("a day late")

    assert [row["text"] for row in await chat.rows("SELECT text FROM replies")] == ["a day late"]
    await chat.taps("Not my answer")
    assert await chat.rows("SELECT text FROM replies") == []


async def test_one_of_two_days_ago_wants_a_reply(chat):
    await chat.starts(hour="09:00")
    question = chat.last.id
    await chat.says("/pause 5")
    await chat.waits(days=2)
    await chat.says("far too late")

    assert "Reply to the question you mean" in chat.last.text
    assert await chat.rows("SELECT text FROM replies") == []
    await chat.says("far too late", reply_to=question)
    assert len(await chat.rows("SELECT text FROM replies")) == 1


async def test_yesterdays_question_that_was_followed_by_another_wants_a_reply(chat):
    await chat.starts(hour="09:00")
    await chat.says("/random")
    await chat.answers()
    await chat.says("/pause 5")
    await chat.waits(days=1)
    await chat.says("which one do I mean?")

    assert "Reply to the question you mean" in chat.last.text


async def test_thanks_after_a_while_is_no_answer(chat):
    await chat.starts()
    await chat.says("my answer")
    await chat.waits(minutes=2)
    await chat.says("thanks!")

    assert "no question open" in chat.last.text
    assert chat.last.buttons == ["Today’s question"]
    assert len(await chat.rows("SELECT * FROM replies")) == 1


async def test_a_reply_to_an_older_question_answers_that_one(chat):
    await chat.starts(hour="09:00")
    older = chat.last
    await chat.waits(days=1)
    await chat.says("late but here", reply_to=older.id)

    [row] = await chat.rows("SELECT asking_id FROM replies")
    assert row["asking_id"] == 1


async def test_an_edited_answer_is_kept_as_edited(chat):
    await chat.starts()
    said = await chat.says("tpyo")
    await chat.edits(said, "typo")

    assert [row["text"] for row in await chat.rows("SELECT text FROM replies")] == ["typo"]


async def test_not_my_answer_puts_the_question_again(chat):
    await chat.starts()
    await chat.says("hi, how do I stop this?")
    feedback = chat.last.id
    await chat.taps("Not my answer")

    assert feedback not in [message.id for message in chat.messages]
    assert chat.last.buttons[0] == "Show answer"
    assert await chat.rows("SELECT * FROM replies") == []

    await chat.says("this is my answer")
    assert len(await chat.rows("SELECT * FROM replies")) == 1


async def test_a_sticker_is_no_answer_and_says_what_is(chat):
    await chat.starts()
    await chat.sends("sticker")

    assert "Type your answer, or use the buttons" in chat.last.text


@pytest.mark.parametrize("typed", [False, True])
async def test_a_formula_too_tall_for_a_line_comes_as_a_picture_too_once(chat, typed):
    tall = replace(
        make_question("metrics", 1), answer=r"It is $\frac{\frac{a}{b} + 1}{\frac{c}{d}}$, you see."
    )
    await chat.running.stop()
    chat.running.shelf = replace(chat.running.shelf, bank=Bank([tall]))
    await chat.running.start()
    await chat.starts()
    await (chat.says("my answer") if typed else chat.taps("Show answer"))
    await chat.taps("1 ☐", on=chat.with_button("Got it").id)
    await chat.taps("Got it")

    pictures = [message for message in chat.box.messages("alice") if message["kind"] == "photo"]
    assert len(pictures) == 1
    assert "(a/b + 1) / (c/d)" in chat.with_button("Undo").text


async def test_a_question_that_left_the_bank_is_told(chat):
    await chat.starts()
    question = chat.last.id
    await chat.running.stop()
    chat.running.shelf = replace(chat.running.shelf, bank=Bank([make_question("metrics", 99)]))
    await chat.running.start()
    await chat.running.quiet()

    assert "no longer here" in await chat.taps("Show answer", on=question)


async def _all(chat):
    tables = ("learners", "askings", "cards", "reviews", "replies", "drills")
    return [await chat.rows(f"SELECT * FROM {table}") for table in tables]


def _press_data(name, askings, *ids):
    return [f"{name}:{row['id']}:{':'.join(map(str, ids))}" for row in askings]
