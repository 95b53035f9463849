"""Everything fits: callback data into 64 bytes, texts into Telegram's messages, labels onto a phone."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from enum import Enum
from typing import get_type_hints
from zoneinfo import available_timezones

import pytest

from handlers import FEATURES
from handlers.asking import views
from handlers.asking.onward_views import Onward
from handlers.asking.said import Said
from handlers.choosing.presses import ZoneName
from handlers.kit.press import LIMIT, Slug
from handlers.quiz.presses import TopicSlug
from interview import spacing
from interview.asking import Asking, Purpose
from interview.question import Quality, Question
from interview.rating import Rating
from interview.streak import Streak
from interview.verdict import PointState, PointVerdict
from playground.html_text import parse
from tests.the_bank import the_bank, the_taxonomy

TODAY = date(2026, 9, 30)
LONGEST_TEXT = 4096
PRESSES = list(dict.fromkeys(press for f in FEATURES for press in (*f.presses, *f.group_presses)))


@pytest.mark.parametrize("press", PRESSES, ids=lambda press: press.name)
def test_every_press_fits_64_bytes_at_the_largest_ids_and_comes_back_as_it_was(press):
    hints = get_type_hints(press)
    largest = press(
        **{field.name: _largest(field.name, hints[field.name]) for field in dataclasses.fields(press)}
    )

    data = largest.pack()

    assert len(data.encode()) <= LIMIT
    assert press.unpack(data) == largest


def test_every_question_fits_its_messages_in_every_state():
    for question in the_bank():
        _fits_in_every_state(question)


def _fits_in_every_state(question: Question) -> None:
    topic = the_taxonomy().topic(question.topic)
    assert topic is not None
    choices = spacing.options(None, TODAY, key="x")
    asked = dataclasses.replace(ASKING, question_id=question.id, hints=len(question.hints))
    rated = dataclasses.replace(asked, rating=Rating.GOOD)
    shown = [views.question(asked, question, topic.short), views.skipped(asked, question, topic.short)]
    for typed in (False, True):
        shown.append(
            views.feedback(
                asked, question, topic.short, typed=typed, suggested=Rating.GOOD, choices=choices, today=TODAY
            )
        )
        shown.append(
            views.rated(
                rated,
                question,
                topic.short,
                typed=typed,
                card=choices[Rating.EASY],
                today=TODAY,
                streak=Streak(365, True, False),
                moving_on=False,
            )
        )

    for reply in shown:
        text, _ = parse(reply.text)
        assert 0 < len(text) <= LONGEST_TEXT
        assert isinstance(reply.buttons, tuple)
        for row in reply.buttons:
            assert len(row) <= 8
            assert sum(len(button.label) for button in row) <= 44, row


def test_the_learners_words_beside_the_points_leave_room_for_a_note():
    for question in the_bank():
        _leaves_room_for_a_note(question)


def _leaves_room_for_a_note(question: Question) -> None:
    topic = the_taxonomy().topic(question.topic)
    assert topic is not None
    doubted = PointVerdict(PointState.CONTRADICTED, "w" * 200)
    asked = dataclasses.replace(
        ASKING,
        question_id=question.id,
        hints=len(question.hints),
        ticked=None,
        judged=(doubted,) * len(question.key_points),
    )
    choices = spacing.options(None, TODAY, key="x")
    shown = [
        views.feedback(
            asked,
            question,
            topic.short,
            typed=False,
            suggested=Rating.HARD,
            choices=choices,
            today=TODAY,
            aside=True,
            said=Said(messages=20, words=True, heard=True, seen=True),
        ),
        views.rated(
            dataclasses.replace(asked, rating=Rating.AGAIN),
            question,
            topic.short,
            typed=False,
            card=choices[Rating.EASY],
            today=TODAY,
            streak=Streak(365, True, False),
            moving_on=False,
            onward=Onward((0, Quality.WEAK), lapses=99, easier=True),
        ),
    ]

    for reply in shown:
        text, _ = parse(reply.text)
        assert len(text) + 300 <= LONGEST_TEXT
        assert text.count("⚠") >= len(question.key_points)


ASKING = Asking(
    id=2**31,
    learner_id=2**52,
    question_id="",
    purpose=Purpose.DAILY,
    because="new, a weak topic of yours",
    study_day=TODAY,
    slot=0,
    drill_id=None,
    place=None,
    asked_at=datetime(2026, 9, 30, 9, tzinfo=UTC),
    late=True,
    note="Welcome back: your break is over.",
    message_id=1,
    feedback_message_id=2,
    picture_message_id=None,
    shown_at=None,
    hints=0,
    judged=None,
    judged_rating=None,
    ticked=frozenset({0, 1}),
    rating=None,
    rated_at=None,
    rated_on=None,
    skipped_at=None,
)


def _largest(name: str, kind: type) -> object:
    if issubclass(kind, Enum):
        return max(kind, key=lambda each: len(str(each.value)))
    if issubclass(kind, int):
        return 2**53 if name.endswith("_id") else 24 * 60 - 1
    if issubclass(kind, ZoneName):
        return ZoneName(max(available_timezones(), key=len))
    if issubclass(kind, TopicSlug):
        return TopicSlug(max((topic.slug for topic in the_taxonomy().topics), key=len))
    assert issubclass(kind, Slug)
    facets = [f"{topic.slug}/{facet.slug}" for topic in the_taxonomy().topics for facet in topic.facets]
    return Slug(max([question.id for question in the_bank()] + facets, key=len))
