"""Recomputes the numbers that questions on coding derive: one function a question, named by slug."""

from __future__ import annotations

from itertools import pairwise

import pytest

GIGABYTE, MEGABYTE = 10**9, 10**6


def test_find_bigrams() -> None:
    words = "a b c"

    assert list(pairwise(words)) == [("a", " "), (" ", "b"), ("b", " "), (" ", "c")]


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

    assert values * folds == 200


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
