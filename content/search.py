"""Finds questions by id or by words, as in `/question f1 score`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from content.bank import Bank
from content.markup import to_plain
from content.taxonomy import Match, Taxonomy, normal
from interview.question import Question

NEAR = 82.0  # of 100: how like a misspelt word must be
SMALL_WORDS = frozenset(
    """
    a an and are as at be between by can do does for from how i if in is it me of on or question so that the their
    this to use was we what when where which why with would you your
    """.split()  # noqa: SIM905 a paragraph of words reads better than a list
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A question's words by the places they stand in, the telling places apart."""

    question: Question
    slug: frozenset[str]
    stem: frozenset[str]
    rest: frozenset[str]


def search(bank: Bank, taxonomy: Taxonomy, words: str, limit: int = 5) -> tuple[Question, ...]:
    """The questions that come nearest to an id or to some words, best first; none where nothing does.

    Retired questions are found by their whole id only.
    """
    exact = bank.find(words.strip().casefold())
    if exact:
        return (exact,)
    asked = [word for word in normal(words).split("-") if word not in SMALL_WORDS]
    entries, vocabulary = _index(bank)
    meant = [_meant(word, vocabulary) for word in asked if word]
    found = taxonomy.find(words)
    topic = found if isinstance(found, Match) else None
    scored = [(_score(entry, meant, topic), entry.question) for entry in entries]
    best = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].id))
    return tuple(question for score, question in best[:limit] if score * 3 >= best[0][0])


@lru_cache(maxsize=2)
def _index(bank: Bank) -> tuple[Sequence[_Entry], Sequence[str]]:
    entries = [_entry(question) for question in bank]
    vocabulary = sorted(set().union(*(entry.slug | entry.stem | entry.rest for entry in entries)))
    return entries, vocabulary


def _entry(question: Question) -> _Entry:
    slug = _words(question.id)
    stem = _words(to_plain(question.stem))
    points = " ".join(point.point for point in question.key_points)
    return _Entry(question, slug, stem, _words(f"{to_plain(question.answer)} {points} {question.facet}"))


def _words(text: str) -> frozenset[str]:
    found = re.findall(r"[^\W_]+", text.casefold())
    return frozenset(_stem(word) for word in found if word not in SMALL_WORDS)


def _stem(word: str) -> str:
    """Singular for plural, near enough."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _meant(word: str, vocabulary: Sequence[str]) -> dict[str, float]:
    """Words of the bank that a typed one may stand for, with how surely, 0 to 1."""
    word = _stem(word)
    begun = {known: 0.8 for known in vocabulary if len(word) >= 3 and known.startswith(word)}
    if word in begun or word in vocabulary:
        return begun | {word: 1.0}
    near = (
        process.extract(word, vocabulary, scorer=fuzz.ratio, score_cutoff=NEAR, limit=3)
        if len(word) > 3
        else []
    )
    return {known: score / 150 for known, score, _ in near} | begun


def _score(entry: _Entry, meant: Sequence[dict[str, float]], topic: Match | None) -> float:
    """How well the words are met: all of them count more than one of them well, a short id more than a long one."""
    if not meant:
        return 0.0
    met = [_best(entry, known) for known in meant]
    share = sum(score > 0 for score in met) / len(met)
    length = 0.02 * len(entry.slug) if share else 0.0
    return sum(met) / len(met) * share**2 + _of_topic(entry.question, topic) * (0.5 + share) - length


def _best(entry: _Entry, known: dict[str, float]) -> float:
    """A word in the id counts three times one in the answer, a word in the stem twice."""
    places = ((entry.slug, 3.0), (entry.stem, 2.0), (entry.rest, 1.0))
    return max(
        (sure * weight for place, weight in places for word, sure in known.items() if word in place),
        default=0.0,
    )


def _of_topic(question: Question, topic: Match | None) -> float:
    if topic is None or question.topic != topic.topic.slug:
        return 0.0
    return 0.6 if topic.facet and question.facet == topic.facet.slug else 0.3
