"""Recomputes the numbers that questions on system design derive: one function a question, named by slug."""

from __future__ import annotations

import pytest


def _shrunk(votes: int, mean: float, prior_votes: int = 20, prior_mean: float = 4.0) -> float:
    return (prior_votes * prior_mean + votes * mean) / (prior_votes + votes)


def test_restaurant_recommender_design() -> None:
    assert round(_shrunk(1, 5.0), 2) == 4.05
    assert round(_shrunk(400, 4.7), 2) == 4.67


def test_subscription_renewal_prediction() -> None:
    contacted, offer, worth = 100, 2, 30
    more_renewals = 70 - 66
    gained = more_renewals * worth

    assert gained == 120
    assert contacted * offer == 200 > gained
    assert 70 * offer == 140 > gained
    assert 100 * offer / worth == pytest.approx(6.7, abs=0.05)
