"""Recomputes the numbers that questions on experiments derive: one function a question, named by slug."""

from __future__ import annotations

import math
from statistics import NormalDist

NORMAL = NormalDist()


def _users_a_side(before: float, after: float, alpha: float, power: float) -> float:
    """For a two-sided test of two shares, by the normal approximation."""
    bar = NORMAL.inv_cdf(1 - alpha / 2) + NORMAL.inv_cdf(power)
    return bar**2 * (before * (1 - before) + after * (1 - after)) / (after - before) ** 2


def test_ab_testing() -> None:
    first, second = 50_000, 51_200
    gap = (second - first) / math.sqrt(first + second)

    assert round(_users_a_side(0.050, 0.055, 0.05, 0.80), -3) == 31_000
    assert round(math.sqrt(first + second)) == 318
    assert 3.5 < gap < 4
    assert round(2 * (1 - NORMAL.cdf(gap)), 4) == 0.0002
