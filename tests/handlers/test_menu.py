"""The menu behind ⋯: why this question, never again, a problem with it."""

from dataclasses import replace

import pytest

from content.bank import Bank
from handlers.asking import views
from handlers.asking.menu_views import noted
from interview import spacing
from playground.html_text import parse
from tests.fake_chat import make_question
from tests.handlers.test_limits import ASKING, TODAY
from tests.run_again import run_the_last_update_again
from tests.the_bank import the_bank

LONGEST_NOTE = 300
MENU = ["Why this question?", "Never show again", "Bookmark", "Report a problem", "Back"]
LATER = ["In 1 h", "Tonight"]  # while the daily is not answered yet
KINDS = ["Wrong fact", "Unclear", "Typo or formula", "Answer too long", "Something else"]


async def test_the_menu_opens_in_the_questions_own_message_and_goes_back(chat):
    await chat.starts()
    question = chat.last
    await chat.taps("⋯")
    assert chat.last.id == question.id
    assert chat.last.buttons == LATER + MENU
    assert chat.last.html == question.html

    await chat.taps("Back")
    assert chat.last.id == question.id
    assert chat.last.buttons == question.buttons


@pytest.mark.parametrize("typed", [None, "my answer"])
async def test_feedback_has_the_menu_too(chat, typed):
    await chat.starts()
    await (chat.taps("Show answer") if typed is None else chat.says(typed))
    feedback = chat.last
    await chat.taps("⋯")
    assert chat.last.buttons == MENU

    await chat.taps("Back")
    assert (chat.last.id, chat.last.html, chat.last.buttons) == (feedback.id, feedback.html, feedback.buttons)


async def test_the_menu_still_works_after_a_restart(running, chat):
    await chat.starts()
    await chat.taps("⋯")
    await running.stop()
    await running.start()
    await chat.taps("Why this question?")

    assert "Why: it was new to you" in chat.last.text


async def test_a_new_question_says_its_level(chat):
    await chat.starts()
    await chat.taps("⋯")
    await chat.taps("Why this question?")

    assert chat.last.text.endswith("Why: it was new to you, and middle is your level.")
    assert chat.last.buttons == LATER + MENU


async def test_a_review_says_how_long_it_was_due_and_the_predicted_recall(chat):
    await _one_question(chat)
    await chat.starts(hour="09:00")
    await chat.answers("Missed")
    async with chat.running.coach._db.transaction() as tx:
        await tx.execute("UPDATE learners SET next_daily_at = next_daily_at + 2 * 86400000")
    await chat.waits(days=3)
    assert "review" in chat.last.text

    await chat.taps("⋯")
    await chat.taps("Why this question?")

    assert "it was due 2 days ago. Predicted recall was 66 %;" in chat.last.text
    assert "you have rated it once." in chat.last.text

    why = chat.last.data[chat.last.buttons.index("Why this question?")]
    await chat.taps("Back")
    await chat.answers("Got it")
    await chat.presses(why)
    assert "Predicted recall was 66 %; you have rated it once." in chat.last.text


async def test_a_weak_topic_is_named_with_its_figure(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    for _ in range(5):
        await chat.answers("Missed")
    await chat.waits(until="09:00 tomorrow")

    await chat.taps("⋯")
    await chat.taps("Why this question?")

    assert "it was due today." in chat.last.text
    assert "Metrics is one of your weak topics: your recall there is " in chat.last.text


async def test_a_drill_and_a_choice_of_ones_own_say_so(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    await chat.taps("⋯")
    await chat.taps("Why this question?")
    assert "it is 1 of 5 in a drill you asked for." in chat.last.text

    await chat.says("/question statistics/question-2")
    await chat.taps("⋯")
    await chat.taps("Why this question?")
    assert "you asked for this very question." in chat.last.text


async def test_why_is_told_of_a_rated_question_as_it_was_before(chat):
    await chat.starts()
    await chat.taps("⋯")
    menu = dict(zip(chat.last.buttons, chat.last.data, strict=True))
    await chat.taps("Back")
    await chat.answers("Easy")

    await chat.presses(menu["Why this question?"])

    assert "it was new to you" in chat.last.text


async def test_what_is_set_aside_never_comes_again(chat):
    await _one_question(chat)
    await chat.starts(hour="09:00")
    await chat.taps("⋯")
    await chat.taps("Never show again")
    assert "Set aside: it will not come again." in chat.last.text
    assert chat.last.buttons == ["Show answer", "Another", "Bring it back"]

    await chat.waits(days=9)

    assert len(chat.questions) == 1


async def test_a_review_that_is_set_aside_is_not_due_any_more(chat):
    await chat.starts(hour="09:00")
    first = chat.last.text.split("\n\n")[1]
    await chat.taps("Show answer")
    await chat.taps("⋯")
    await chat.taps("Never show again")
    await chat.taps("Missed")
    assert "Missed. Set aside: it will not come again." in chat.last.text

    await chat.waits(days=12)

    assert first not in "".join(message.text for message in chat.questions[1:])


async def test_setting_aside_is_undone_on_the_spot(chat):
    await _one_question(chat)
    await chat.starts(hour="09:00")
    await chat.taps("⋯")
    await chat.taps("Never show again")
    await chat.taps("Bring it back")
    assert "Skipped: it will come again." in chat.last.text
    assert await chat.rows("SELECT * FROM set_aside") == []

    await chat.waits(days=1)
    assert len(chat.questions) == 2


async def test_the_menu_of_what_is_set_aside_brings_it_back(chat):
    await chat.starts()
    await chat.taps("Show answer")
    await chat.taps("⋯")
    await chat.taps("Never show again")
    await chat.taps("⋯")
    await chat.taps("Bring it back")

    assert await chat.rows("SELECT * FROM set_aside") == []
    assert "Set aside" not in chat.last.text


async def test_setting_aside_twice_is_setting_aside_once(running, chat):
    await chat.starts()
    await chat.taps("⋯")
    button = chat.last.data[chat.last.buttons.index("Never show again")]
    await chat.taps("Never show again")
    before = await chat.rows("SELECT * FROM set_aside")

    await chat.presses(button)
    await run_the_last_update_again(running)

    assert await chat.rows("SELECT * FROM set_aside") == before
    assert len(before) == 1


async def test_in_a_drill_the_next_question_comes_when_one_is_set_aside(running, chat):
    await chat.starts()
    await chat.says("/topic metrics")
    await chat.taps("⋯")
    await chat.taps("Never show again")
    assert "2 of 5" in chat.last.text

    await run_the_last_update_again(running)
    assert len([message for message in chat.questions if "2 of 5" in message.text]) == 1


async def test_what_is_typed_after_setting_aside_answers_nothing(chat):
    await chat.starts()
    await chat.taps("⋯")
    await chat.taps("Never show again")
    await chat.says("good riddance")

    assert "no question open" in chat.last.text


async def test_others_still_get_what_one_has_set_aside(chat_of):
    alice, bob = chat_of("alice"), chat_of("bob")
    await _one_question(alice)
    await alice.starts()
    await alice.taps("⋯")
    await alice.taps("Never show again")

    await bob.starts()

    assert len(bob.questions) == 1


@pytest.mark.parametrize("kind", KINDS)
async def test_a_problem_is_reported_in_two_taps(chat, kind):
    await chat.starts()
    await chat.taps("⋯")
    await chat.taps("Report a problem")
    assert chat.last.buttons == [*KINDS, "Back"]

    await chat.taps(kind)

    assert "Thank you" in chat.last.text
    [report] = await chat.rows("SELECT * FROM reports")
    [asking] = await chat.rows("SELECT * FROM askings")
    assert (report["asking_id"], report["question_id"]) == (asking["id"], asking["question_id"])
    assert report["words"] is None
    assert report["closed_at"] is None


async def test_after_a_report_the_question_can_be_answered(chat):
    await chat.starts()
    await _report(chat, "Unclear")
    await chat.taps("Back")
    await chat.says("my answer all the same")

    assert len(await chat.rows("SELECT * FROM replies")) == 1
    assert "Not my answer" in chat.last.buttons


async def test_an_answer_typed_right_after_a_report_is_moved_by_one_tap(running, chat):
    await chat.starts()
    await _report(chat, "Unclear")
    said = await chat.says("my answer all the same")
    assert await chat.rows("SELECT * FROM replies") == []

    await chat.taps("It was my answer")

    assert [row["text"] for row in await chat.rows("SELECT text FROM replies")] == ["my answer all the same"]
    assert [row["words"] for row in await chat.rows("SELECT words FROM reports")] == [None]
    assert "Not my answer" in chat.last.buttons
    assert chat.last.reply_to == said

    before = len(chat.from_bot)
    await run_the_last_update_again(running)
    assert len(await chat.rows("SELECT * FROM replies")) == 1
    assert len(chat.from_bot) == before


async def test_an_answer_is_not_moved_off_a_report_once_the_question_is_rated(chat):
    await chat.starts()
    await _report(chat, "Unclear")
    await chat.says("my answer all the same")
    move = chat.last.data[0]
    await chat.answers("Got it")

    assert "rated that one already" in await chat.presses(move)
    assert [row["words"] for row in await chat.rows("SELECT words FROM reports")] == [
        "my answer all the same"
    ]


async def test_a_strangers_words_are_moved_nowhere(chat_of):
    alice, bob = chat_of("alice"), chat_of("bob")
    await alice.starts()
    await _report(alice, "Unclear")
    await alice.says("unclear indeed")
    move = alice.last.data[0]
    await bob.starts()

    assert "no longer here" in await bob.presses(move)
    assert [row["words"] for row in await bob.rows("SELECT words FROM reports")] == ["unclear indeed"]


async def test_an_old_button_still_asks_for_a_sentence(chat):
    await chat.starts()
    await _report(chat, "Wrong fact")
    await chat.taps("Back")
    await chat.presses("words.1:1")
    await chat.says("it is wrong")

    assert [row["words"] for row in await chat.rows("SELECT words FROM reports")] == ["it is wrong"]


async def test_a_sentence_may_be_added(chat):
    await chat.starts()
    await _report(chat, "Wrong fact")
    await chat.says("a<b is wrong & so on")

    assert "added to your report" in chat.last.text
    assert chat.questions[0].buttons == ["Show answer", "Hint", "Skip", "⋯"]
    [report] = await chat.rows("SELECT words FROM reports")
    assert report["words"] == "a<b is wrong & so on"
    assert await chat.rows("SELECT * FROM replies") == []


async def test_what_is_typed_after_the_sentence_is_an_answer(chat):
    await chat.starts()
    await _report(chat, "Wrong fact")
    await chat.says("it is wrong")
    await chat.says("and this is my answer")

    assert [row["text"] for row in await chat.rows("SELECT text FROM replies")] == ["and this is my answer"]


async def test_going_back_waits_for_no_sentence(chat):
    await chat.starts()
    await _report(chat, "Wrong fact")
    await chat.taps("Back")
    await chat.says("my answer")

    assert [row["text"] for row in await chat.rows("SELECT text FROM replies")] == ["my answer"]


async def test_the_sentence_belongs_to_the_report_it_was_asked_for(chat):
    await chat.starts()
    await _report(chat, "Wrong fact")
    await chat.says("about the fact")
    await _report(chat, "Unclear")
    await chat.says("what is meant?")

    reports = await chat.rows("SELECT kind, words FROM reports ORDER BY id")
    assert [tuple(row.values()) for row in reports] == [
        ("fact", "about the fact"),
        ("unclear", "what is meant?"),
    ]


async def test_a_sentence_that_runs_again_is_no_answer(running, chat):
    await chat.starts()
    await _report(chat, "Wrong fact")
    await chat.says("it is wrong")

    await run_the_last_update_again(running)

    assert await chat.rows("SELECT * FROM replies") == []
    assert len(await chat.rows("SELECT * FROM reports")) == 1


async def test_the_same_report_twice_is_one(running, chat):
    await chat.starts()
    await chat.taps("⋯")
    await chat.taps("Report a problem")
    kind = chat.last.data[0]
    await chat.taps("Wrong fact")
    await chat.presses(kind)
    await run_the_last_update_again(running)

    assert len(await chat.rows("SELECT * FROM reports")) == 1


async def test_a_strangers_report_cannot_be_added_to(chat_of):
    alice, bob = chat_of("alice"), chat_of("bob")
    await alice.starts()
    await _report(alice, "Unclear")
    await bob.starts()

    assert "no longer here" in await bob.presses("words.1:1")
    [own] = await bob.rows("SELECT awaiting FROM learners WHERE id <> 1001")
    assert own["awaiting"] is None


@pytest.mark.parametrize("name", ["menu.1:1:1", "why.1:1", "aside.1:1:1", "wrong.1:1", "report.1:1:fact"])
async def test_a_strangers_menu_is_refused(chat_of, name):
    alice, bob = chat_of("alice"), chat_of("bob")
    await alice.starts()
    await bob.starts()

    assert "no longer here" in await bob.presses(name)
    assert await bob.rows("SELECT * FROM reports") == []
    assert await bob.rows("SELECT * FROM set_aside") == []


@pytest.mark.parametrize("data", ["report.1:1:nonsense", "aside.1:x:1", "menu.1:1", "words.1:99"])
async def test_made_up_menus_are_refused(chat, data):
    await chat.starts()

    assert await chat.presses(data)
    assert await chat.rows("SELECT * FROM reports") == []


async def test_forget_leaves_no_report_and_nothing_set_aside(chat):
    await chat.starts()
    await _report(chat, "Unclear")
    await chat.says("my own words")
    await chat.presses("aside.1:1:1")
    assert await chat.rows("SELECT * FROM set_aside")
    await chat.says("/forget")
    await chat.taps("Delete everything")

    for table in ("reports", "set_aside", "awaited_about"):
        assert await chat.rows(f"SELECT * FROM {table}") == []


async def _report(chat, kind):
    await chat.taps("⋯")
    await chat.taps("Report a problem")
    await chat.taps(kind)


async def _one_question(chat):
    await chat.running.stop()
    chat.running.shelf = replace(chat.running.shelf, bank=Bank([make_question("metrics", 1)]))
    await chat.running.start()


def test_the_longest_feedback_has_room_for_the_longest_note():
    for question in the_bank():
        _has_room_for_the_longest_note(question)


def _has_room_for_the_longest_note(question):
    asking = replace(ASKING, question_id=question.id)
    shown = views.feedback(
        asking,
        question,
        "Responsible ML",
        typed=False,
        suggested=None,
        choices=spacing.options(None, TODAY, key="x"),
        today=TODAY,
        aside=True,
    )
    note = "x" * LONGEST_NOTE

    text, _ = parse(noted(shown, note, ()).text)

    assert len(text) <= 4096
