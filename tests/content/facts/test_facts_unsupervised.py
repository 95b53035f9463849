"""Recomputes the numbers that questions on unsupervised learning derive: one function a question, named by slug."""

from __future__ import annotations

import math

import pytest


def test_choosing_number_of_clusters() -> None:
    own, other = 2, 5
    assert (other - own) / max(own, other) == pytest.approx(0.60)
    assert own / other == pytest.approx(0.40)
    assert own / other == pytest.approx(1 - (other - own) / max(own, other))
    assert round((other - own) / (own + other), 2) == 0.43
    assert (other - own) / own == pytest.approx(1.50)


def test_unsupervised_applications() -> None:
    ranked, at_random, read = 12, 1, 50
    assert ranked / read == pytest.approx(0.24)
    assert at_random / read == pytest.approx(0.02)
    assert ranked / at_random == pytest.approx(12)


def test_unsupervised_applications_one_find_in_fifty_leaves_a_wide_interval() -> None:
    """The exact 95 % interval of Clopper and Pearson, 2.5 % a side."""
    read, low, high = 50, 0.0005, 0.1065

    at_least_one = 1 - (1 - low) ** read
    at_most_one = (1 - high) ** read + read * high * (1 - high) ** (read - 1)

    assert at_least_one == pytest.approx(0.025, abs=0.001)
    assert at_most_one == pytest.approx(0.025, abs=0.001)
    assert round(high, 1) == 0.1


def test_dimensionality_reduction() -> None:
    rows, slack = 5_000, 0.2

    enough = 4 * math.log(rows) / (slack**2 / 2 - slack**3 / 3)

    assert math.ceil(enough) == 1966


def test_pca() -> None:
    correlation = 0.8
    covariance = ((1.0, correlation), (correlation, 1.0))
    root = 1 / math.sqrt(2)

    for axis, variance in (((root, root), 1.8), ((root, -root), 0.2)):
        for row, part in zip(covariance, axis, strict=True):
            assert row[0] * axis[0] + row[1] * axis[1] == pytest.approx(variance * part)
    share = 1.8 / (1.8 + 0.2)
    assert share == pytest.approx(0.90)


def test_pca_in_metres_and_euros() -> None:
    height_spread, salary_spread = 0.1, 10_000.0

    ratio = (salary_spread / height_spread) ** 2

    assert ratio > 1e9
    assert height_spread**2 == pytest.approx(0.01)
