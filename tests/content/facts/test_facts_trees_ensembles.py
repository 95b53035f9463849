"""Recomputes the numbers that questions on trees and ensembles derive: one function a question, named by slug."""

from __future__ import annotations

import math

import pytest


def _gini(ones: int, rows: int) -> float:
    share = ones / rows
    return 1 - share**2 - (1 - share) ** 2


def _log_loss_at(log_odds: float) -> float:
    """The loss of a row with label 1."""
    return math.log1p(math.exp(-log_odds))


def _vote_of_three(right: float) -> float:
    return right**3 + 3 * right**2 * (1 - right)


def test_decision_tree() -> None:
    of_a, of_b = 30, 10
    assert of_a / (of_a + of_b) == pytest.approx(0.75)


def test_decision_tree_gains_nothing_from_either_half_of_an_xor() -> None:
    table = [(a, b, a ^ b) for a in (0, 1) for b in (0, 1)]
    whole = _gini(sum(row[2] for row in table), len(table))

    for feature in (0, 1):
        for value in (0, 1):
            side = [row[2] for row in table if row[feature] == value]

            assert _gini(sum(side), len(side)) == pytest.approx(whole)


def test_tree_pruning() -> None:
    alpha, full, cut = 0.01, 20, 8
    assert 0.20 + alpha * cut == pytest.approx(0.28)
    assert 0.10 + alpha * full == pytest.approx(0.30)
    assert alpha * (full - cut) == pytest.approx(0.12)
    assert 0.10 + alpha == pytest.approx(0.11)
    assert 0.20 + alpha == pytest.approx(0.21)
    assert alpha * cut == pytest.approx(0.08)
    assert alpha * full == pytest.approx(0.20)


def test_random_forest() -> None:
    rows = 10_000
    assert round(1 - (1 - 1 / rows) ** rows, 2) == 0.63

    correlation, trees = 0.3, 100
    assert (1 - correlation) / trees == pytest.approx(0.007)
    assert correlation + (1 - correlation) / trees == pytest.approx(0.307)


def test_ensemble_learning() -> None:
    right = 0.8
    assert round(_vote_of_three(right), 2) == 0.90
    assert round(right**3, 2) == 0.51
    assert round(1 - (1 - right) ** 3, 2) == 0.99


def test_gradient_boosting() -> None:
    truth, current, rate = 10, 7, 0.1
    after = current + rate * (truth - current)
    assert after == pytest.approx(7.3)
    assert truth - after == pytest.approx(2.7)

    predicted = 0.3
    assert round(-math.log(predicted), 1) == 1.2
    log_odds, step = math.log(predicted / (1 - predicted)), 1e-6
    slope = (_log_loss_at(log_odds + step) - _log_loss_at(log_odds - step)) / (2 * step)
    assert -slope == pytest.approx(1 - predicted, abs=1e-6)


@pytest.mark.parametrize(("rows", "kept"), [(1, 0.50), (100, 0.99)])
def test_xgboost(rows: int, kept: float) -> None:
    residual, shrink = 3.0, 1.0

    weight = rows * residual / (rows + shrink)

    assert round(weight / residual, 2) == kept
