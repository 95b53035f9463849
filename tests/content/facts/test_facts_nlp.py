"""Recomputes the numbers that questions on text derive, one test a question."""

from __future__ import annotations

import math

import pytest


def test_rnn_vs_feedforward() -> None:
    """nlp/rnn-vs-feedforward: weights of a layer with 100 inputs and 50 units."""
    inputs, units, steps = 100, 50, 20
    from_input, from_state, biases = inputs * units, units * units, units

    assert from_input + from_state + biases == 7550
    assert from_input + biases == 5050
    assert from_input + from_state == 7500
    assert (from_input + from_state + biases) * steps == 151_000


def test_stemming_vs_lemmatisation() -> None:
    """nlp/stemming-vs-lemmatisation: what Porter's rules make of its examples."""
    stem = pytest.importorskip("snowballstemmer").stemmer("porter").stemWord

    assert stem("studies") == "studi"
    assert stem("universe") == stem("university") == "univers"
    assert stem("connected") == stem("connecting") == stem("connection")
    assert stem("ran") != stem("run") == stem("running")
    assert stem("marketing") == stem("markets")


def test_text_classification_approach() -> None:
    """nlp/text-classification-approach: the plain weight of a word that all documents share."""
    documents = 50_000

    assert math.log(documents / documents) == 0
