"""What is asked: a question with its key points, reference answer and everything that hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How far in a career an interviewer would ask this."""

    JUNIOR = "junior"
    MIDDLE = "middle"
    SENIOR = "senior"

    @property
    def rank(self) -> int:
        """0 for junior, 1 for middle, 2 for senior: the distance of two levels is a difference of ranks."""
        return _RANKS[self]


_RANKS = {
    level: rank for rank, level in enumerate(Level)
}  # asked of every question of the bank at each choice


class Kind(StrEnum):
    """What sort of answer a question wants."""

    DEFINITION = "definition"
    COMPARISON = "comparison"
    HOW_TO = "how-to"
    SCENARIO = "scenario"
    MATH = "math"
    CODING = "coding"
    SYSTEM_DESIGN = "system-design"
    BEHAVIOURAL = "behavioural"


class Quality(StrEnum):
    """How well an answer went, for choosing a follow-up."""

    STRONG = "strong"
    PARTIAL = "partial"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One thing that an interviewer ticks; stands alone and can be judged yes or no."""

    point: str
    must: bool = True
    phrases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    wrong: str | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong thing people say, and the right thing."""

    says: str
    but: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What an interviewer asks next, by how the answer went."""

    quality: Quality
    ask: str
    answer: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A reply as people type it, with the key points that it covers (counted from 1)."""

    reply: str
    covers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class QuizForm:
    """The question as a poll: plain text, no markup. `right` holds indices into `options`."""

    stem: str
    options: tuple[str, ...]
    right: tuple[int, ...]
    why_wrong: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a reader can check; `url` is None where none is certain."""

    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """Names the maker of `interview/numbers.py` that draws a question's values, and what it is told."""

    make: str
    args: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the bank. `id` is `<topic>/<slug>` and is for ever; texts are light Markdown."""

    id: str
    topic: str
    facet: str
    level: Level
    kind: Kind
    stem: str
    answer: str
    key_points: tuple[KeyPoint, ...]
    hints: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    samples: tuple[Sample, ...] = ()
    quiz: QuizForm | None = None
    sources: tuple[Source, ...] = ()
    covers: tuple[str, ...] = ()
    easier: str | None = None
    template: Template | None = None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A finer label inside a topic."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What `/topic` offers and weak spots are counted by; `short` fits a button, `about` is one line.

    `aliases` maps a typed name to a facet slug, or to None for the whole topic.
    """

    slug: str
    title: str
    short: str
    facets: tuple[Facet, ...]
    aliases: Mapping[str, str | None] = field(hash=False)
    about: str = ""
