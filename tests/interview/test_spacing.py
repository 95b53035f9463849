from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.card import Card
from interview.rating import Rating
from interview.spacing import LONGEST_INTERVAL, interval_label, options, recall, review

TODAY = date(2026, 11, 20)
AGAIN, HARD, GOOD, EASY = Rating

ratings = st.sampled_from(Rating)
keys = st.text(max_size=12)
retentions = st.sampled_from([85, 90, 95])


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[int, Rating]]:
    """Ratings, each with the study days since the one before: early, in time, late and on the same day."""
    return draw(st.lists(st.tuples(st.integers(0, 120), ratings), min_size=1, max_size=12))


@st.composite
def cards(draw: st.DrawFn) -> Card:
    return learned(draw(histories()), key=draw(keys))


def learned(history: list[tuple[int, Rating]], key: str = "ada metrics/recall") -> Card:
    day, card = TODAY, None
    for days, rating in history:
        day += timedelta(days=days)
        card = review(card, rating, day, key=key)
    assert card is not None
    return card


class Fsrs6:
    """FSRS-6 as published, worked out again to check the library: w0 to w20 are the default parameters."""

    w = (
        0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
        1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
    )  # fmt: skip

    def __init__(self, first: int) -> None:
        self.stability = self.w[first - 1]
        self.difficulty = min(10.0, max(1.0, self.first_difficulty(first)))

    def first_difficulty(self, grade: int) -> float:
        return self.w[4] - math.exp(self.w[5] * (grade - 1)) + 1

    def recall(self, days: int) -> float:
        factor = 0.9 ** (-1 / self.w[20]) - 1
        return float((1 + factor * days / self.stability) ** -self.w[20])

    def days_until(self, retention: int) -> float:
        factor = 0.9 ** (-1 / self.w[20]) - 1
        return float(self.stability / factor * ((retention / 100) ** (-1 / self.w[20]) - 1))

    def review(self, days: int, grade: int) -> None:
        w, s, d, r = self.w, self.stability, self.difficulty, self.recall(days)
        if days == 0:
            growth = math.exp(w[17] * (grade - 3 + w[18])) * s ** -w[19]
            self.stability = s * (growth if grade == 1 else max(1.0, growth))
        elif grade == 1:
            lapse = w[11] * d ** -w[12] * ((s + 1) ** w[13] - 1) * math.exp(w[14] * (1 - r))
            self.stability = min(lapse, s / math.exp(w[17] * w[18]))
        else:
            bonus = {2: w[15], 3: 1.0, 4: w[16]}[grade]
            gain = math.exp(w[8]) * (11 - d) * s ** -w[9] * (math.exp(w[10] * (1 - r)) - 1) * bonus
            self.stability = s * (1 + gain)
        damped = d - w[6] * (grade - 3) * (10 - d) / 9
        self.difficulty = min(10.0, max(1.0, w[7] * self.first_difficulty(4) + (1 - w[7]) * damped))


@pytest.mark.parametrize(
    "history",
    [
        [(0, AGAIN)],
        [(0, EASY)],
        [(0, GOOD), (2, GOOD), (7, GOOD), (25, GOOD)],
        [(0, GOOD), (3, HARD), (5, AGAIN), (1, GOOD), (4, EASY)],
        [(0, AGAIN), (1, AGAIN), (1, HARD), (1, GOOD), (9, GOOD)],
        [(0, GOOD), (0, GOOD), (0, AGAIN), (1, HARD), (0, EASY), (60, AGAIN)],
        [(0, EASY), (1, EASY), (40, HARD), (200, GOOD)],
    ],
)
def test_memory_follows_the_published_formulae(history: list[tuple[int, Rating]]) -> None:
    expected = Fsrs6(int(history[0][1]))
    for days, rating in history[1:]:
        expected.review(days, int(rating))

    card = learned(history)

    assert card.stability == pytest.approx(expected.stability, rel=1e-9)
    assert card.difficulty == pytest.approx(expected.difficulty, rel=1e-9)
    for days in (0, 1, 7, 60):
        day = card.reviewed_on + timedelta(days=days)
        assert recall(card, day) == pytest.approx(expected.recall(days), rel=1e-9)


@pytest.mark.parametrize("retention", [85, 90, 95])
def test_a_card_comes_back_when_recall_falls_to_what_is_aimed_at(retention: int) -> None:
    # A card whose interval is neither the shortest nor the longest, nor pushed by the one beside it.
    history = [(0, GOOD), (2, GOOD), (8, GOOD)]
    expected = Fsrs6(3)
    for days, rating in [*history[1:], (14, GOOD)]:
        expected.review(days, int(rating))
    before = learned(history)

    card = review(before, GOOD, before.reviewed_on + timedelta(days=14), key="k", retention=retention)

    wanted = min(LONGEST_INTERVAL, expected.days_until(retention))
    assert abs(card.interval - wanted) <= 0.05 * wanted + 1


def test_recall_is_nine_in_ten_after_as_many_days_as_the_card_is_stable() -> None:
    card = Card(stability=12.0, difficulty=5.0, due=TODAY, reviewed_on=TODAY, interval=12)

    assert recall(card, TODAY) == 1
    assert recall(card, TODAY + timedelta(days=12)) == pytest.approx(0.9)


def test_what_was_missed_in_the_evening_is_due_the_next_morning() -> None:
    card = review(None, AGAIN, TODAY, key="k")

    assert card.due == TODAY + timedelta(days=1)
    next_day = review(card, GOOD, card.due, key="k")
    assert next_day.stability > 1  # a review on the next study day, not a second one of the same day


def test_the_first_rating_makes_a_card() -> None:
    first = options(None, TODAY, key="k")

    assert {rating: card.interval for rating, card in first.items()} == {AGAIN: 1, HARD: 1, GOOD: 2, EASY: 8}
    assert all(card.reviews == 1 and card.lapses == 0 for card in first.values())
    assert all(card.reviewed_on == TODAY for card in first.values())


@given(card=st.none() | cards(), days=st.integers(0, 150), key=keys, retention=retentions)
def test_better_ratings_come_back_later(card: Card | None, days: int, key: str, retention: int) -> None:
    day = (card.reviewed_on if card else TODAY) + timedelta(days=days)

    after = options(card, day, key=key, retention=retention)

    assert after[AGAIN].interval == 1
    assert after[AGAIN].due <= after[HARD].due
    for worse, better in pairwise([HARD, GOOD, EASY]):
        assert after[worse].due < after[better].due or after[worse].interval == LONGEST_INTERVAL
        assert after[worse].stability <= after[better].stability


@given(
    card=st.none() | cards(),
    rating=ratings,
    days=st.integers(0, 150),
    key=keys,
    interview_in=st.none() | st.integers(-5, 90),
)
def test_no_interval_is_too_short_or_too_long(
    card: Card | None, rating: Rating, days: int, key: str, interview_in: int | None
) -> None:
    day = (card.reviewed_on if card else TODAY) + timedelta(days=days)
    interview_on = None if interview_in is None else day + timedelta(days=interview_in)

    after = review(card, rating, day, key=key, interview_on=interview_on)

    assert after.due == day + timedelta(days=after.interval)
    assert 1 <= after.interval <= LONGEST_INTERVAL
    if interview_on is not None and interview_on > day:
        assert after.due <= interview_on


@pytest.mark.parametrize("interview_in, interval", [(-3, 8), (0, 8), (1, 1), (5, 5), (30, 8)])
def test_only_an_interview_ahead_shortens_an_interval(interview_in: int, interval: int) -> None:
    interview_on = TODAY + timedelta(days=interview_in)

    assert review(None, EASY, TODAY, key="k", interview_on=interview_on).interval == interval


@given(card=cards(), days=st.integers(0, 150), key=keys)
def test_partly_never_returns_later_than_last_time_but_for_a_second_day(
    card: Card, days: int, key: str
) -> None:
    after = review(card, HARD, card.reviewed_on + timedelta(days=days), key=key)

    assert after.interval <= max(2, card.interval)


@pytest.mark.parametrize("first", [AGAIN, HARD])
@given(key=keys)
def test_what_is_partly_known_does_not_come_five_mornings_running(first: Rating, key: str) -> None:
    card = review(None, first, TODAY, key=key)
    intervals = []
    for _ in range(4):
        card = review(card, HARD, card.due, key=key)
        intervals.append(card.interval)

    assert 2 in intervals
    assert max(intervals) == 2


@given(card=st.none() | cards(), rating=ratings, key=keys, retention=retentions)
def test_the_button_says_what_the_rating_does(
    card: Card | None, rating: Rating, key: str, retention: int
) -> None:
    day = card.due if card else TODAY

    promised = options(card, day, key=key, retention=retention)

    assert review(card, rating, day, key=key, retention=retention) == promised[rating]


@given(card=cards(), rating=ratings, days=st.integers(0, 60))
def test_reviews_and_lapses_are_counted(card: Card, rating: Rating, days: int) -> None:
    after = review(card, rating, card.reviewed_on + timedelta(days=days), key="k")

    assert after.reviews == card.reviews + 1
    assert after.lapses == card.lapses + (rating is AGAIN)


@given(card=cards(), days=st.integers(0, 400))
def test_recall_only_falls(card: Card, days: int) -> None:
    day = card.reviewed_on + timedelta(days=days)

    assert 0 < recall(card, day + timedelta(days=1)) < recall(card, day) <= 1


@given(history=histories(), key=keys)
def test_the_same_history_gives_the_same_card(history: list[tuple[int, Rating]], key: str) -> None:
    assert learned(history, key) == learned(history, key)


def test_cards_learned_together_come_apart() -> None:
    card = Card(
        stability=20.0, difficulty=5.0, due=TODAY, reviewed_on=TODAY - timedelta(days=20), interval=20
    )

    intervals = {review(card, GOOD, TODAY, key=f"ada q{n}").interval for n in range(60)}

    assert len(intervals) > 3
    assert max(intervals) <= 1.12 * min(intervals)


def test_the_same_card_is_not_always_moved_the_same_way() -> None:
    card = Card(
        stability=20.0, difficulty=5.0, due=TODAY, reviewed_on=TODAY - timedelta(days=20), interval=20
    )

    intervals = {review(replace(card, reviews=n), GOOD, TODAY, key="k").interval for n in range(1, 40)}

    assert len(intervals) > 3


@pytest.mark.parametrize("rating", list(Rating))
def test_a_second_rating_on_the_same_day_hardly_strengthens(rating: Rating) -> None:
    card = learned([(0, GOOD), (2, GOOD), (8, GOOD)])

    same_day = review(card, rating, card.reviewed_on, key="k")
    in_time = review(card, rating, card.due, key="k")

    assert same_day.stability <= max(in_time.stability, card.stability)
    assert same_day.due > card.reviewed_on


def test_a_study_day_before_the_last_review_counts_as_the_same_day() -> None:
    # After a journey west, today can be yesterday.
    card = learned([(0, GOOD), (2, GOOD)])
    yesterday = card.reviewed_on - timedelta(days=1)

    assert recall(card, yesterday) == 1
    assert review(card, GOOD, yesterday, key="k").stability == pytest.approx(
        review(card, GOOD, card.reviewed_on, key="k").stability
    )


@pytest.mark.parametrize(
    "days, label",
    [
        (0, "today"),
        (1, "tomorrow"),
        (2, "2 d"),
        (4, "4 d"),
        (13, "13 d"),
        (14, "2 w"),
        (17, "2 w"),
        (18, "3 w"),
        (21, "3 w"),
        (56, "8 w"),
        (59, "8 w"),
        (60, "2 mo"),
    ],
)
def test_an_interval_fits_a_button(days: int, label: str) -> None:
    assert interval_label(days) == label
