"""Recomputes the numbers that questions on data preparation derive: one function a question, named by slug."""

from __future__ import annotations

import math
import random
import sqlite3
import tomllib
from datetime import date
from itertools import pairwise
from statistics import NormalDist, fmean, median, pstdev, stdev

import pytest

from content.markup import code_blocks
from content.reader import QUESTIONS

Row = list[float]


def _distance(one: Row, other: Row) -> float:
    return math.dist(one, other)


def test_columns_mostly_missing() -> None:
    rows = 200_000

    assert rows - rows * 7 // 10 == 60_000
    assert rows * 7 // 10 == 140_000


def test_one_hot_encoding() -> None:
    red, green, blue = [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]

    assert {round(_distance(*pair), 12) for pair in ((red, green), (red, blue), (green, blue))} == {
        round(math.sqrt(2), 12)
    }
    assert all(sum(level) == 1 for level in (red, green, blue))


def _smoothed(rows: int, mean: float, overall: float, weight: float) -> float:
    return (rows * mean + weight * overall) / (rows + weight)


def test_encoding_categorical_features() -> None:
    assert _smoothed(4, 0.75, 0.20, 16) == pytest.approx(0.31)
    assert round(_smoothed(400, 0.75, 0.20, 16), 2) == 0.73
    assert sorted(["S", "M", "L"]) == ["L", "M", "S"]
    assert 30_000 / 1_000 == 30


def test_feature_scaling() -> None:
    ages = [20.0, 40.0, 60.0]
    mean, spread = fmean(ages), pstdev(ages)

    scaled = [(age - mean) / spread for age in ages]

    assert mean == 40
    assert scaled[1] == 0
    assert scaled[0] == -scaled[2] < 0
    assert 10 * 0.5 == (10 * 1000) * (0.5 / 1000)


def _min_max(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low)


def test_standard_vs_minmax() -> None:
    assert round(_min_max(100, 20, 10_000), 3) == 0.008
    assert _min_max(20, 20, 10_000) == 0
    assert round(1 - _min_max(100, 20, 10_000), 2) == 0.99
    assert (20 / 10_000, 100 / 10_000) == (0.002, 0.01)
    most_spread = [20.0] * 49 + [100.0] * 50 + [10_000.0]
    least_spread = [100.0] * 98 + [20.0, 10_000.0]
    assert 0.08 < 80 / pstdev(most_spread) < 80 / pstdev(least_spread) < 0.09
    assert _min_max(2 * 50, 0, 50) == 2
    assert [_min_max(value, 10, 30) for value in (10, 20, 30, 40)] == [0, 0.5, 1, 1.5]


def test_outlier_handling() -> None:
    salaries = [50_000.0] * 9 + [50_000_000.0]
    deviation = (salaries[-1] - fmean(salaries)) / stdev(salaries)

    assert deviation == pytest.approx((10 - 1) / math.sqrt(10))
    assert round((10 - 1) / math.sqrt(10), 2) == 2.85
    quartile = NormalDist().inv_cdf(0.75)
    assert round(200 * NormalDist().cdf(-4 * quartile), 1) == 0.7
    skewed_fence = math.exp(quartile) + 1.5 * (math.exp(quartile) - math.exp(-quartile))
    assert 100 * NormalDist().cdf(-math.log(skewed_fence)) > 5 * 0.7
    assert fmean([10, 11, 12, 13, 1_000]) == pytest.approx(209.2)
    assert median([10, 11, 12, 13, 1_000]) == 12


def test_imbalanced_data() -> None:
    odds = 0.50 / (1 - 0.50) * 0.1

    assert odds / (1 + odds) == pytest.approx(0.1 / 1.1)
    assert round(odds / (1 + odds), 2) == 0.09


def _best_accuracy_of_guessers(rng: random.Random, models: int, rows: int) -> float:
    return max(rng.getrandbits(rows).bit_count() / rows for _ in range(models))


def test_train_validation_test_roles() -> None:
    rng = random.Random(11)

    best = fmean(_best_accuracy_of_guessers(rng, 100, 200) for _ in range(300))

    assert round(math.sqrt(0.25 / 200), 3) == 0.035
    assert abs((best - 0.5) / math.sqrt(0.25 / 200) - 2.5) < 0.15
    assert round(best, 2) == 0.59


def test_cross_validation() -> None:
    scores = [0.71, 0.84, 0.79, 0.88, 0.68]

    assert fmean(scores) == pytest.approx(0.78)
    assert round(stdev(scores), 2) == round(pstdev(scores), 2) == 0.08
    assert 3 * 5 + 1 == 16
    assert (100 * 4 // 5, 100 // 5) == (80, 20)


def test_kfold_vs_holdout() -> None:
    error = math.sqrt(0.9 * 0.1 / 200)

    assert round(100 * error, 1) == 2.1
    assert round(100 * 1.96 * error) == 4
    assert round(0.09 * (1.96 / 0.10) ** 2) == 35
    assert round(0.09 * (1.96 / 0.01) ** 2, -2) == 3_500
    folds = set(range(10))
    assert len((folds - {0}) & (folds - {1})) == 8


def test_time_series_cv() -> None:
    forecast_made, horizon = 100, 7
    complete = [day for day in range(1, 108) if day + horizon <= forecast_made]

    assert max(complete) == 93
    assert max(day for day in complete if day + horizon <= forecast_made - 2) == 91
    assert (94 + horizon, 100 + horizon, 99 + horizon) == (101, 107, 106)


def test_hyperparameter_tuning() -> None:
    assert 100 ** (1 / 8) < 2
    assert 3**8 == 6_561
    assert round(0.95**60, 3) == 0.046
    assert 1 - 0.95**60 >= 0.95
    assert 0.9 <= (1 - 0.1) / (1 - 0.0001) < 0.901


def _correlation(xs: Row, ys: Row) -> float:
    mx, my = fmean(xs), fmean(ys)
    top = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True))
    return top / math.sqrt(sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys))


def _strongest(columns: list[Row], labels: Row, rows: list[int], keep: int) -> list[Row]:
    target = [labels[row] for row in rows]
    return sorted(columns, key=lambda c: -abs(_correlation([c[row] for row in rows], target)))[:keep]


def _nearest_centre_is_right(columns: list[Row], labels: Row, train: list[int], row: int) -> bool:
    gaps = []
    for label in (0.0, 1.0):
        members = [other for other in train if labels[other] == label]
        centre = [fmean(column[other] for other in members) for column in columns]
        gaps.append(_distance([column[row] for column in columns], centre))
    return labels[row] == float(gaps[1] < gaps[0])


def _cross_validated(columns: list[Row], labels: Row, *, inside: bool) -> float:
    rows = list(range(len(labels)))
    chosen = _strongest(columns, labels, rows, 20)
    right = 0
    for fold in range(5):
        train = [row for row in rows if row % 5 != fold]
        used = _strongest(columns, labels, train, 20) if inside else chosen
        right += sum(_nearest_centre_is_right(used, labels, train, row) for row in rows if row % 5 == fold)
    return right / len(rows)


def test_feature_selection() -> None:
    rng = random.Random(5)
    labels = [float(rng.random() < 0.5) for _ in range(50)]
    columns = [[rng.gauss(0, 1) for _ in labels] for _ in range(5_000)]

    assert _cross_validated(columns, labels, inside=False) > 0.9
    assert abs(_cross_validated(columns, labels, inside=True) - 0.5) < 0.2


def test_feature_scaling_a_threshold_cuts_alike_whatever_the_unit() -> None:
    """data-prep/feature-scaling: multiplying a column by 1,000 leaves the order of its values as it was."""
    rng = random.Random(3)
    values = [rng.uniform(0, 90) for _ in range(200)]

    order = sorted(range(200), key=values.__getitem__)
    scaled = [1_000 * value for value in values]

    assert all(scaled[one] <= scaled[other] for one, other in pairwise(order))


def test_train_validation_test_roles_the_best_of_a_hundred_guesses() -> None:
    """data-prep/train-validation-test-roles: the middle of the largest of 100 normal draws."""
    assert NormalDist().inv_cdf(0.5 ** (1 / 100)) == pytest.approx(2.5, abs=0.1)


def test_feature_engineering() -> None:
    file = QUESTIONS / "data-prep" / "feature-engineering.toml"
    stem = tomllib.loads(file.read_text(encoding="utf-8"))["quiz"]["stem"]
    [query] = [block.text for block in code_blocks(stem)]
    tables = sqlite3.connect(":memory:")
    tables.executescript(
        "CREATE TABLE customers (id); CREATE TABLE complaints (id, customer_id, day);"
        "INSERT INTO customers VALUES (1), (2), (3);"
        "INSERT INTO complaints VALUES (1, 1, '2026-02-27'), (2, 2, '2026-03-15'), (3, 2, '2025-12-31');"
    )
    first, last = date(2026, 1, 1), date(2026, 3, 31)

    counted = dict(tables.execute(query))
    tables.close()

    assert counted == {1: 1, 2: 1, 3: 0}  # that of customer 2 came after 1 March
    assert (last - first).days + 1 == 90
