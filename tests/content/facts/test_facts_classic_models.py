"""Recomputes the numbers that questions on linear models, neighbours, Bayes and margins derive, one test a question."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import combinations, product

import pytest


def _sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


def _log_odds(p: float) -> float:
    return math.log(p / (1 - p))


def test_linear_regression() -> None:
    """classic-models/linear-regression: the same slope in metres is a thousandth of that in kilometres."""
    per_kilometre, kilometres = 5.0, 3.0

    per_metre = per_kilometre / 1000

    assert per_metre * (kilometres * 1000) == pytest.approx(per_kilometre * kilometres)


def test_logistic_regression() -> None:
    """classic-models/logistic-regression."""
    assert _log_odds(0.3) == pytest.approx(-0.85, abs=0.005)
    assert math.exp(0.7) == pytest.approx(2, abs=0.05)
    assert _sigmoid(_log_odds(0.5) + 0.7) == pytest.approx(0.67, abs=0.005)
    assert _sigmoid(_log_odds(0.01) + 0.7) == pytest.approx(0.02, abs=0.001)
    assert _sigmoid(0) == 0.5


def test_k_nearest_neighbours() -> None:
    """classic-models/k-nearest-neighbours."""
    assert sum((200, 220, 300)) / 3 == 240
    assert 20_000_000 * 300 == 6_000_000_000


def test_support_vector_machine() -> None:
    """classic-models/support-vector-machine."""
    norm = math.hypot(3, 4)

    assert norm == 5
    assert 2 / norm == pytest.approx(0.4)
    assert (1 / norm, norm / 2) == pytest.approx((0.2, 2.5))


def test_naive_bayes() -> None:
    """classic-models/naive-bayes."""
    spam, other = 0.2 * 0.3, 0.8 * 0.01

    assert (spam, other, spam + other) == pytest.approx((0.06, 0.008, 0.068))
    assert spam / (spam + other) == pytest.approx(0.88, abs=0.005)
    assert pytest.approx(0.97, abs=0.005) == 0.3 / (0.3 + 0.01)
    assert round(100 * spam) == 6
    assert pytest.approx((0.30, 0.01, 30)) == (30 / 100, 2 / 200, (30 / 100) / (2 / 200))


def test_naive_bayes_assumption() -> None:
    """classic-models/naive-bayes-assumption."""
    assert 2**20 - 1 > 1_000_000
    assert len(list(product((0, 1), repeat=10))) - 1 == 1023
    assert pytest.approx(0.02) == 0.1 * 0.2


def test_naive_bayes_assumption_coins_are_independent_until_the_class_is_known() -> None:
    """classic-models/naive-bayes-assumption: its strong follow-up."""
    tosses = list(product((0, 1), repeat=2))
    agreeing = [toss for toss in tosses if toss[0] == toss[1]]

    assert sum(one and two for one, two in tosses) / 4 == (2 / 4) * (2 / 4)
    assert sum(one and two for one, two in agreeing) / 2 != (1 / 2) * (1 / 2)


def test_naive_bayes_drawbacks() -> None:
    """classic-models/naive-bayes-drawbacks."""
    once, twice, added = 4, 4 * 4, 4 + 4

    assert once / (1 + once) == 0.8
    assert twice == 16
    assert twice / (1 + twice) == pytest.approx(0.94, abs=0.005)
    assert added / (1 + added) == pytest.approx(0.89, abs=0.005)


def test_svm_kernels() -> None:
    """classic-models/svm-kernels: six features whose dot product is the kernel."""

    def features(x: tuple[float, float]) -> list[float]:
        root = math.sqrt(2)
        return [1, root * x[0], root * x[1], x[0] ** 2, x[1] ** 2, root * x[0] * x[1]]

    x, z = (1.5, -2.0), (0.5, 3.0)

    assert len(features(x)) == 6
    assert sum(a * b for a, b in zip(features(x), features(z), strict=True)) == pytest.approx(
        (x[0] * z[0] + x[1] * z[1] + 1) ** 2
    )


def test_support_vectors() -> None:
    """classic-models/support-vectors."""
    assert 50 / 1000 == 0.05
    assert 1000 - 50 == 950


def test_logistic_multiclass() -> None:
    """classic-models/logistic-multiclass."""
    assert len(list(combinations(range(5), 2))) == 10
    assert len(list(combinations(range(10), 2))) == 45
    assert pytest.approx(1) == 0.5 + 0.2 + 0.1 + 0.1 + 0.1


def _minimum(loss: Callable[[float], float]) -> float:
    return min((step / 1000 for step in range(-5000, 5001)), key=loss)


def test_l1_vs_l2() -> None:
    """classic-models/l1-vs-l2: its quiz and both shrinkage formulas, by looking along a grid."""
    assert _minimum(lambda w: (w - 3) ** 2 + 2 * abs(w)) == 2
    assert _minimum(lambda w: (w - 3) ** 2 + 2 * w**2) == 1
    assert abs(2 * (0 - 3)) == 6

    assert _minimum(lambda w: (w - 3) ** 2 / 2 + abs(w)) == 2
    assert _minimum(lambda w: (w - 3) ** 2 / 2 + w**2 / 2) == 1.5 == 3 / (1 + 1)
    assert _minimum(lambda w: (w - 0.5) ** 2 / 2 + abs(w)) == 0
    assert _minimum(lambda w: (w - 0.5) ** 2 / 2 + w**2 / 2) == 0.25 == 0.5 / (1 + 1)


def test_l1_vs_l2_ridge_splits_weight_between_twins_and_lasso_does_not_care() -> None:
    """classic-models/l1-vs-l2: its partial follow-up."""
    assert 0.5**2 + 0.5**2 < 1**2
    assert 0.5 + 0.5 == 1


def _ridge_of_two(overlap: float, penalty: float) -> tuple[float, float]:
    """Weights for two columns of unit length whose product is `overlap`; the truth is a weight on the first alone."""
    diagonal = 1 + penalty
    determinant = diagonal**2 - overlap**2
    return (diagonal - overlap**2) / determinant, (diagonal * overlap - overlap) / determinant


def test_l1_vs_l2_one_weight_may_grow_while_the_whole_shrinks() -> None:
    """classic-models/l1-vs-l2: its partial and weak follow-ups."""
    free, held = _ridge_of_two(0.9, 0.0), _ridge_of_two(0.9, 0.5)

    assert free == pytest.approx((1, 0))
    assert held[1] > free[1]
    assert math.hypot(*held) < math.hypot(*free)


def test_linear_regression_assumptions_residuals_do_not_show_a_confounder() -> None:
    """classic-models/linear-regression-assumptions: x drives y with slope 1, and so does what was left out."""
    x = [-2.0, -1.0, 0.0, 1.0, 2.0]
    left_out = [-3.0, 0.0, 0.0, 0.0, 3.0]
    y = [one + other for one, other in zip(x, left_out, strict=True)]

    slope = sum(a * b for a, b in zip(x, y, strict=True)) / sum(a * a for a in x)
    residuals = [b - slope * a for a, b in zip(x, y, strict=True)]

    assert slope > 2
    assert sum(a * r for a, r in zip(x, residuals, strict=True)) == pytest.approx(0)


def test_linear_regression_solvers() -> None:
    """classic-models/linear-regression-solvers: digits lost are the powers of ten of the condition number."""
    digits = 16

    assert 100_000**2 == 10_000_000_000
    assert (10**6) ** 2 == 10**12
    assert digits - math.log10((10**6) ** 2) == pytest.approx(4)
    assert digits - math.log10(10**6) == pytest.approx(10)
    assert math.sqrt(100_000) == pytest.approx(300, abs=20)


def test_linear_regression_solvers_descent_from_zero_halves_the_weight_of_a_doubled_column() -> None:
    """classic-models/linear-regression-solvers: its partial follow-up."""
    x, y = [1.0, 2.0, 3.0], [2.0, 4.0, 6.0]
    first = second = 0.0

    for _ in range(200):
        slope = sum((a * (first + second) - b) * a for a, b in zip(x, y, strict=True))
        first, second = first - 0.02 * slope, second - 0.02 * slope

    assert (first, second) == pytest.approx((1, 1))


def test_collinearity() -> None:
    """classic-models/collinearity."""

    def inflation(r_squared: float) -> float:
        return 1 / (1 - r_squared)

    assert 1 / math.sqrt(10) == pytest.approx(0.32, abs=0.005)
    assert inflation(0.75) == 4
    assert math.sqrt(inflation(0.75)) == 2
    assert inflation(0.9) == pytest.approx(10)
    assert math.sqrt(inflation(0.9)) == pytest.approx(3.2, abs=0.05)
    assert pytest.approx(1.33, abs=0.005) == 1 / 0.75
