"""Finding a question by its id or by words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from content.reader import Bank, read_bank
from content.search import search
from content.taxonomy import Taxonomy

Write = Callable[..., Path]
STEM = "A model says **no** to everybody and is right for 97 of 100. Is it good?"


@pytest.fixture
def bank(folder: Path, taxonomy: Taxonomy, write: Write) -> Bank:
    bare = ('covers = ["s0-46"]', "")
    write("metrics/accuracy-paradox")
    write("metrics/all-about-the-f1-score", (STEM, "How is F1 computed for many classes?"), bare)
    write("metrics/f1-score", (STEM, "How is F1 made of precision and recall?"), bare)
    write(
        "metrics/old-score", (STEM, "What was the harmonic mean?"), ('covers = ["s0-46"]', "retired = true")
    )
    trees = ('facet = "classification"', 'facet = "ensembles"')
    write("trees-ensembles/random-forest", (STEM, "Why are bootstrap samples drawn?"), trees, bare)
    write("trees-ensembles/forest-size", (STEM, "How many trees are enough?"), trees, bare)
    return read_bank(folder, taxonomy)


@pytest.mark.parametrize(
    "words, first",
    [
        ("metrics/f1-score", "metrics/f1-score"),
        (" Metrics/F1-Score ", "metrics/f1-score"),
        ("f1 score", "metrics/f1-score"),
        ("f1", "metrics/f1-score"),
        ("random forest", "trees-ensembles/random-forest"),
        ("random forests", "trees-ensembles/random-forest"),
        ("randm forst", "trees-ensembles/random-forest"),
        ("bootstrap", "trees-ensembles/random-forest"),
        ("why do we draw a bootstrap sample", "trees-ensembles/random-forest"),
        ("accuracy", "metrics/accuracy-paradox"),
        ("metrics/old-score", "metrics/old-score"),
    ],
)
def test_the_best_comes_first(bank: Bank, taxonomy: Taxonomy, words: str, first: str) -> None:
    assert search(bank, taxonomy, words)[0].id == first


@pytest.mark.parametrize("words", ["", "?", "zzzz", "the", "xylophone concerto"])
def test_words_that_stand_nowhere_find_nothing(bank: Bank, taxonomy: Taxonomy, words: str) -> None:
    assert search(bank, taxonomy, words) == ()


def test_an_id_that_is_all_of_the_words_comes_before_a_longer_one(bank: Bank, taxonomy: Taxonomy) -> None:
    assert [question.id for question in search(bank, taxonomy, "forest")][:2] == [
        "trees-ensembles/forest-size",
        "trees-ensembles/random-forest",
    ]


def test_what_is_far_behind_the_best_is_left_out(bank: Bank, taxonomy: Taxonomy) -> None:
    assert [question.id for question in search(bank, taxonomy, "random forest")] == [
        "trees-ensembles/random-forest"
    ]
    assert len(search(bank, taxonomy, "forest")) == 2


def test_a_topics_name_finds_its_questions(bank: Bank, taxonomy: Taxonomy) -> None:
    found = search(bank, taxonomy, "ensembles")

    assert {question.topic for question in found} == {"trees-ensembles"}


def test_no_more_than_asked_for_are_found(bank: Bank, taxonomy: Taxonomy) -> None:
    assert len(search(bank, taxonomy, "majority threshold", limit=2)) == 2


def test_retired_questions_do_not_come_up_by_words(bank: Bank, taxonomy: Taxonomy) -> None:
    assert all(not question.retired for question in search(bank, taxonomy, "harmonic mean old score"))
