"""What the judge knows of words: stems, spellings, weights, synonyms and opposites."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

_TABLES = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))

_ONE_AT_A_TIME = Lock()
_KEEPS_ISE = frozenset(_TABLES["keeps_ise"].split())
_BRITISH = (
    (re.compile(r"(\w{3,})isation(s?)$"), r"\1ization\2"),
    (re.compile(r"(\w{3,})is(e[drs]?|ing)$"), r"\1iz\2"),
    (re.compile(r"(\w{3,})ys(e[drs]?|ing)$"), r"\1yz\2"),
    (re.compile(r"(behavi|col|fav|neighb|lab|hon|flav)our"), r"\1or"),
    (re.compile(r"^(cent|met)re(s|d)?$"), r"\1er\2"),
)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a lower-case English word; British and American spellings share it."""
    if word.isascii() and word.isalpha():
        word = _american(word)
    with _ONE_AT_A_TIME:  # the stemmer keeps in itself how far it is in a word
        return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    # it comes with thirty languages, which take their time: when the first word is read, and not at the start
    import snowballstemmer  # type: ignore[import-untyped]

    return snowballstemmer.stemmer("english")


def _american(word: str) -> str:
    for pattern, american in _BRITISH:
        changed = pattern.sub(american, word)
        if changed != word and not _keeps_its_spelling(word):
            return changed
    return word


def _keeps_its_spelling(word: str) -> bool:
    roots = (word, re.sub(r"(ed|es|er|ers|ing|s|d)$", "e", word), re.sub(r"(d|s|r)$", "", word))
    return any(root in _KEEPS_ISE or root.removeprefix("un") in _KEEPS_ISE for root in roots)


FUNCTION = frozenset(_TABLES["function"].split())
NEGATORS = frozenset(_TABLES["negators"].split())
JOINTS = frozenset(_TABLES["joints"].split())
GIVING_UP = tuple(tuple(words.split()) for words in _TABLES["giving_up"])
GIVING_UP_BEFORE, GIVING_UP_AMID, GIVING_UP_AFTER = (
    frozenset(_TABLES[f"giving_up_{where}"].split()) for where in ("before", "amid", "after")
)
SPELLINGS: dict[str, tuple[str, ...]] = {k: tuple(v.split()) for k, v in _TABLES["spellings"].items()}
SAYINGS: dict[str, str] = _TABLES["sayings"]
GENERIC_WEIGHT = 0.6

# a thousand stems take a tenth of a second: when they are first wanted, and not while everybody waits for the start


@cache
def _generic() -> frozenset[str]:
    return frozenset(stem(word) for word in _TABLES["generic"].split())


@cache
def _groups() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(_TABLES["synonyms"]["groups"]):
        for word in line.split():
            groups.setdefault(stem(word), set()).add(number)
    return {key: frozenset(value) for key, value in groups.items()}


@cache
def _opposites() -> dict[str, frozenset[str]]:
    opposites: dict[str, set[str]] = {}
    for line in _TABLES["opposites"]["pairs"]:
        left, right = ([stem(word) for word in side.split()] for side in line.split("|"))
        for one in left:
            opposites.setdefault(one, set()).update(right)
        for other in right:
            opposites.setdefault(other, set()).update(left)
    return {key: frozenset(value) for key, value in opposites.items()}


_DENYING = ("un", "non", "in", "im", "ir", "dis")
_NOTHING: frozenset[int] = frozenset()


@cache
def deny_all() -> frozenset[str]:
    """Stems of the words that deny all that stands with them."""
    return frozenset(stem(word) for word in _TABLES["deny_all"].split())


def groups_of(stemmed: str) -> frozenset[int]:
    """The synonym groups, by number, that a stem belongs to."""
    return _groups().get(stemmed, _NOTHING)


@lru_cache(maxsize=20_000)
def opposites_of(stemmed: str) -> frozenset[str]:
    """The stems that say the opposite of one: those listed, and the stem with or without a denying prefix."""
    found = set(_opposites().get(stemmed, ()))
    if len(stemmed) > 3:
        found.update(prefix + stemmed for prefix in _DENYING)
    for prefix in _DENYING:
        rest = stemmed.removeprefix(prefix)
        if rest != stemmed and len(rest) > 3:
            found.add(rest)
    return frozenset(found)


def weight_of(stemmed: str) -> float:
    """How much a stem says, 0 to 1, before a question's own words are demoted."""
    return GENERIC_WEIGHT if stemmed in _generic() else 1.0
