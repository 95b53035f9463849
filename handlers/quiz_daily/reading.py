"""What stands behind /quizdaily: a time, and perhaps a topic and a number of questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from content.taxonomy import Match, Taxonomy, Unknown
from handlers.choosing.hour import UNKNOWN, read_time
from handlers.kit.refusal import Refusal
from interview.quiz import MOST, USUAL


@dataclass(frozen=True, slots=True)
class Wish:
    """A quiz a day at that time; no `match` is a mix."""

    at: time
    match: Match | None
    size: int

    @property
    def topics(self) -> tuple[str | None, str | None]:
        """Slugs of the topic and its facet, where they are named."""
        if self.match is None:
            return None, None
        return self.match.topic.slug, self.match.facet.slug if self.match.facet else None


def read(words: str, taxonomy: Taxonomy) -> Wish:
    """`18:00`, `6 pm metrics`, `18:00 roc auc 7`; `Refusal` says how to type it."""
    at, rest = _timed(words.split())
    rest, size = _sized(rest)
    if not rest:
        return Wish(at, None, size)
    name = " ".join(rest)
    match taxonomy.find(name):
        case Match() as found:
            return Wish(at, found, size)
        case Unknown() as unknown:
            nearest = ", ".join(each.slug for each in unknown.nearest)
            raise Refusal(
                f"I don’t know the topic “{name[:60]}”. There are {nearest} and more: /quizdaily 18:00 metrics 7."
            )


def _timed(words: list[str]) -> tuple[time, list[str]]:
    for taken in (2, 1):  # “6 pm” before “6”
        at = read_time(" ".join(words[:taken])) if len(words) >= taken else None
        if at is not None:
            return at, words[taken:]
    raise Refusal(f"{UNKNOWN} Then a topic and a number, if you like: /quizdaily 18:00 metrics 7.")


def _sized(words: list[str]) -> tuple[list[str], int]:
    if not words or not (words[-1].isascii() and words[-1].isdigit()):
        return words, USUAL
    if len(words[-1]) > 4 or not 1 <= int(words[-1]) <= MOST:
        raise Refusal(f"A quiz has 1 to {MOST} questions: /quizdaily 18:00 metrics {USUAL}.")
    return words[:-1], int(words[-1])
