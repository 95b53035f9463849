from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.rating import Rating
from interview.weak_spots import (
    HALF_LIFE,
    Estimate,
    Rated,
    Sureness,
    estimate,
    estimates,
    mean,
    of_topics,
    score,
    weakest,
)

TODAY = date(2026, 11, 20)
AGAIN, HARD, GOOD, EASY = Rating


def rated(topic: str, *ratings: Rating, facet: str = "any", ago: int = 0) -> list[Rated]:
    return [Rated(topic, facet, rating, TODAY - timedelta(days=ago)) for rating in ratings]


def about(topic: str, recall: float, facet: str | None = None) -> Estimate:
    return Estimate(topic, facet, recall, 5, 5.0)


histories = st.lists(
    st.builds(
        lambda topic, facet, rating, ago: Rated(topic, facet, rating, TODAY - timedelta(days=ago)),
        st.sampled_from(["metrics", "llm", "coding"]),
        st.sampled_from(["one", "two"]),
        st.sampled_from(Rating),
        st.integers(-1, 200),
    ),
    max_size=40,
)
FACETS = {("metrics", "one"), ("llm", "two")}


@given(histories)
def test_every_estimate_and_its_interval_lie_between_0_and_1(history: list[Rated]) -> None:
    for each in estimates(history, TODAY, FACETS):
        low, high = each.interval
        assert 0 <= low <= each.recall <= high <= 1
    assert 0 < mean(history, TODAY) < 1


@given(histories.filter(bool), st.data())
def test_a_better_rating_lowers_no_estimate(history: list[Rated], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(history) - 1))
    better = data.draw(st.sampled_from([rating for rating in Rating if rating >= history[place].rating]))
    improved = [*history[:place], replace(history[place], rating=better), *history[place + 1 :]]

    before, after = estimates(history, TODAY, FACETS), estimates(improved, TODAY, FACETS)

    assert len(before) == len(after)
    for was, now in zip(before, after, strict=True):
        assert now.recall >= was.recall - 1e-12


@given(histories, st.sampled_from(Rating), st.integers(0, 200))
def test_one_more_rating_never_makes_it_less_sure(history: list[Rated], rating: Rating, ago: int) -> None:
    order = list(Sureness)
    before = estimate(history, 0.6, TODAY, topic="all")
    after = estimate([*history, *rated("all", rating, ago=ago)], 0.6, TODAY, topic="all")

    assert after.weight >= before.weight
    assert order.index(after.sureness) >= order.index(before.sureness)


@given(st.floats(0, 1))
def test_without_data_the_estimate_is_the_learners_mean(own: float) -> None:
    nothing = estimate([], own, TODAY, topic="llm")

    assert nothing.recall == pytest.approx(own)
    assert nothing.ratings == 0


@given(histories, st.integers(1, 30))
def test_an_estimate_lies_between_the_mean_and_what_was_rated(history: list[Rated], days: int) -> None:
    own = mean(history, TODAY)
    for rating in Rating:
        found = estimate(rated("llm", *[rating] * days), own, TODAY, topic="llm").recall
        low, high = sorted((own, score(rating)))
        assert low - 1e-12 <= found <= high + 1e-12


@pytest.mark.parametrize(
    "ratings, expected",
    [
        ([GOOD] * 5, (0.6 * 5 + 5) / 10),
        ([EASY] * 5, (0.6 * 5 + 5) / 10),
        ([AGAIN] * 5, (0.6 * 5) / 10),
        ([HARD] * 5, (0.6 * 5 + 2.5) / 10),
        ([AGAIN, HARD, GOOD], (0.6 * 5 + 1.5) / 8),
    ],
)
def test_the_estimate_by_hand(ratings: list[Rating], expected: float) -> None:
    assert estimate(rated("llm", *ratings), 0.6, TODAY, topic="llm").recall == pytest.approx(expected)


def test_a_rating_a_half_life_old_counts_half() -> None:
    found = estimate(rated("llm", AGAIN, GOOD, ago=HALF_LIFE), 0.6, TODAY, topic="llm")

    assert found.weight == pytest.approx(1.0)
    assert found.ratings == 2
    assert found.recall == pytest.approx((5 * 0.6 + 0.5) / 6)


def test_what_was_missed_lately_weighs_more_than_what_was_missed_long_ago() -> None:
    lately = rated("llm", GOOD, GOOD, GOOD, ago=60) + rated("llm", AGAIN)
    long_ago = rated("llm", AGAIN, ago=60) + rated("llm", GOOD, GOOD, GOOD)

    assert estimates(lately, TODAY)[0].recall < estimates(long_ago, TODAY)[0].recall


def test_ratings_older_than_half_a_year_count_no_more() -> None:
    assert estimates(rated("llm", GOOD, GOOD, GOOD, ago=180), TODAY)
    assert estimates(rated("llm", GOOD, GOOD, GOOD, ago=181), TODAY) == ()


def test_a_day_ahead_of_today_counts_as_today() -> None:
    ahead = estimates(rated("llm", GOOD, GOOD, GOOD, ago=-1), TODAY)

    assert ahead == estimates(rated("llm", GOOD, GOOD, GOOD), TODAY)


def test_the_mean_begins_at_70_percent_and_follows_the_ratings() -> None:
    assert mean([], TODAY) == pytest.approx(0.7)
    assert mean(rated("llm", AGAIN), TODAY) == pytest.approx(3.5 / 6)
    assert mean(rated("llm", *[AGAIN] * 200), TODAY) < 0.05


def test_three_ratings_make_an_estimate_and_two_do_not() -> None:
    history = rated("llm", AGAIN, GOOD) + rated("coding", GOOD, GOOD, EASY)

    assert [(each.topic, each.ratings) for each in estimates(history, TODAY)] == [("coding", 3)]


def test_a_facet_is_estimated_only_where_it_is_large() -> None:
    history = rated("llm", AGAIN, AGAIN, AGAIN, facet="rag") + rated("llm", GOOD, GOOD, GOOD, facet="prompts")

    found = estimates(history, TODAY, {("llm", "rag")})

    assert [(each.topic, each.facet, each.ratings) for each in found] == [("llm", None, 6), ("llm", "rag", 3)]
    assert found[1].recall < found[0].recall


@pytest.mark.parametrize(
    "weight, words",
    [
        (0, "not sure yet"),
        (4.9, "not sure yet"),
        (5, "roughly sure"),
        (14.9, "roughly sure"),
        (15, "sure"),
        (99, "sure"),
    ],
)
def test_how_sure_it_is_follows_the_weight(weight: float, words: str) -> None:
    assert Estimate("llm", None, 0.5, 99, weight).sureness == words


def test_the_interval_narrows_with_weight() -> None:
    few, many = (Estimate("llm", None, 0.5, 9, weight).interval for weight in (3.0, 30.0))

    assert few == pytest.approx((0.2864, 0.7136), abs=1e-3)
    assert few[0] < many[0] < 0.5 < many[1] < few[1]


def test_the_weakest_three_come_lowest_first() -> None:
    found = [about("a", 0.6), about("b", 0.4), about("c", 0.8), about("d", 0.5)]

    assert [each.topic for each in weakest(found)] == ["b", "d", "a"]
    assert [each.topic for each in weakest(found, 1)] == ["b"]


def test_what_is_recalled_as_well_as_spacing_aims_at_is_not_weak() -> None:
    assert weakest([about("a", 0.9), about("b", 0.95)]) == ()
    assert [each.topic for each in weakest([about("a", 0.899)])] == ["a"]


def test_a_topic_is_never_named_beside_its_own_facet() -> None:
    by_facet = [about("llm", 0.5), about("llm", 0.4, "rag"), about("llm", 0.6, "prompts"), about("nlp", 0.7)]
    by_topic = [about("llm", 0.5), about("llm", 0.6, "rag"), about("nlp", 0.7)]

    assert [(each.topic, each.facet) for each in weakest(by_facet)] == [
        ("llm", "rag"),
        ("llm", "prompts"),
        ("nlp", None),
    ]
    assert [(each.topic, each.facet) for each in weakest(by_topic)] == [("llm", None), ("nlp", None)]


def test_where_a_topic_and_its_facet_stand_alike_the_facet_is_named() -> None:
    [found] = weakest([about("llm", 0.5), about("llm", 0.5, "rag")])

    assert found.facet == "rag"


@given(histories)
def test_the_weakest_are_the_lowest_there_are(history: list[Rated]) -> None:
    found = estimates(history, TODAY)

    chosen = weakest(found)

    assert len(chosen) <= 3
    assert list(chosen) == sorted(chosen, key=lambda each: each.recall)
    left = [each.recall for each in found if each not in chosen and each.recall < 0.9]
    assert not left or not chosen or min(left) >= chosen[-1].recall


@given(histories)
def test_the_short_way_to_the_topics_comes_to_the_same_as_the_estimates(history: list[Rated]) -> None:
    long = {each.topic: each.recall for each in estimates(history, TODAY, FACETS) if each.facet is None}

    assert of_topics(((one.topic, one.rating, one.study_day) for one in history), TODAY) == pytest.approx(
        long
    )
