"""Recomputes the numbers that questions on metrics derive: one function a question, named by slug."""

from __future__ import annotations

import math
from itertools import product

import pytest


def _precision(tp: float, fp: float) -> float:
    return tp / (tp + fp)


def _recall(tp: float, fn: float) -> float:
    return tp / (tp + fn)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall)


def _share_of_right_orders(positives: list[float], negatives: list[float]) -> float:
    pairs = list(product(positives, negatives))
    return sum((p > n) + (p == n) / 2 for p, n in pairs) / len(pairs)


def test_confusion_matrix() -> None:
    ill, healthy, found, false_alarms = 10, 90, 8, 20

    missed, cleared = ill - found, healthy - false_alarms

    assert (missed, cleared) == (2, 70)
    assert (found + cleared) / (ill + healthy) == pytest.approx(0.78)
    assert false_alarms > found


def test_precision_vs_recall() -> None:
    tp, fp, fn = 150, 200 - 150, 100
    assert _precision(tp, fp) == pytest.approx(0.75)
    assert _recall(tp, fn) == pytest.approx(0.60)
    assert tp / (tp + fp + fn) == pytest.approx(0.50)

    assert _precision(40, 10) == pytest.approx(0.80)
    assert round(_recall(40, 20), 2) == 0.67

    recall, false_positive_rate = 0.8, 0.05
    often = _precision(0.10 * recall, 0.90 * false_positive_rate)
    rarely = _precision(0.01 * recall, 0.99 * false_positive_rate)
    assert (round(often, 2), round(rarely, 2)) == (0.64, 0.14)
    assert round(0.99 * false_positive_rate / (0.01 * recall)) == 6


def test_precision_vs_recall_precision_can_fall_when_the_threshold_rises() -> None:
    before = _precision(tp=2, fp=1)

    after = _precision(tp=1, fp=1)

    assert after < before


def test_f1_score() -> None:
    precision, recall = 1.0, 0.1
    assert (precision + recall) / 2 == pytest.approx(0.55)
    assert round(_f1(precision, recall), 2) == 0.18
    assert _f1(0.6, 0.3) == pytest.approx(0.40)

    even, high, low = 0.5, 0.9, 0.1
    assert _f1(even, even) == pytest.approx(0.50)
    assert _f1(high, low) == pytest.approx(0.18)
    assert math.sqrt(high * low) == pytest.approx(0.30)
    assert even * even == pytest.approx(0.25)
    assert high * low == pytest.approx(0.09)

    tp, fp, fn, tn = 2, 4, 4, 90
    assert (tp + tn) / (tp + fp + fn + tn) == pytest.approx(0.92)
    assert round(2 * tp / (2 * tp + fp + fn), 2) == 0.33


@pytest.mark.parametrize(("share", "score"), [(0.5, 0.67), (0.1, 0.18)])
def test_f1_score_of_flagging_everybody(share: float, score: float) -> None:
    assert round(_f1(share, 1), 2) == round(2 * share / (1 + share), 2) == score


def test_f1_score_with_beta_two_counts_a_miss_as_four_false_alarms() -> None:
    tp, fp, fn, beta = 30, 7, 11, 2
    precision, recall = _precision(tp, fp), _recall(tp, fn)

    f_beta = (1 + beta**2) * precision * recall / (beta**2 * precision + recall)

    assert f_beta == pytest.approx((1 + beta**2) * tp / ((1 + beta**2) * tp + 4 * fn + fp))


def test_classification_metrics_survey() -> None:
    positives, negatives = [0.9, 0.4, 0.6], [0.1, 0.4, 0.7]

    halved = _share_of_right_orders([p / 2 for p in positives], [p / 2 for p in negatives])

    assert halved == _share_of_right_orders(positives, negatives)
    assert round(-math.log(0.5), 2) == 0.69


def test_roc_auc() -> None:
    positives, negatives = 100, 100_000 - 100

    hits, false_alarms = round(positives * 0.9), round(negatives * 0.01)

    assert (hits, false_alarms, hits + false_alarms) == (90, 999, 1089)
    assert round(_precision(hits, false_alarms), 2) == 0.08


def test_roc_auc_does_not_move_when_scores_are_squared() -> None:
    positives, negatives = [0.9, 0.4, 0.7, 0.0], [0.1, 0.4, 0.8, 0.0]

    squared = _share_of_right_orders([s * s for s in positives], [s * s for s in negatives])

    assert squared == _share_of_right_orders(positives, negatives)


def test_accuracy_paradox() -> None:
    fraud, honest = 0.01, 0.99
    assert fraud * 0.60 + honest * 0.98 == pytest.approx(0.976, abs=0.0005)
    assert fraud * 0.60 + honest == pytest.approx(0.996)
    assert fraud * 60 == pytest.approx(0.6)
    assert honest * 2 == pytest.approx(1.98)

    miss, needless = 50, 1
    assert needless / miss == pytest.approx(0.02)
    break_even = needless / (needless + miss)
    assert break_even * miss == pytest.approx((1 - break_even) * needless)
    assert break_even == pytest.approx(1 / 51)


def test_false_positive_vs_negative() -> None:
    payments, fraud = 10_000, 100

    false_alarms = round((payments - fraud) * 0.01)

    assert false_alarms == 99
    assert false_alarms + fraud == 199
    assert false_alarms / (false_alarms + fraud) == pytest.approx(0.5, abs=0.01)


def test_threshold_selection() -> None:
    alarm, miss = 1, 9
    assert alarm / (alarm + miss) == pytest.approx(0.1)

    block, let_pass = 300, 100
    break_even = block / (block + let_pass)
    assert break_even == pytest.approx(0.75)
    assert break_even * let_pass == pytest.approx((1 - break_even) * block)
    assert let_pass / (block + let_pass) == pytest.approx(0.25)
    assert round(let_pass / block, 2) == 0.33

    odds = 1 * (0.02 / 0.98) / (0.5 / 0.5)
    assert odds == pytest.approx(1 / 49)
    assert odds / (1 + odds) == pytest.approx(0.02)


def test_model_evaluation_plan() -> None:
    offline, live = 0.93, 0.71
    assert offline - live == pytest.approx(0.22)
