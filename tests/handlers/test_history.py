"""/history: past answers, read again."""

import dataclasses
from datetime import UTC, date, datetime

import pytest

from handlers.history.views import Past, whole
from interview.asking import Asking, Purpose
from interview.question import Mistake, Question
from interview.rating import Rating
from playground.html_text import parse
from tests.fake_chat import make_question
from tests.the_bank import the_bank

LONGEST_TEXT = 4096


async def answer_many(chat, count):
    """So many answers in drills, told apart by their words."""
    for number in range(count):
        if number % 5 == 0:
            await chat.says(f"/topic {('metrics', 'statistics', 'responsible')[number // 5]}")
        await chat.answers("Got it", text=f"answer number {number}")


async def test_without_answers_it_says_so(chat):
    await chat.starts()
    await chat.says("/history")

    assert "Nothing to read yet." in chat.last.text
    assert chat.last.buttons == ["Today’s question"]


async def test_the_newest_answers_come_first_five_a_page(chat):
    await chat.starts()
    await answer_many(chat, 7)
    await chat.says("/history")

    listed = chat.last
    assert listed.text.count("What is ") == 5
    assert listed.text.index("What is statistics") < listed.text.index("What is metrics")
    assert "1  Statistics · today · Got it" in listed.text
    assert listed.buttons == ["1", "2", "3", "4", "5", "Older"]


async def test_pages_turn_in_place(chat):
    await chat.starts()
    await answer_many(chat, 12)
    await chat.says("/history")
    first = chat.last

    await chat.taps("Older", on=first.id)
    second = chat.message(first.id)
    assert ", page 2" in second.text
    assert second.buttons == ["1", "2", "3", "4", "5", "Newer", "Older"]
    await chat.taps("Older", on=first.id)
    assert chat.message(first.id).buttons == ["1", "2", "Newer"]
    await chat.taps("Newer", on=first.id)
    assert chat.message(first.id).text == second.text
    await chat.taps("Newer", on=first.id)

    assert chat.message(first.id).text == first.text
    assert chat.last.id == first.id


async def test_one_answer_shows_question_words_points_rating_and_reference(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    await chat.says("my own words, if a<b")
    await chat.taps("1 ☐")
    await chat.taps("Partly")
    await chat.says("/history")
    await chat.taps("1")

    text = chat.last.text
    assert text.startswith("Metrics · today · Partly · answered in 0 s\n\nWhat is metrics")
    assert "Your words\nmy own words, if a<b" in text
    assert "You had 1 of 3 points\n☑ 1  first point" in text
    assert "☐ 2  second point" in text
    assert "Reference answer\nReference" in text
    assert "✗ a > b → a < b" in text
    assert "A Book & more" in text
    assert chat.last.html.count("<blockquote expandable>") == 2


async def test_back_leads_to_the_page_one_came_from(chat):
    await chat.starts()
    await answer_many(chat, 7)
    await chat.says("/history")
    await chat.taps("Older")
    page = chat.last
    await chat.taps("2")
    assert "answer number 0" in chat.last.text
    await chat.taps("Back to the list")

    assert (chat.last.id, chat.last.text) == (page.id, page.text)


async def test_an_answer_of_several_messages_is_read_whole(chat):
    await chat.starts()
    await chat.says("first half")
    await chat.says("second half")
    await chat.says("/history")
    await chat.taps("1")

    assert "first half\nsecond half" in chat.last.text
    assert "· not rated" in chat.last.text


async def test_what_was_looked_at_without_words_is_there_too(chat):
    await chat.starts()
    await chat.answers("Missed")
    await chat.says("/history")
    await chat.taps("1")

    assert "· Missed" in chat.last.text
    assert "Your words" not in chat.last.text
    assert "You ticked none of the 3 points" in chat.last.text


async def test_what_was_no_answer_and_what_was_only_asked_is_not_there(chat):
    await chat.starts()
    await chat.says("thanks!")
    await chat.taps("Not my answer")
    await chat.says("/history")

    assert "Nothing to read yet." in chat.last.text


async def test_a_strangers_answer_cannot_be_read(chat_of):
    alice, bob = chat_of("alice"), chat_of("bob")
    await alice.starts()
    await alice.answers("Got it", text="a secret")
    await bob.starts()

    assert "no longer here" in await bob.presses("reread.1:1:0")
    assert not any("secret" in message.text for message in bob.messages)


@pytest.mark.parametrize("data", ["past.1:7", "past.1:999999999999999999", "reread.1:999:0", "reread.1:2:0"])
async def test_what_is_not_there_is_refused(chat, data):
    await chat.starts()
    await chat.answers("Got it")

    assert "/history" in await chat.presses(data)


async def test_a_question_still_open_gives_nothing_away(chat):
    await chat.starts()

    assert "/history" in await chat.presses("reread.1:1:0")
    assert "Reference" not in chat.last.text


async def test_an_answer_whose_question_left_the_bank_is_listed_but_not_opened(chat, running):
    await chat.starts()
    await answer_many(chat, 2)
    async with running.coach._db.transaction() as tx:
        await tx.execute("UPDATE askings SET question_id = 'metrics/gone' WHERE id = 2")
    await chat.says("/history")

    assert "2  today · Got it\nA question that is no longer asked" in chat.last.text
    assert chat.last.buttons == ["1"]
    assert "no longer here" in await chat.presses("reread.1:2:0")


async def test_a_page_before_the_first_is_the_first(chat):
    await chat.starts()
    await chat.answers("Got it")
    await chat.presses("past.1:-3")

    assert chat.last.text.startswith("Your past answers\n")


async def test_a_very_long_answer_is_cut_and_everything_else_stays(chat):
    await chat.starts()
    await chat.says("<&>" * 1300)
    await chat.says("/history")
    await chat.taps("1")

    assert len(chat.last.text) <= LONGEST_TEXT
    assert "<&>…" in chat.last.text.replace("<…", "<&>…").replace("<&…", "<&>…")
    assert "Reference answer" in chat.last.text
    assert "third point" in chat.last.text


@pytest.mark.parametrize(
    "length, mistakes_stay, words_stay", [(800, True, True), (1500, False, True), (3000, False, False)]
)
def test_mistakes_and_source_give_way_before_the_words_do(length, mistakes_stay, words_stay):
    question = dataclasses.replace(
        make_question("metrics", 1), answer="a" * 1000, mistakes=(Mistake("m" * 1500, "n"),)
    )

    text, _ = parse(whole(Past(ASKING, question, ""), question, "w" * length, "answered in 59 min 59 s"))

    assert ("mmm" in text, "A Book" in text) == (mistakes_stay, mistakes_stay)
    assert ("w" * length in text) is words_stay
    assert "a" * 1000 in text
    assert len(text) <= LONGEST_TEXT


@pytest.mark.parametrize("words", ["", "short", "wörds & <tags> " * 300])
def test_every_question_fits_with_any_words(words: str):
    for question in the_bank():
        _fits(question, words)


def _fits(question: Question, words: str) -> None:
    asking = dataclasses.replace(ASKING, question_id=question.id)
    past = Past(asking, question, "Responsible ML · 29 September 2025 (366 days ago) · not rated")

    text, _ = parse(whole(past, question, words, ""))

    assert 0 < len(text) <= LONGEST_TEXT
    assert words[:50] in text


ASKING = Asking(
    id=1,
    learner_id=1,
    question_id="",
    purpose=Purpose.DAILY,
    because="",
    study_day=date(2026, 9, 30),
    slot=0,
    drill_id=None,
    place=None,
    asked_at=datetime(2026, 9, 30, 9, tzinfo=UTC),
    late=False,
    message_id=1,
    feedback_message_id=2,
    picture_message_id=None,
    shown_at=datetime(2026, 9, 30, 9, tzinfo=UTC),
    hints=0,
    judged=None,
    judged_rating=None,
    ticked=frozenset({0}),
    rating=Rating.GOOD,
    rated_at=None,
    rated_on=None,
    skipped_at=None,
)


async def test_a_page_can_be_named_and_one_beyond_says_which_there_are(chat):
    await chat.starts()
    await chat.says("/topic metrics 6")
    for _ in range(6):
        await chat.answers()
    await chat.says("/history 2")
    assert "page 2" in chat.last.text

    for beyond in ("3", "99", "0", "-1", "last", "9" * 50):
        await chat.says(f"/history {beyond}")
        assert chat.last.text == "Your answers fill 2 pages: /history 1 to /history 2."
