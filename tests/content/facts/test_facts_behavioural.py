"""Recomputes the numbers that the model stories derive, one test a question."""

from __future__ import annotations


def test_complex_model_over_simple() -> None:
    """behavioural/complex-model-over-simple: what six points are in mails and in hours of work."""
    mails_a_day, simple, heavy, minutes_each = 4_000, 86, 92, 3

    saved = mails_a_day * (heavy - simple) // 100
    assert saved == 240
    assert saved * minutes_each / 60 == 12


def test_ml_project_walkthrough() -> None:
    """behavioural/ml-project-walkthrough: the part that may be attention is at most the four points of waste."""
    assert 14 - 10 == 4
