"""Recomputes the numbers that questions on rewards and forecasts derive, one test a question."""

from __future__ import annotations

import pytest


def test_reinforcement_learning() -> None:
    """sequential/reinforcement-learning: a reward of 10 three steps ahead."""
    assert pytest.approx(7.29) == 0.9**3 * 10


def test_rl_loop() -> None:
    """sequential/rl-loop: one temporal-difference step by hand, and the target in the maze."""
    value, reward, following, discount, step = 2.0, -1.0, 5.0, 0.9, 0.1

    target = reward + discount * following
    assert target == pytest.approx(3.5)
    assert target - value == pytest.approx(1.5)
    assert value + step * (target - value) == pytest.approx(2.15)

    assert pytest.approx(2.6) == -1 + 0.9 * 4
    assert pytest.approx(3.6) == 0.9 * 4


def test_on_vs_off_policy() -> None:
    """sequential/on-vs-off-policy: the targets of SARSA and of Q-learning after the same step."""
    reward, discount, next_values, picked = 0.0, 0.9, [10.0, -100.0], 1

    assert reward + discount * next_values[picked] == pytest.approx(-90)
    assert reward + discount * max(next_values) == pytest.approx(9)


def test_on_vs_off_policy_expected_sarsa() -> None:
    """sequential/on-vs-off-policy: with a greedy policy the mean over next actions is the maximum."""
    next_values = [3.0, 7.0, 5.0]
    greedy = [0.0, 1.0, 0.0]

    assert sum(p * q for p, q in zip(greedy, next_values, strict=True)) == max(next_values)
