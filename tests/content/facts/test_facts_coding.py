"""Recomputes the numbers that questions on coding derive: one function a question, named by slug."""

from __future__ import annotations

from itertools import pairwise, product

import pytest

GIGABYTE, MEGABYTE = 10**9, 10**6


def test_find_bigrams() -> None:
    words = "a b c"

    assert list(pairwise(words)) == [("a", " "), (" ", "b"), ("b", " "), (" ", "c")]
    assert list(zip(words, words[1:])) == list(pairwise(words))  # noqa: B905, RUF007 as the quiz spells it


def test_find_bigrams_characters_against_words() -> None:
    greeting = "hi you"

    assert len(list(greeting)) == 6
    assert greeting.split() == ["hi", "you"]


def test_numpy_vs_scipy() -> None:
    rows, columns, entries = 100_000, 50_000, 10_000_000
    float64, int32 = 8, 4

    assert rows * columns == 5_000_000_000
    assert rows * columns * float64 == 40 * GIGABYTE
    assert entries * (float64 + int32) == 120 * MEGABYTE
    assert (rows + 1) * int32 == pytest.approx(0.4 * MEGABYTE, rel=1e-4)


def test_programming_languages_for_ml() -> None:
    tokenising, model, elsewhere = 30, 8, 2
    whole = tokenising + model + elsewhere

    assert whole == 40
    assert whole / (whole - tokenising) == 4
    assert model + elsewhere == 10


def test_sklearn_pipeline() -> None:
    values, folds = 40, 5
    searched = [(value, fold) for value in range(values) for fold in range(folds)]

    assert len(searched) == 200
    assert len({fold for _, fold in searched}) == 5


def test_string_rotation() -> None:
    doubled = "abcd" * 2
    rotations = {"abcd"[at:] + "abcd"[:at] for at in range(4)}

    wrongly_true = [
        option
        for option in ("dabcdabcd", "acbd", "cdab", "bcdabc")
        if option in doubled and option not in rotations
    ]

    assert wrongly_true == ["bcdabc"]
    assert "cdab" in rotations
    assert ("abab" * 2).find("abab") == 0
    assert "abab"[2:] + "abab"[:2] == "abab"
    assert {"abc"[at:] + "abc"[:at] for at in range(3)} == {"abc", "bca", "cab"}
    assert not any(""[at:] + ""[:at] == "" for at in range(len("")))


def test_string_rotation_without_the_doubled_string() -> None:
    words = ["".join(letters) for length in range(7) for letters in product("ab", repeat=length)]

    for one, other in product(words, repeat=2):
        assert _found_by_failure_table(one, other) == (len(one) == len(other) and other in one + one)


def test_string_rotation_smallest_shift() -> None:
    for one in map("".join, product("ab", repeat=6)):
        for shift in range(len(one)):
            rotated = one[shift:] + one[:shift]
            found = (one + one).find(rotated)

            assert found == min(at for at in range(6) if one[at:] + one[:at] == rotated)


def _found_by_failure_table(text: str, wanted: str) -> bool:
    """Knuth, Morris and Pratt over the text read in a circle, letters 0 to 2n - 1."""
    if len(text) != len(wanted) or not text:
        return text == wanted
    table, matched = [0] * len(wanted), 0
    for at in range(1, len(wanted)):
        while matched and wanted[at] != wanted[matched]:
            matched = table[matched - 1]
        matched += wanted[at] == wanted[matched]
        table[at] = matched
    matched = 0
    for at in range(2 * len(text)):
        while matched and text[at % len(text)] != wanted[matched]:
            matched = table[matched - 1]
        matched += text[at % len(text)] == wanted[matched]
        if matched == len(wanted):
            return True
    return False
