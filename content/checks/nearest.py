"""Which other answers come nearest to a question's key points: only those need to be judged."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import nlargest

from content.markup import to_plain
from interview.question import Question

NEAREST = 6


def nearest_answers(
    questions: Sequence[Question], count: int = NEAREST
) -> Mapping[str, tuple[Question, ...]]:
    """For each question the others whose answers hold most of its points' words, rare words counting more."""
    answers = {one.id: _words(to_plain(one.answer)) for one in questions}
    holding = Counter(word for words in answers.values() for word in words)
    weights = {word: math.log(len(questions) / number) ** 2 for word, number in holding.items()}
    return {one.id: _nearest(one, questions, answers, weights, count) for one in questions}


def _nearest(
    question: Question,
    questions: Sequence[Question],
    answers: Mapping[str, frozenset[str]],
    weights: Mapping[str, float],
    count: int,
) -> tuple[Question, ...]:
    points = [_words(" ".join((point.point, *point.also, *point.phrases))) for point in question.key_points]
    words = frozenset().union(*points)

    def shared(other: Question) -> float:
        return sum(weights[word] for word in words & answers[other.id])

    others = [other for other in questions if other.id != question.id]
    return tuple(nlargest(count, others, key=shared))


def _words(text: str) -> frozenset[str]:
    """Words by their first letters, which is near enough to their stems for a first look."""
    return frozenset(word[:6] for word in re.findall(r"[^\W_]{3,}", text.casefold()))
