"""Replies that should not be judged by their words: too short, lists of keywords, other scripts, and "I don't know"."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from judging.clauses import reply_clauses
from judging.words import FUNCTION, GIVING_UP, GIVING_UP_AFTER, GIVING_UP_AMID, GIVING_UP_BEFORE

LONGEST_REPLY = 2000
_FEWEST_WORDS = 2
_KEYWORDS_FROM = 6
_KEYWORDS_FUNCTION_SHARE = 0.1


class Guard(StrEnum):
    """Why a reply is not judged as usual."""

    GAVE_UP = "gave up"
    TOO_SHORT = "too short"
    KEYWORDS = "keywords"
    OTHER_SCRIPT = "other script"


def capped(reply: str) -> str:
    """The part of a reply that is read."""
    return reply[:LONGEST_REPLY]


@lru_cache(maxsize=8)
def guard_of(reply: str) -> Guard | None:
    """Why this reply is not to be judged, or None where it is."""
    if _gave_up(reply):
        return Guard.GAVE_UP
    if _mostly_other_script(reply):
        return Guard.OTHER_SCRIPT
    starts = {token.start for clause in reply_clauses(reply) for token in clause.tokens}
    if len(starts) < _FEWEST_WORDS:
        return Guard.TOO_SHORT
    return Guard.KEYWORDS if _is_keyword_list(reply) else None


def _gave_up(reply: str) -> bool:
    if re.fullmatch(r"[?\s]+", reply):
        return True
    words = re.findall(r"[^\W_]+", reply.lower().replace("’", "").replace("'", ""))
    while words and words[0] in GIVING_UP_BEFORE:
        words = words[1:]
    words = [word for word in words if word not in GIVING_UP_AMID]
    return any(
        tuple(words[: len(phrase)]) == phrase
        and all(word in GIVING_UP_AFTER for word in words[len(phrase) :])
        for phrase in GIVING_UP
    )


def _mostly_other_script(reply: str) -> bool:
    letters = [letter for letter in reply if letter.isalpha()]
    latin = sum(letter.isascii() or "LATIN" in unicodedata.name(letter, "") for letter in letters)
    return len(letters) > 0 and latin * 2 < len(letters)


def _is_keyword_list(reply: str) -> bool:
    if re.search(r"=|->|→", reply):
        return False
    words = [word.replace("’", "'") for word in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", reply.lower())]
    if len(words) < _KEYWORDS_FROM:
        return False
    return sum(word in FUNCTION for word in words) < _KEYWORDS_FUNCTION_SHARE * len(words)
