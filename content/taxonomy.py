"""Topics and their facets, and how a name that somebody typed is understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Indel

from content.taxonomy_file import TaxonomyFile, read_file
from interview.question import Facet, Topic

TAXONOMY_FILE = Path(__file__).parent / "taxonomy.toml"

NOTHING_NEAR = 90.0  # of 140: below it names share no more than some letters

Target = tuple[str, str | None]  # slugs of a topic and, where it is meant, of its facet


@dataclass(frozen=True, slots=True)
class Match:
    """A topic, or one facet of it. `other` is a second reading of the same name, where it has one."""

    topic: Topic
    facet: Facet | None = None
    other: Match | None = None

    @property
    def title(self) -> str:
        """For a heading or a button: `Metrics`, or `Metrics › Calibration`."""
        return f"{self.topic.short} › {self.facet.title}" if self.facet else self.topic.short

    @property
    def slug(self) -> str:
        """`metrics` or `metrics/calibration`; `Taxonomy.find` understands both."""
        return f"{self.topic.slug}/{self.facet.slug}" if self.facet else self.topic.slug


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that is nobody’s, and the three that come nearest, best first; `near`: whether they are near at all."""

    text: str
    nearest: tuple[Match, ...]
    near: bool = True


class Taxonomy:
    """All topics in their order, and the names they go by."""

    def __init__(self, file: TaxonomyFile) -> None:
        self.topics: tuple[Topic, ...] = file.topics
        self._topics = {topic.slug: topic for topic in file.topics}
        self._other = {normal(name): _target(reading) for name, reading in file.other_readings.items()}
        self._names: Mapping[str, Target] = MappingProxyType(dict(self._all_names()))
        self._compact = {
            name.replace("-", ""): target for name, target in reversed(list(self._names.items()))
        }

    def __iter__(self) -> Iterator[Topic]:
        return iter(self.topics)

    def topic(self, slug: str) -> Topic | None:
        return self._topics.get(slug)

    def facet(self, topic: str, slug: str) -> Facet | None:
        found = self._topics.get(topic)
        return next((facet for facet in found.facets if facet.slug == slug), None) if found else None

    def find(self, text: str) -> Match | Unknown:
        """Understands slugs, aliases, titles, several words, and typos where only one thing is near."""
        name = normal(text)
        target = (
            self._path(text)
            or self._exact(name)
            or self._begun(name)
            or self._by_words(name)
            or self._misspelt(name)
        )
        if target is None:
            return Unknown(text, *self._nearest(name))
        other = self._other.get(name)
        return self._match(target, self._match(other) if other else None)

    def _all_names(self) -> Iterator[tuple[str, Target]]:
        """Later names win: a facet's title gives way to an alias, an alias to a topic's short name and slug."""
        for topic in self.topics:
            for facet in topic.facets:
                yield normal(facet.title), (topic.slug, facet.slug)
        for topic in self.topics:
            yield normal(topic.title), (topic.slug, None)
        for topic in self.topics:
            yield from ((name, (topic.slug, facet)) for name, facet in topic.aliases.items())
        for topic in self.topics:
            yield normal(topic.short), (topic.slug, None)
        for topic in self.topics:
            yield topic.slug, (topic.slug, None)

    def _match(self, target: Target, other: Match | None = None) -> Match:
        topic, facet = target
        return Match(self._topics[topic], self.facet(topic, facet) if facet else None, other)

    def _path(self, text: str) -> Target | None:
        topic, _, facet = text.strip().casefold().partition("/")
        return (topic, facet) if self.facet(topic, facet) else None

    def _exact(self, name: str) -> Target | None:
        return self._names.get(name) or self._compact.get(name.replace("-", ""))

    def _by_words(self, name: str) -> Target | None:
        """What the words that we know agree on: `roc auc`, `f1 score`, `llm evaluation`."""
        found: list[Target] = []
        words = [word for word in name.split("-") if word]
        at = 0
        while at < len(words):
            for end in range(len(words), at, -1):
                part = "-".join(words[at:end])
                if (part, 0) != (name, at) and (target := self._in_topic(found, part) or self._exact(part)):
                    found.append(target)
                    at = end
                    break
            else:
                at += 1
        return _agreed(found)

    def _in_topic(self, found: list[Target], part: str) -> Target | None:
        """The facet called so in the topic named just before, as `evaluation` in `llm evaluation`."""
        topic = found[-1][0] if found and found[-1][1] is None else ""
        return (topic, part) if topic and self.facet(topic, part) else None

    def _begun(self, name: str) -> Target | None:
        """What a name cut short begins, where all that begin so are of one topic: `calib`, `reco`."""
        begun = [target for known, target in self._names.items() if known.startswith(name)]
        return _common(begun) if len(name) >= 4 and begun else None

    def _misspelt(self, name: str) -> Target | None:
        distances = [(_edits(name, known), target) for known, target in self._names.items()]
        least = min((edits for edits, _ in distances), default=99)
        if least > _allowed_edits(len(name)):
            return None
        targets = [target for edits, target in distances if edits == least]
        return _common(targets)

    def _nearest(self, name: str, count: int = 3) -> tuple[tuple[Match, ...], bool]:
        best: dict[Target, float] = {}
        for known, target in self._names.items():
            score = fuzz.ratio(name, known) + 0.4 * fuzz.partial_ratio(name, known)
            best[target] = max(best.get(target, 0.0), score)
        order = sorted(best, key=lambda target: -best[target])
        near = max(best.values(), default=0.0) >= NOTHING_NEAR
        if not near:
            order = [(topic.slug, None) for topic in self.topics]
        return tuple(self._match(target) for target in order[:count]), near


def read_taxonomy(path: Path = TAXONOMY_FILE) -> Taxonomy:
    """Raises Broken with every problem of the file: a name that two topics claim is one."""
    return Taxonomy(read_file(path, normal))


def normal(text: str) -> str:
    """One spelling for a name: lower case, words joined by hyphens, `A/B` as `ab`, no other signs."""
    text = unicodedata.normalize("NFKC", text).casefold().strip().lstrip("/#")
    text = re.sub(r"\ba\s*[/&]\s*b\b", "ab", text)
    text = re.sub(r"['’.]", "", text)
    return re.sub(r"[^\w]+|_", "-", text).strip("-")


def _target(reading: str) -> Target:
    topic, _, facet = reading.partition("/")
    return topic, facet or None


def _agreed(targets: list[Target]) -> Target | None:
    """The one thing that all of them name; a facet and its whole topic agree on the facet."""
    topics = {topic for topic, _ in targets}
    if len(topics) != 1:
        return None
    facets = {facet for _, facet in targets if facet}
    return topics.pop(), facets.pop() if len(facets) == 1 else None


def _common(targets: list[Target]) -> Target | None:
    """The facet that all of them are, or the topic that they share."""
    topics = {topic for topic, _ in targets}
    facets = {facet for _, facet in targets}
    return (topics.pop(), facets.pop() if len(facets) == 1 else None) if len(topics) == 1 else None


def _allowed_edits(length: int) -> int:
    """Short names are near to everything: none up to three letters, then one for every four."""
    return 0 if length < 4 else (length + 3) // 4 if length < 12 else 3


def _edits(name: str, known: str) -> int:
    """Slips of the finger; in four letters only one left out or doubled counts (`test` is not `text`)."""
    return Indel.distance(name, known) if len(name) == 4 else OSA.distance(name, known)
