"""Pairs of questions that are known to be near each other."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

from content.problems import Broken
from content.question_file import ID
from content.table import read_table

RELATED_FILE = Path(__file__).parent.parent / "related.toml"


def read_related(known: Container[str], path: Path = RELATED_FILE) -> frozenset[tuple[str, str]]:
    """Pairs of ids: a question, and one whose answer may cover its points. Raises Broken, for unknown ids as well."""
    table = read_table(path)
    inner = table.table("related")
    table.no_more_keys()
    pairs = set()
    for question in inner.values if inner else ():
        for other in inner.texts(question, 1, 99, pattern=ID) if inner else ():
            pairs.add((question, other))
            for name in (question, other):
                if name not in known:
                    table.wrong(f"names {name!r}, which does not exist.", "related")
    if table.problems:
        raise Broken(table.problems)
    return frozenset(pairs)
