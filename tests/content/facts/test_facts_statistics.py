"""Recomputes the numbers that questions on statistics derive: one function a question, named by slug."""

from __future__ import annotations

import math
from statistics import NormalDist, fmean, pstdev

import pytest

NORMAL = NormalDist()


def _covariance(xs: list[float], ys: list[float]) -> float:
    mx, my = fmean(xs), fmean(ys)
    return fmean((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True))


def _correlation(xs: list[float], ys: list[float]) -> float:
    return _covariance(xs, ys) / (pstdev(xs) * pstdev(ys))


def test_correlation_vs_covariance() -> None:
    metres, kilos = [1.6, 1.7, 1.75, 1.9], [60.0, 72.0, 70.0, 88.0]
    centimetres = [100 * height for height in metres]

    assert _covariance(centimetres, kilos) == pytest.approx(100 * _covariance(metres, kilos))
    assert _covariance(centimetres, centimetres) == pytest.approx(10_000 * _covariance(metres, metres))
    assert _correlation(centimetres, kilos) == pytest.approx(_correlation(metres, kilos))
    assert _correlation([-2, -1, 0, 1, 2], [4, 1, 0, 1, 4]) == 0
    assert 6 / (2 * 5) == 0.6
    assert (6 * -3, 2 * 3) == (-18, 6)
    assert -18 / (6 * 5) == -0.6
    assert 250 / 100 == 2.5


def test_correlation_vs_covariance_zero_without_independence() -> None:
    def coin_turned(xs: list[float]) -> tuple[list[float], list[float]]:
        return xs + xs, xs + [-x for x in xs]

    around_zero = [NORMAL.inv_cdf(k / 10) for k in range(1, 10)]
    xs, ys = coin_turned(around_zero)
    assert _covariance(xs, ys) == pytest.approx(0, abs=1e-12)
    assert sorted(ys) == pytest.approx(sorted(xs))

    moved, turned = coin_turned([x + 5 for x in around_zero])
    assert _covariance(moved, turned) == pytest.approx(0, abs=1e-9)
    assert sorted(turned) != pytest.approx(sorted(moved))


def test_p_value() -> None:
    true, false = 100 * 0.80, 900 * 0.05

    assert (true, false) == (80, 45)
    assert round(100 * false / (true + false)) == 36
    assert round(1 - 0.95**20, 2) == 0.64
    assert 0.05 / 20 == 0.0025
    assert sum(math.comb(10, heads) for heads in (0, 1, 9, 10)) == 1 + 10 + 10 + 1
    assert round(22 / 2**10, 3) == 0.021


def test_law_of_large_numbers() -> None:
    assert 8 + 1_000 // 2 == 508
    assert round(100 * 508 / 1_008, 1) == 50.4
    assert round(100 * 508 / 1_000, 1) == 50.8
    assert 1 / math.sqrt(4 * 100) == pytest.approx(0.5 / math.sqrt(100))


def _posterior(prior: float, likelihood: float, otherwise: float) -> float:
    return prior * likelihood / (prior * likelihood + (1 - prior) * otherwise)


def test_bayes_theorem() -> None:
    assert pytest.approx(0.14) == 0.5 * 0.2 + 0.05 * 0.8
    assert round(_posterior(0.2, 0.5, 0.05), 2) == 0.71
    assert round(_posterior(0.01, 0.5, 0.05), 2) == 0.09
    assert (200 // 2, 800 // 20) == (100, 40)
    assert _posterior(0.2, 0.5, 0.05) / (1 - _posterior(0.2, 0.5, 0.05)) == pytest.approx(10 / 4)
    after_two_words = 2.5 * 0.40 / 0.10
    assert after_two_words == pytest.approx(10)
    assert round(after_two_words / (1 + after_two_words), 2) == 0.91
    odds = 0.8 / 0.2 * (1 / 9)
    assert odds / (1 + odds) == pytest.approx(4 / 13)
    assert round(4 / 13, 2) == 0.31
    assert pytest.approx((90, 495)) == (10_000 * 0.01 * 0.9, 9_900 * 0.05)
    assert round(100 * _posterior(0.01, 0.9, 0.05)) == 15


def _power(effect: float, alpha: float) -> float:
    """Of a two-sided z-test whose true effect is so many standard errors."""
    bar = NORMAL.inv_cdf(1 - alpha / 2)
    return NORMAL.cdf(effect - bar) + NORMAL.cdf(-effect - bar)


def test_type_i_vs_type_ii_error() -> None:
    assert round(100 * _power(2, 0.05)) == 52
    assert round(100 * _power(2, 0.01)) == 28
    assert round(_power(4, 0.05), 2) == round(NORMAL.cdf(2.04), 2) == 0.98
    assert round(NORMAL.cdf(0.04), 2) == 0.52
    assert _power(0, 0.05) == pytest.approx(0.05)
    assert _power(4, 0.01) > _power(2, 0.05) > _power(2, 0.01)
    assert (20 * 0.80, 180 * 0.05) == (16, 9)
    assert round(100 * 9 / 25) == 36


def _design_effect(size: int, correlation: float) -> float:
    return 1 + (size - 1) * correlation


def test_cluster_sampling() -> None:
    assert 40 * 30 == 120 * 10 == 1_200
    assert _design_effect(30, 0.1) == pytest.approx(3.9)
    assert _design_effect(10, 0.1) == pytest.approx(1.9)
    assert round(1_200 / _design_effect(30, 0.1)) == 308
    assert round(1_200 / _design_effect(10, 0.1)) == 632
    assert round(1_200 / _design_effect(30, 1.0)) == 40
