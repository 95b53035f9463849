"""Recomputes the numbers that questions on language models derive, one test a question."""

from __future__ import annotations

import pytest


def test_transformer_inference_speed() -> None:
    """llm/transformer-inference-speed: bytes over bandwidth, and the cache of one chat."""
    weights, bandwidth = 7e9, 2e12
    at_16_bit = weights * 2

    assert at_16_bit == 14e9
    assert at_16_bit / bandwidth == pytest.approx(0.007)
    assert weights * 4 / bandwidth == pytest.approx(0.014)
    assert weights / 2 / bandwidth == pytest.approx(0.00175)
    assert pytest.approx(1000) == 0.007 / 7e-6
    assert at_16_bit / 10e12 == pytest.approx(0.0014)

    keys_and_values, layers, heads, size, bytes_each = 2, 32, 32, 128, 2
    a_token = keys_and_values * layers * heads * size * bytes_each
    assert a_token == 524_288
    assert a_token * 4000 / 1e9 == pytest.approx(2.1, abs=0.05)
    assert 8 / heads == 1 / 4


def test_transformer_inference_speed_share_of_the_output_layer() -> None:
    """llm/transformer-inference-speed: vocabulary times width over all weights, in Llama 2, Llama 3 and Gemma 2."""
    assert pytest.approx(0.02, abs=0.002) == 32_000 * 4096 / 6.74e9
    assert pytest.approx(0.07, abs=0.006) == 128_256 * 4096 / 8.03e9
    assert pytest.approx(0.10, abs=0.006) == 256_000 * 3584 / 9.24e9


def test_transformer_inference_speed_tokens_a_verification_yields() -> None:
    """llm/transformer-inference-speed: the formula against the sum that it is short for."""
    accepted, drafted = 0.8, 4

    by_formula = (1 - accepted ** (drafted + 1)) / (1 - accepted)

    assert by_formula == pytest.approx(sum(accepted**run for run in range(drafted + 1)))
    assert by_formula == pytest.approx(3.4, abs=0.05)
