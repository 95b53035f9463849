"""How long a quiz's steps last, and which questions it asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview import quiz
from interview.quiz import APART, READING, Round
from tests.fake_chat import make_question

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
QUESTIONS = [make_question("metrics", number) for number in range(8)]


@pytest.mark.parametrize("length, seconds", [(0, 30), (19, 30), (20, 31), (100, 35), (300, 45)])
def test_a_question_is_open_for_30_s_and_a_second_more_for_20_characters(length: int, seconds: int) -> None:
    assert quiz.open_seconds("x" * length) == seconds
    assert quiz.open_seconds("x" * length, 20) == 20


def test_a_quiz_starts_40_s_after_the_second_has_joined_whoever_else_comes() -> None:
    second = quiz.starts_at(2, None, NOW)

    assert quiz.starts_at(1, None, NOW) is None
    assert second == NOW + timedelta(seconds=40)
    assert quiz.starts_at(3, second, NOW + timedelta(seconds=30)) == second


@pytest.mark.parametrize("players, enough", [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (200, 100)])
def test_half_of_the_players_skip_a_question(players: int, enough: int) -> None:
    assert quiz.enough_to_skip(players) == enough


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_next_question_leaves_time_to_read_and_stays_below_twenty_messages_a_minute(
    open_for: int, told_after: int
) -> None:
    opened_at = NOW
    told_at = NOW + timedelta(seconds=open_for + told_after)
    asked = Round(1, 0, "a/b", (), (), (), 30, opened_at=opened_at, told_at=told_at)

    after = asked.next_after()

    assert after is not None
    assert after >= told_at + READING
    assert after >= opened_at + APART
    assert asked.next_after(alone=True) == told_at + READING
    assert timedelta(minutes=1) / APART * 3 < 20


def test_a_round_that_was_not_told_has_nothing_after_it() -> None:
    assert Round(1, 0, "a/b", (), (), (), 30, opened_at=NOW).next_after() is None


def test_what_was_never_asked_here_comes_first_then_what_was_asked_longest_ago() -> None:
    asked_at = {question.id: NOW + timedelta(days=number) for number, question in enumerate(QUESTIONS[:6])}

    chosen = quiz.choose([QUESTIONS], 4, asked_at, Random(3))

    assert set(chosen[:2]) == {QUESTIONS[6].id, QUESTIONS[7].id}
    assert chosen[2:] == (QUESTIONS[0].id, QUESTIONS[1].id)


def test_others_fill_up_what_is_preferred() -> None:
    chosen = quiz.choose([QUESTIONS[:2], QUESTIONS], 5, {}, Random(3))

    assert set(chosen[:2]) == {QUESTIONS[0].id, QUESTIONS[1].id}
    assert len(set(chosen)) == 5


def test_fewer_where_there_are_no_more_and_none_without_a_poll() -> None:
    form = QUESTIONS[0].quiz
    assert form is not None
    without = [
        replace(QUESTIONS[0], quiz=None),
        replace(QUESTIONS[1], retired=True),
        replace(QUESTIONS[2], quiz=replace(form, right=(0, 1))),
    ]

    assert quiz.choose([without], 5, {}, Random(3)) == ()
    assert len(quiz.choose([QUESTIONS[:3]], 5, {}, Random(3))) == 3


@given(st.integers(2, 12), st.integers())
def test_the_order_of_options_is_drawn_from_all_of_them(count: int, seed: int) -> None:
    order = quiz.shuffled(["x"] * count, Random(seed))

    assert sorted(order) == list(range(count))
