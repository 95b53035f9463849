"""Where a line is said, and how much of it."""

from __future__ import annotations

from itertools import product

from interview.question import KeyPoint
from judging.places import marks_of, recall, said, windows
from judging.reading import read
from judging.rubric import rubric_of

KEYS = (
    KeyPoint(
        "Pruning lowers the variance of a deep tree", phrases=("prune the tree",), also=("cut it back",)
    ),
    KeyPoint("More rows do not help a model that is too simple", wrong="more rows help every model"),
)
REPLY = (
    "i would prune the deep trees, not grow them. more rows never helped a simple modle; less variance then"
)


def test_recall_alone_is_what_said_finds_first() -> None:
    rubric = rubric_of("How do you calm a tree down?", KEYS)
    reading = read(REPLY, rubric.vocabulary)
    lines = [line for texts in rubric.points for line in (*texts.good, texts.wrong_own, texts.right_own)]

    found = [
        (recall(line, marks_of(line, reading), place), said(line, marks_of(line, reading), place)[0])
        for line, place in product(lines, windows(reading))
    ]

    assert any(alone > 0 for alone, _ in found)
    assert all(alone == first for alone, first in found)


def test_a_slip_of_the_pen_is_read_as_the_word_that_was_meant() -> None:
    rubric = rubric_of("How do you calm a tree down?", KEYS)

    hits = read("a simple modle", rubric.vocabulary).hits

    assert set(hits) == {"simpl", "model"}


def test_an_opposite_stands_against_the_word_of_the_line() -> None:
    rubric = rubric_of("How do you calm a tree down?", KEYS)

    against = read("it raises the variance", rubric.vocabulary).against

    assert against == {"lower": frozenset({0})}
