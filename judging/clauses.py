"""A text cut into clauses of stemmed words, each with its place in the text and whether it is denied."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from judging.words import FUNCTION, JOINTS, NEGATORS, SAYINGS, SPELLINGS, deny_all, stem

_SAYING = "|".join(saying.replace(" ", r"\s+") for saying in SAYINGS)
_PIECE = re.compile(
    rf"""
    (?P<saying>\b(?:{_SAYING})\b)
  | (?P<number>\d+(?:[.,]\d+)+)
  | (?P<short>\bw/o\b|\bw/|\bb/c\b)
  | (?P<word>[^\W_²³]+(?:['’][^\W\d_]+)*(?:_[^\W_]\b)?)
  | (?P<squared>²|\^\s?\{{?2\}}?|\*\*2)
  | (?P<percent>%)
  | (?P<root>√)
  | (?P<unequal>!=|≠)
  | (?P<arrow>->|→|=>|⇒)
  | (?P<stop>[.!?;\n]+|\u2026)
  | (?P<pause>[,:()\[\]]|\s[-–—]+\s|—|\+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LATIN_SHORT = re.compile(r"\b(?:e\.g\.|i\.e\.|etc\.|approx\.|eg\.)", re.IGNORECASE)
_SYMBOLS = {
    "squared": ("squared",),
    "percent": ("percent",),
    "root": ("square", "root"),
    "unequal": ("not", "equal"),
}
_EMPTY = frozenset(("not", "no", "non", "never", "none", "nothing", "neither", "nor", "without"))
_SHORT = {"w/o": "without", "w/": "with", "b/c": "because"}
_SHORTEST_CLAUSE = 3
_LONGEST_CLAUSE = 22
_REACH = {"non": 1, "no": 2, "without": 3}
_DENIED_AFTER = 5


@dataclass(frozen=True, slots=True)
class Token:
    """One word as it is compared; `start` and `end` are its place in the text."""

    word: str
    stem: str
    start: int
    end: int
    function: bool
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of words between two joints; `sentence` counts full stops before it."""

    tokens: tuple[Token, ...]
    sentence: int

    @property
    def start(self) -> int:
        """Where its first word begins."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return self.tokens[-1].end


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a text in order; empty where there is no word."""
    return tuple(
        Clause(_with_denial(run), sentence)
        for sentence, runs in enumerate(_sentences(text))
        for run in _merged(runs)
    )


@lru_cache(maxsize=8)
def reply_clauses(reply: str) -> tuple[Clause, ...]:
    """`clauses`, the last few kept: a reply is guarded and read, and a check reads one answer against every rubric."""
    return clauses(reply)


def words_of(text: str) -> list[Token]:
    """The tokens of a text without regard to clauses."""
    return [token for clause in clauses(text) for token in clause.tokens]


def _sentences(text: str) -> list[list[list[Token]]]:
    sentences: list[list[list[Token]]] = [[[]]]
    for piece in _PIECE.finditer(_LATIN_SHORT.sub(lambda found: " " * len(found.group()), text)):
        kind = piece.lastgroup or ""
        if kind == "stop":
            sentences.append([[]])
        elif kind in ("pause", "arrow"):
            sentences[-1].append([])
        else:
            tokens = _tokens(kind, piece)
            if tokens and tokens[0].word in JOINTS and len(sentences[-1][-1]) >= _SHORTEST_CLAUSE:
                sentences[-1].append([])
            sentences[-1][-1].extend(tokens)
    return sentences


def _tokens(kind: str, piece: re.Match[str]) -> list[Token]:
    raw = piece.group().lower().replace("’", "'")
    if kind in _SYMBOLS:
        words: tuple[str, ...] = _SYMBOLS[kind]
    elif kind == "short":
        words = (_SHORT[raw],)
    elif kind == "saying":
        words = (SAYINGS[" ".join(raw.split())],)
    elif kind == "number":
        words = (raw.replace(",", "."),)
    else:
        words = _spelled(raw.replace("_", ""))
    return [Token(w, stem(w), piece.start(), piece.end(), w in FUNCTION or w in _EMPTY) for w in words]


def _spelled(word: str) -> tuple[str, ...]:
    if word.endswith("n't"):
        return (word[:-3] or "ca", "not")
    word = word.removesuffix("'s").replace("'", "")
    if word in ("cannot", "cant"):
        return ("can", "not")
    if word.startswith("non") and len(word) > 6 and word not in ("nonetheless", "nonsense"):
        return ("non", word[3:])
    return SPELLINGS.get(word, (word,))


def _merged(runs: list[list[Token]]) -> list[list[Token]]:
    """Runs too short to say anything are joined to the one before."""
    merged: list[list[Token]] = []
    for run in runs:
        if not run:
            continue
        if merged and (len(run) < _SHORTEST_CLAUSE or len(merged[-1]) < _SHORTEST_CLAUSE):
            merged[-1] = merged[-1] + run
        else:
            merged.append(run)
    return [part for run in merged for part in _cut(run)]


def _cut(run: list[Token]) -> list[list[Token]]:
    return [run[i : i + _LONGEST_CLAUSE] for i in range(0, len(run), _LONGEST_CLAUSE)]


def _with_denial(run: list[Token]) -> tuple[Token, ...]:
    denied = [False] * len(run)
    for at, token in enumerate(run):
        if not _denies(run, at):
            continue
        everything = token.word in ("not", "no") and any(t.stem in deny_all() for t in run[at + 1 : at + 3])
        reach = range(len(run)) if everything else range(at + 1, min(len(run), at + 1 + _reach(run, at)))
        for i in reach:
            denied[i] = True
    return tuple(Token(t.word, t.stem, t.start, t.end, t.function, denied[i]) for i, t in enumerate(run))


def _denies(run: list[Token], at: int) -> bool:
    word = run[at].word
    if word not in NEGATORS:
        return False
    following = run[at + 1].word if at + 1 < len(run) else ""
    return not (word == "not" and following in ("only", "just", "necessarily", "sure"))


def _reach(run: list[Token], at: int) -> int:
    """How many of the following words a negator denies: inside a clause "no" is about the noun beside it alone."""
    opens = all(token.word in JOINTS for token in run[:at])
    return _DENIED_AFTER if opens and run[at].word == "no" else _REACH.get(run[at].word, _DENIED_AFTER)
