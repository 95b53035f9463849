"""The authored side of a question, prepared once: what each key point's texts are made of."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from interview.question import KeyPoint
from judging.clauses import Token, words_of
from judging.words import groups_of, opposites_of, weight_of

ROOT = 5  # letters that words of one family share
SHORTEST_MISTYPED = 5  # letters of a word that may be misspelt
_QUESTION_DEMOTED = 0.3
_SHARED_DEMOTED = 0.6
_SHRINKS_BELOW = 2  # words with content
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Term:
    """One stem of a text with its weight and whether the text denies it."""

    stem: str
    weight: float
    denied: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One authored text: its terms, each once, the sum of their weights, and its stems in order with theirs."""

    terms: tuple[Term, ...]
    total: float
    order: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase: its stems in order and the weight of the heaviest, 0 to 1. It `may_be_denied` where the phrase
    itself or a right line denies one of its words. `literal` holds the stems of all its words where hardly any of
    them carries content, and is empty otherwise; `denies` tells whether it denies its only word."""

    stems: tuple[str, ...]
    weight: float
    may_be_denied: bool
    literal: tuple[str, ...]
    denies: bool


@dataclass(frozen=True, slots=True)
class PointTexts:
    """What a key point is recognised by. `good` is the point and then its rewordings; `wrong_own` and `right_own`
    hold what only the wrong line says and what only the right ones say."""

    good: tuple[Line, ...]
    wrong: Line | None
    phrases: tuple[Phrase, ...]
    wrong_own: Line
    right_own: Line


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All authored words: `words` gives each word's stem, `initials` longer words and their stems by the first letter,
    `roots` the stems by their first letters, `groups` the stems by the numbers of their synonym groups, `opposed` the
    stems by what says their opposite, and `joined` the two stems of neighbours that may be typed as one word."""

    stems: frozenset[str]
    words: dict[str, str]
    initials: dict[str, tuple[tuple[str, str], ...]]
    roots: dict[str, tuple[str, ...]]
    groups: dict[int, tuple[str, ...]]
    opposed: dict[str, tuple[str, ...]]
    joined: dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Rubric:
    """A question as the judge sees it; `question` holds the stems of what was asked."""

    points: tuple[PointTexts, ...]
    vocabulary: Vocabulary
    question: frozenset[str]


def rubric_of(question: str, key_points: Sequence[KeyPoint]) -> Rubric:
    """The prepared rubric of a question; the last thousand are kept."""
    return _prepared(question, tuple(key_points))


@lru_cache(maxsize=1024)
def _prepared(question: str, key_points: tuple[KeyPoint, ...]) -> Rubric:
    asked = frozenset(token.stem for token in words_of(question) if not token.function)
    spread = _spread(key_points)

    def weight(stem: str) -> float:
        demoted = _QUESTION_DEMOTED if stem in asked else 1.0
        return weight_of(stem) * demoted * _SHARED_DEMOTED ** (spread.get(stem, 1) - 1)

    texts = [_content(text) for key in key_points for text in _all_texts(key)]
    return Rubric(tuple(_point(key, weight) for key in key_points), _vocabulary(texts), asked)


def _all_texts(key: KeyPoint) -> Iterable[str]:
    return (key.point, *key.also, *key.phrases, *([key.wrong] if key.wrong else []))


def _content(text: str) -> list[Token]:
    return [token for token in words_of(text) if not token.function]


def _spread(key_points: Sequence[KeyPoint]) -> dict[str, int]:
    """In how many points each stem stands: what all points share tells none apart."""
    spread: dict[str, int] = {}
    for key in key_points:
        for stem in {token.stem for text in (key.point, *key.also) for token in words_of(text)}:
            spread[stem] = spread.get(stem, 0) + 1
    return spread


def _point(key: KeyPoint, weight: Callable[[str], float]) -> PointTexts:
    right = [token for text in (key.point, *key.also) for token in _content(text)]
    wrong = _content(key.wrong or "")
    denied = {token.stem for token in right if token.denied}
    said_right = {(token.stem, token.denied) for token in right}
    said_wrong = {(token.stem, token.denied) for token in wrong}
    return PointTexts(
        good=tuple(_line(_content(text), weight) for text in (key.point, *key.also)),
        wrong=_line(wrong, weight) if wrong else None,
        phrases=tuple(
            phrase
            for phrase in (_phrase(words_of(text), weight, denied) for text in key.phrases)
            if phrase.stems or phrase.literal
        ),
        wrong_own=_line(
            (token for token in wrong if (token.stem, token.denied) not in said_right), weight_of
        ),
        right_own=_line(
            (token for token in right if (token.stem, token.denied) not in said_wrong), weight_of
        ),
    )


def _line(tokens: Iterable[Token], weight: Callable[[str], float]) -> Line:
    terms: dict[str, Term] = {}
    order: list[tuple[str, float]] = []
    for token in tokens:
        order.append((token.stem, weight(token.stem)))
        terms.setdefault(token.stem, Term(token.stem, weight(token.stem), token.denied))
    return Line(tuple(terms.values()), sum(term.weight for term in terms.values()), tuple(order))


def _phrase(words: Sequence[Token], weight: Callable[[str], float], denied: Container[str]) -> Phrase:
    tokens = [token for token in words if not token.function]
    stems = tuple(token.stem for token in tokens)
    may_be_denied = any(token.denied or token.stem in denied for token in tokens)
    shrinks = len(stems) < _SHRINKS_BELOW and len(words) > _SHRINKS_BELOW - len(stems)
    return Phrase(
        stems,
        max((weight(stem) for stem in stems), default=0.0),
        may_be_denied,
        tuple(token.stem for token in words) if shrinks else (),
        shrinks and any(token.denied for token in tokens),
    )


def _vocabulary(texts: Iterable[Sequence[Token]]) -> Vocabulary:
    words: dict[str, str] = {}
    joined: dict[str, tuple[str, str]] = {}
    for tokens in texts:
        words.update((token.word, token.stem) for token in tokens)
        for one, other in pairwise(tokens):
            joined[one.word + other.word] = (one.stem, other.stem)
    stems = sorted(set(words.values()))
    return Vocabulary(
        stems=frozenset(stems),
        words=words,
        initials=_gathered(
            (word[0], (word, stem)) for word, stem in words.items() if len(word) >= SHORTEST_MISTYPED
        ),
        roots=_gathered((stem[:ROOT], stem) for stem in stems),
        groups=_gathered((group, stem) for stem in stems for group in groups_of(stem)),
        opposed=_gathered((opposite, stem) for stem in stems for opposite in opposites_of(stem)),
        joined=joined,
    )


def _gathered(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, tuple[_Value, ...]]:
    gathered: dict[_Key, list[_Value]] = {}
    for key, value in pairs:
        gathered.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in gathered.items()}
