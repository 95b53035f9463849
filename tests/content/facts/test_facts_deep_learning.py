"""Recomputes the numbers that questions on deep learning derive: one function a question, named by slug."""

from __future__ import annotations

import math
from itertools import product

import pytest


def _relu(value: float) -> float:
    return max(0.0, value)


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def _hinge(label: int, score: float) -> float:
    return max(0.0, 1 - label * score)


def _conv_parameters(filters: int, side: int, channels: int) -> int:
    return filters * (side * side * channels + 1)


def test_artificial_neural_network() -> None:
    assert 20 * 5 + 5 == 105
    assert 20 + 5 == 25
    assert 20 * 5 + 20 == 120

    assert 2 * 1 - 1 * 3 + 0.5 == -0.5
    assert _relu(-0.5) == 0


def test_artificial_neural_network_of_two_relu_units_solves_xor() -> None:
    outputs = [_relu(a + b) - 2 * _relu(a + b - 1) for a, b in product((0, 1), repeat=2)]

    assert outputs == [0, 1, 1, 0]


def test_cnn_vs_rnn() -> None:
    dilations = [2**layer for layer in range(10)]
    assert dilations[-1] == 512
    assert 1 + sum(dilations) == 1024

    plain_layers = 1023
    assert 1 + plain_layers * 1 == 1024


def test_gradient_descent() -> None:
    start, rate = 3.0, 0.25
    slope = 2 * start
    assert start - rate * slope == 1.5
    assert start - rate * start**2 == 0.75
    assert start - rate * start == 2.25
    assert start + rate * slope == 4.5

    assert abs(1 - 2 * 0.1) < 1 < abs(1 - 2 * 1.1)


def _error_left(rate: float, flattest: float, steepest: float) -> float:
    """Largest factor by which one step of gradient descent on a quadratic shrinks the error."""
    return max(abs(1 - rate * flattest), abs(1 - rate * steepest))


def test_gradient_descent_on_a_quadratic() -> None:
    flattest, steepest = 2.0, 10.0
    condition = steepest / flattest
    best = (condition - 1) / (condition + 1)

    assert _error_left(2 / (flattest + steepest), flattest, steepest) == pytest.approx(best)
    assert min(_error_left(step / 1_000, flattest, steepest) for step in range(1, 300)) >= best - 1e-9
    assert _error_left(0.99 * 2 / steepest, flattest, steepest) < 1
    assert _error_left(1.01 * 2 / steepest, flattest, steepest) > 1


def test_batch_sgd_minibatch() -> None:
    assert math.ceil(50_000 / 128) == 391
    assert 50_000 // 128 == 390
    assert 50_000 % 128 == 80
    assert round(50_000 / 128, 1) == 390.6
    assert 10_000 // 100 == 100
    assert 1_024 / 256 == 4
    assert math.sqrt(4) == 2


def test_backpropagation() -> None:
    w, x, target, nudge = 2.0, 3.0, 5.0, 1e-6
    by_chain_rule = 2 * (w * x - target) * x
    by_nudging = (((w + nudge) * x - target) ** 2 - ((w - nudge) * x - target) ** 2) / (2 * nudge)

    assert by_chain_rule == 6
    assert by_nudging == pytest.approx(by_chain_rule)
    assert (w * x - target) ** 2 == 1
    assert 2 * (w * x - target) == 2
    assert (w * x - target) * x == 3
    assert (2 * 3) * 3 == 18


def test_activation_functions() -> None:
    steepest = _sigmoid(0) * (1 - _sigmoid(0))
    assert steepest == 0.25
    assert steepest**10 == pytest.approx(9.5e-7, rel=0.01)
    assert round(_sigmoid(-2), 2) == 0.12
    assert round(_sigmoid(3), 2) == 0.95


def test_sigmoid_vs_softmax() -> None:
    first, second = 1.3, -0.4
    softmax = math.exp(first) / (math.exp(first) + math.exp(second))

    assert softmax == pytest.approx(_sigmoid(first - second))
    assert sum((0.9, 0.8, 0.1)) == pytest.approx(1.8)


def test_loss_vs_cost() -> None:
    assert _hinge(-1, 0.3) == pytest.approx(1.3)
    assert _hinge(+1, 0.3) == pytest.approx(0.7)
    assert _hinge(-1, -1) == 0

    assert round(-math.log(0.5), 2) == 0.69
    assert round(-math.log(0.01), 1) == 4.6

    losses = [(2 - 3) ** 2, (5 - 3) ** 2]
    assert losses == [1, 4]
    assert sum(losses) / 2 == 2.5


def test_convolutional_network() -> None:
    assert 3 * 3 * 3 == 27
    assert 2 * 3 * 3 == 18
    assert 5 * 5 == 25
    assert (28 - 2) // 2 + 1 == 14
    assert max(1, 7, 3, 0) == 7


def test_why_convolutions() -> None:
    inputs = 224 * 224 * 3
    dense = inputs * 1_000
    assert inputs == 150_528
    assert round(dense / 1e6) == 151
    assert round(dense * 4 / 1e6) == 602
    assert round(224 * 224 * 1_000 / 1e6) == 50

    convolution = _conv_parameters(64, 3, 3)
    assert convolution == 1_792
    assert round((dense + 1_000) / convolution, -3) == 84_000

    places = 224 * 224
    multiplications = places * 64 * 27
    assert places == 50_176
    assert round(multiplications / 1e6) == 87
    assert 0.5 < multiplications / dense < 0.6

    assert _conv_parameters(10, 5, 1) == 260


def test_transfer_learning_small_images() -> None:
    photos, test_share, accuracy = 800, 0.2, 0.9
    tested = photos * test_share
    assert tested == 160
    assert 1.96 * math.sqrt(accuracy * (1 - accuracy) / tested) == pytest.approx(0.05, abs=0.005)


def test_yolo() -> None:
    assert 7 * 7 * (2 * 5 + 20) == 1_470
    assert 7 * 7 * 2 == 98
    shared = 5 * 10
    assert shared / (100 + 100 - shared) == pytest.approx(1 / 3)
