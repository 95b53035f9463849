"""The phrases of a key point, found in a reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from judging.reading import Reading
from judging.rubric import Phrase

_NEAR = 4  # words between the parts of a phrase
_DENIED_COUNTS = 0.4
_SHRUNK = 0.7  # what is left of a phrase whose other words say little


@dataclass(frozen=True, slots=True)
class PhraseFound:
    """How surely a phrase is typed, 0 to 1, and in which clause."""

    strength: float
    clause: int | None


def phrase_said(phrase: Phrase, reading: Reading) -> PhraseFound:
    """Where a phrase is typed: all its stems near each other, in any order, by the weight of the heaviest.

    A phrase that shrinks to one stem or none ("no k", "as many as") counts fully only where it stands word for
    word, and "no k" is not found where "k" is affirmed.
    """
    clause = _word_for_word(phrase.literal, reading) if phrase.literal else None
    if clause is not None:
        return PhraseFound(1.0, clause)
    if not phrase.stems:
        return PhraseFound(0.0, None)
    strength, clause = _near_each_other(phrase, reading)
    return PhraseFound(strength * phrase.weight, clause)


def _word_for_word(literal: Sequence[str], reading: Reading) -> int | None:
    """The clause in which these stems follow each other."""
    for number, clause in enumerate(reading.clauses):
        stems = tuple(token.stem for token in clause.tokens)
        if any(stems[at : at + len(literal)] == literal for at in range(len(stems) - len(literal) + 1)):
            return number
    return None


def _near_each_other(phrase: Phrase, reading: Reading) -> tuple[float, int | None]:
    first, *rest = phrase.stems
    whole = _SHRUNK if phrase.literal and not phrase.denies else 1.0
    best, clause = 0.0, None
    for start in reading.hits.get(first, ()):
        strength = start.strength * whole
        turned = start.denied != phrase.denies
        for stem in rest:
            near = [hit for hit in reading.hits.get(stem, ()) if 0 < abs(hit.at - start.at) <= _NEAR]
            nearest = max(near, key=lambda hit: hit.strength, default=None)
            strength *= nearest.strength if nearest else 0.0
            turned = turned or (nearest is not None and nearest.denied)
        if turned and (phrase.denies or not phrase.may_be_denied):
            strength *= _DENIED_COUNTS
        if strength > best:
            best, clause = strength, start.clause
    return best, clause
