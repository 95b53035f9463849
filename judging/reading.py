"""A reply read against a rubric: which authored stems stand where in it, typos and kin included."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from judging.clauses import Clause, Token, reply_clauses
from judging.rubric import ROOT, SHORTEST_MISTYPED, Vocabulary
from judging.words import groups_of

EXACT = 1.0
TYPO = 0.9
KIN = 0.8
SYNONYM = 0.4
_TWO_SLIPS_FROM = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """An authored stem found in a reply: the word's number, its clause, how surely (0 to 1), whether denied."""

    at: int
    clause: int
    strength: float
    denied: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """`hits` by authored stem, surest first; `against` lists the clauses in which an opposite of it stands."""

    clauses: tuple[Clause, ...]
    meanings: tuple[tuple[dict[str, float], ...], ...]
    hits: dict[str, tuple[Hit, ...]]
    against: dict[str, frozenset[int]]


def read(reply: str, vocabulary: Vocabulary) -> Reading:
    """Reads a reply as a learner typed it."""
    return read_clauses(reply_clauses(reply), vocabulary, typos=True)


def read_clauses(parts: tuple[Clause, ...], vocabulary: Vocabulary, typos: bool) -> Reading:
    """Reads a text that is cut already; without `typos` it is faster, for texts that were proofread."""
    meanings: dict[str, dict[str, float]] = {}
    hits: dict[str, list[Hit]] = {}
    present: dict[str, set[int]] = {}
    at = 0
    for number, clause in enumerate(parts):
        for token in clause.tokens:
            present.setdefault(token.stem, set()).add(number)
            if token.word not in meanings:
                meanings[token.word] = _meanings(token, vocabulary, typos)
            for stem, strength in meanings[token.word].items():
                hits.setdefault(stem, []).append(Hit(at, number, strength, token.denied))
            at += 1
    return Reading(
        parts,
        tuple(tuple(meanings[token.word] for token in clause.tokens) for clause in parts),
        {stem: tuple(sorted(found, key=lambda hit: -hit.strength)) for stem, found in hits.items()},
        _against(vocabulary, present),
    )


def _against(vocabulary: Vocabulary, present: dict[str, set[int]]) -> dict[str, frozenset[int]]:
    against: dict[str, set[int]] = {}
    for opposite, where in present.items():
        for stem in vocabulary.opposed.get(opposite, ()):
            against.setdefault(stem, set()).update(where)
    return {stem: frozenset(where) for stem, where in against.items()}


def _meanings(token: Token, vocabulary: Vocabulary, typos: bool) -> dict[str, float]:
    """The authored stems that a word stands for, with how surely."""
    found = {stem: SYNONYM for group in groups_of(token.stem) for stem in vocabulary.groups.get(group, ())}
    if token.stem in vocabulary.stems:
        found[token.stem] = EXACT
    elif token.word in vocabulary.joined:
        found.update(dict.fromkeys(vocabulary.joined[token.word], EXACT))
    elif kin := _kin(token.stem, vocabulary):
        found.update(dict.fromkeys(kin, KIN))
    elif typos and not token.function:
        meant = _meant(token.word, vocabulary)
        if meant is not None:
            found[meant] = TYPO
    return found


def _kin(stem: str, vocabulary: Vocabulary) -> list[str]:
    """Authored stems of the same family: one begins with the other, as "conduct" and "conductor" do."""
    if len(stem) < ROOT:
        return []
    return [
        known
        for known in vocabulary.roots.get(stem[:ROOT], ())
        if (known.startswith(stem) or stem.startswith(known)) and abs(len(known) - len(stem)) < ROOT
    ]


def _meant(word: str, vocabulary: Vocabulary) -> str | None:
    """The authored stem that a mistyped word stands for: one slip, two in a long word, none in the first letter."""
    if len(word) < SHORTEST_MISTYPED or not word.isalpha():
        return None
    allowed = 1 if len(word) < _TWO_SLIPS_FROM else 2
    best: tuple[int, str] | None = None
    for known, stem in vocabulary.initials.get(word[0], ()):
        if abs(len(known) - len(word)) > allowed:
            continue
        slips = int(OSA.distance(word, known, score_cutoff=allowed))
        if slips <= allowed and (best is None or slips < best[0]):
            best = (slips, stem)
    return best[1] if best else None
