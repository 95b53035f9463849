"""How often somebody who knows nothing wins the quizzes by a trick."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from interview.question import QuizForm

ENOUGH = 12  # quizzes, below which a rate says nothing
SMALL_WORDS = frozenset(
    """
    a an and are as at be by does for from how in is it its of on or that the this to was what which with you your
    """.split()  # noqa: SIM905 one line of words reads better than a list
)


@dataclass(frozen=True, slots=True)
class Trick:
    """A way to guess, how often it wins (0 to 1), and how often it may."""

    name: str
    wins: float
    allowed: float

    @property
    def too_good(self) -> bool:
        return self.wins > self.allowed


def tricks(quizzes: Iterable[QuizForm]) -> tuple[Trick, ...]:
    """The tricks measured over the quizzes; where several options qualify, one of them is guessed."""
    forms = [quiz for quiz in quizzes if quiz.right and len(quiz.options) > 1]
    rules: list[tuple[str, float, Callable[[QuizForm], Sequence[float]]]] = [
        ("the longest option", 0.30, lambda quiz: [len(option) for option in quiz.options]),
        ("the shortest option", 0.30, lambda quiz: [-len(option) for option in quiz.options]),
        ("the alphabetically first", 0.30, _alphabet),
        ("the one sharing most words with the stem", 0.35, lambda quiz: _shared(quiz, frozenset())),
        ("the same without small words", 0.35, lambda quiz: _shared(quiz, SMALL_WORDS)),
    ]
    return tuple(Trick(name, _rate(forms, rule), allowed) for name, allowed, rule in rules)


def _rate(forms: Sequence[QuizForm], rule: Callable[[QuizForm], Sequence[float]]) -> float:
    return sum(_chance(quiz, rule(quiz)) for quiz in forms) / len(forms) if forms else 0.0


def _chance(quiz: QuizForm, scores: Sequence[float]) -> float:
    best = [at for at, score in enumerate(scores) if score == max(scores)]
    return sum(at in quiz.right for at in best) / len(best)


def _alphabet(quiz: QuizForm) -> Sequence[float]:
    order = sorted(option.casefold() for option in quiz.options)
    return [-order.index(option.casefold()) for option in quiz.options]


def _shared(quiz: QuizForm, small: frozenset[str]) -> Sequence[float]:
    stem = _words(quiz.stem) - small
    return [len(_words(option) & stem) for option in quiz.options]


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.casefold()))
