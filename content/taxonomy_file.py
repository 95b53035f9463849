"""Reads taxonomy.toml and says everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from content.problems import Broken, Problem
from content.table import Table, read_table
from interview.question import Facet, Topic

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class TaxonomyFile:
    """The file as it stands; `other_readings` maps a name to `topic` or `topic/facet`."""

    topics: tuple[Topic, ...]
    other_readings: Mapping[str, str]


def read_file(path: Path, normal: Callable[[str], str]) -> TaxonomyFile:
    """Raises Broken with everything that is wrong; `normal` gives the spelling in which names are compared."""
    table = read_table(path)
    topics = tuple(_topic(inner) for inner in table.tables("topics", 1, 99))
    readings = table.table("other_readings")
    other = {name: readings.text(name) for name in readings.values} if readings else {}
    table.no_more_keys()
    problems = [*table.problems, *_double_names(path, topics, normal), *_lost(path, topics, other)]
    if problems:
        raise Broken(problems)
    return TaxonomyFile(topics, other)


def _topic(table: Table) -> Topic:
    slug = table.text("slug", pattern=SLUG)
    table.name_it(f"topic {slug!r}")
    aliases: dict[str, str | None] = dict.fromkeys(table.texts("aliases", 0, 99))
    facets = []
    for inner in table.tables("facets", 1, 12, "facet"):
        facet = Facet(inner.text("slug", pattern=SLUG), inner.text("title", longest=40))
        for name in inner.texts("aliases", 0, 99):
            if name in aliases:
                table.wrong(f"claims {name!r} twice.")
            aliases[name] = facet.slug
        facets.append(facet)
        inner.no_more_keys()
    topic = Topic(
        slug=slug,
        title=table.text("title", longest=60),
        short=table.text("short", longest=16),
        facets=tuple(facets),
        aliases=aliases,
        about=table.text("about", longest=120),
    )
    table.no_more_keys()
    return topic


def _double_names(path: Path, topics: tuple[Topic, ...], normal: Callable[[str], str]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for topic in topics:
        for name in (topic.slug, *topic.aliases):
            if name != normal(name):
                yield Problem(
                    path, f"topic {topic.slug!r}", f"has the alias {name!r}; write {normal(name)!r}."
                )
            if name in owners:
                yield Problem(
                    path, f"topic {topic.slug!r}", f"claims {name!r}, which {owners[name]!r} has too."
                )
            owners[name] = topic.slug


def _lost(path: Path, topics: tuple[Topic, ...], other: Mapping[str, str]) -> Iterator[Problem]:
    known = {topic.slug for topic in topics}
    known |= {f"{topic.slug}/{facet.slug}" for topic in topics for facet in topic.facets}
    for name, reading in other.items():
        if reading not in known:
            yield Problem(path, "other_readings", f"sends {name!r} to {reading!r}, which does not exist.")
