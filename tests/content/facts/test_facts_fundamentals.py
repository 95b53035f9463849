"""Recomputes the numbers that follow from others in the questions of the topic fundamentals."""

from fractions import Fraction
from math import e
from statistics import fmean, pstdev, pvariance

import pytest


def variance_of_an_average(variance: float, correlation: float, models: int) -> float:
    """Variance of the mean of equally correlated models, summed entry by entry over the covariance matrix."""
    diagonal = models * variance
    beside_it = models * (models - 1) * correlation * variance
    return (diagonal + beside_it) / models**2


def test_bias_variance_tradeoff_an_average_keeps_the_correlated_part_of_the_variance() -> None:
    variance, correlation = 3.0, 0.4

    for models in (1, 2, 10, 1000):
        stated = correlation * variance + (1 - correlation) * variance / models
        assert variance_of_an_average(variance, correlation, models) == pytest.approx(stated)


def test_bias_variance_tradeoff_a_mean_of_k_independent_noisy_targets_has_one_kth_of_their_variance() -> None:
    for neighbours in (1, 5, 50):
        assert variance_of_an_average(3.0, 0.0, neighbours) == pytest.approx(3.0 / neighbours)


def test_low_bias_high_variance_fix_only_a_leaf_that_holds_more_rows_gets_steadier_with_more_rows() -> None:
    rows, leaves = 800, 8

    same_size_before, same_size_after = (
        variance_of_an_average(1.0, 0.0, n // leaves) for n in (rows // 4, rows)
    )
    single_row_before, single_row_after = (
        variance_of_an_average(1.0, 0.0, n // n) for n in (rows // 4, rows)
    )

    assert same_size_after == pytest.approx(same_size_before / 4)
    assert single_row_after == single_row_before == 1.0


def test_variance_error_four_refits_split_into_variance_2_and_squared_bias_16() -> None:
    predictions, truth = [8, 10, 10, 12], 14

    assert fmean(predictions) == 10
    assert pvariance(predictions) == 2
    assert (fmean(predictions) - truth) ** 2 == 16
    assert abs(fmean(predictions) - truth) == 4
    assert round(pstdev(predictions), 1) == 1.4
    assert fmean((truth - prediction) ** 2 for prediction in predictions) == 2 + 16


def test_variance_error_fifty_and_five_hundred_averaged_models() -> None:
    assert variance_of_an_average(4, 0.25, 50) == pytest.approx(1.06)
    assert variance_of_an_average(4, 0.25, 500) == pytest.approx(1.006)
    assert 0.25 * 4 == 1


def test_variance_error_two_training_sets_of_ten_folds_share_eight_ninths() -> None:
    first, second = set(range(10)) - {0}, set(range(10)) - {1}

    assert Fraction(len(first & second), len(first)) == Fraction(8, 9)


def test_low_bias_high_variance_fix_a_bootstrap_sample_holds_63_percent_of_the_rows() -> None:
    rows = 1_000_000

    missed = (1 - 1 / rows) ** rows

    assert round(missed, 3) == round(1 / e, 3) == 0.368
    assert round(100 * (1 - missed), 1) == 63.2


def test_diagnose_over_vs_underfitting_nine_points_to_people_and_two_to_validation() -> None:
    people, training, validation = 2, 11, 13

    assert training - people == 9
    assert validation - training == 2


def test_diagnose_over_vs_underfitting_eleven_points_are_one_of_variance_and_ten_of_shift() -> None:
    training, held_out_web, validation = 3, 4, 14

    assert validation - training == 11
    assert held_out_web - training == 1
    assert validation - held_out_web == 10


def test_supervised_learning_80_percent_agreement_is_a_kappa_of_sixty_hundredths() -> None:
    agreed, says_yes = Fraction(8, 10), Fraction(1, 2)

    by_chance = says_yes**2 + (1 - says_yes) ** 2

    assert by_chance == Fraction(1, 2)
    assert (agreed - by_chance) / (1 - by_chance) == Fraction(6, 10)


def test_underfitting_more_rows_dilute_a_fixed_ridge_penalty_but_do_not_bend_a_line() -> None:
    def ridge_slope(xs: list[float], ys: list[float], penalty: float) -> float:
        return sum(x * y for x, y in zip(xs, ys, strict=True)) / (sum(x * x for x in xs) + penalty)

    xs = [-2.0, -1.0, 1.0, 2.0]
    few, many = (ridge_slope(xs * times, [3 * x for x in xs] * times, 100.0) for times in (1, 100))
    on_a_parabola = {ridge_slope(xs * times, [x * x for x in xs] * times, 0.0) for times in (1, 100)}

    assert few < 0.3 < 2.7 < many < 3
    assert on_a_parabola == {0.0}
