"""Every question of the bank fits its poll and its messages, and what does not fit a poll stands above it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from content.bank import Bank
from handlers.quiz import asking_round, card_views, views
from interview import quiz as rules
from interview.question import Question
from interview.quiz import Quiz, Round, Stage, is_askable
from interview.quiz_score import Vote
from playground.html_text import parse
from tests.fake_chat import make_question
from tests.fake_group import FakeGroup
from tests.the_bank import the_bank, the_taxonomy

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LONGEST_NAME = "<&>" + "ö" * 125
QUIZ = Quiz(
    id=2**53, group_id=-(2**52), chat_id=-(2**52), thread_id=0, starter_id=1, topic="metrics", facet=None,
    size=20, question_ids=("a/b",) * 20, seconds=0, daily_on=None, stage=Stage.RUNNING, ended_because=None,
    card_message_id=1, card_drawn_at=NOW, card_stale=False, starts_at=None, results_message_id=None, place=19,
    next_at=NOW, created_at=NOW, started_at=NOW, ended_at=None, caused_by=1,
)  # fmt: skip


def test_every_question_fits_its_poll_and_what_is_told_after_it():
    askable = [question for question in the_bank() if is_askable(question)]

    assert len(askable) > 100
    for question in askable:
        _fits_its_poll(question)


def _fits_its_poll(question: Question) -> None:
    form = question.quiz
    assert form is not None
    above = asking_round.needs_room(form.stem, form.options)
    asked = Round(1, 19, question.id, form.options, tuple(range(len(form.options))), form.right, 30)
    wrong = next(number for number in range(len(form.options)) if number not in form.right)
    votes = [Vote(19, person, LONGEST_NAME, wrong, timedelta(seconds=1), -25, False) for person in range(200)]

    assert 0 < len(asking_round.poll_question("20/20", form.stem, above=above)) <= 300
    assert len(parse(asking_round.whole("20/20", form.stem, form.options).text)[0]) <= 1_200
    assert "`" not in views.in_prose(form.stem)
    assert all(0 < len(option) <= 100 for option in asking_round.poll_options(form.options))
    explanation = asking_round.poll_explanation(form.explanation)
    assert 0 < len(explanation) <= 200
    assert explanation.count("\n") <= 2
    text, _ = parse(views.told(QUIZ, asked, form, votes).text)
    assert len(text) <= 4096
    results = views.results(the_taxonomy(), QUIZ, votes, {19: question}, "https://t.me/x?start=quiz_1", 20)
    assert len(parse(results.text)[0]) <= 4096


def test_the_card_fits_with_two_hundred_long_names():
    shown = card_views.card(the_taxonomy(), QUIZ, [LONGEST_NAME] * 200, 40, 3)

    text, _ = parse(shown.text)
    assert len(text) < 1000
    assert "and 188 others" in text


@pytest.mark.parametrize(
    ("stem", "named"),
    [
        ("What is `x`?\n\n```python\nx = 1\n```\n\nThink.", "What is x?\n\nThink."),
        (r"How large is $\frac{a}{b}$?", "How large is a/b?"),
        ("```python\nx = 1\n```", "x = 1"),
    ],
)
def test_where_a_question_is_merely_named_its_code_is_left_out(stem: str, named: str):
    assert views.in_prose(stem) == named


def test_real_questions_show_code_and_formulas_above_their_polls():
    above = [one.quiz.stem for one in the_bank() if one.quiz and rules.asks_above(one.quiz.stem)]

    assert len([stem for stem in above if "```" in stem]) >= 3
    assert len([stem for stem in above if "$" in stem]) >= 2


async def test_code_stands_in_a_message_above_its_poll(running):
    question = make_question("metrics", 1)
    assert question.quiz is not None
    form = replace(question.quiz, stem="What does `sum(x)` print?", explanation="a\nb\nc\nd" + "e" * 300)
    running.shelf = replace(running.shelf, bank=Bank([replace(question, quiz=form)]))
    await running.stop()
    await running.start()
    group = FakeGroup(running)
    await group.says("alice", "/quiz metrics 1")
    await group.taps("alice", "Start ▶")

    assert group.last.html.startswith("<b>1/1</b>  What does <code>sum(x)</code> print?")
    assert group.poll.question == "1/1  The question above: which one is right?"
    await group.votes("bob")
    await group.closes()
    assert "🏆" in group.last.text


async def test_options_that_are_too_long_are_letters_in_the_poll(running):
    question = make_question("metrics", 1)
    assert question.quiz is not None
    options = ("right " + "x" * 200, "wrong <b>", "wrong c", "wrong d")
    running.shelf = replace(
        running.shelf, bank=Bank([replace(question, quiz=replace(question.quiz, options=options))])
    )
    await running.stop()
    await running.start()
    group = FakeGroup(running)
    await group.says("alice", "/quiz metrics 1")
    await group.taps("alice", "Start ▶")

    assert group.poll.options == ["A", "B", "C", "D"]
    assert f"{'ABCD'[group.poll.right]}  right xxx" in group.last.text
    await group.votes("bob")
    await group.closes()
    assert any(message.text.startswith("✅ right xxx") for message in group.from_bot)
