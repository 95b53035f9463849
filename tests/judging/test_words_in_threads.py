"""Answers are judged in threads, several at a time: words must come out as they do alone."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from judging import words

SAID = (
    "generalization",
    "regularization",
    "hopefulness",
    "normalizing",
    "operational",
    "conditional",
    "rational",
)


@pytest.fixture
def hasty():
    """Threads that take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_a_word_has_the_same_stem_in_every_thread(hasty):
    alone = {word: words.stem(word) for word in SAID}

    def stems(turn: int) -> list[tuple[str, str]]:
        return [(word, words.stem.__wrapped__(word)) for word in SAID[turn % 3 :] * 20]

    with ThreadPoolExecutor(8) as threads:
        found = {pair for pairs in threads.map(stems, range(64)) for pair in pairs}

    assert found == set(alone.items())
