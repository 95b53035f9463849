"""The questions of the source articles that the bank has to answer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from content.problems import Broken, Problem
from content.table import read_table
from interview.question import Question

ARTICLES_FILE = Path(__file__).parent / "articles.toml"


def read_articles(path: Path = ARTICLES_FILE) -> tuple[str, ...]:
    """Ids of all questions that the articles ask, as `s0-01`, in order; raises Broken."""
    table = read_table(path)
    counts = table.table("questions")
    table.no_more_keys()
    ids = []
    for article, count in counts.values.items() if counts else ():
        if isinstance(count, int) and 1 <= count <= 99:
            ids += [f"{article}-{number:02}" for number in range(1, count + 1)]
        else:
            table.wrong("must be a whole number from 1 to 99.", f"questions {article}")
    if table.problems or not ids:
        raise Broken(table.problems or [Problem(path, "questions", "is missing; list the articles there.")])
    return tuple(ids)


def missing(ids: Iterable[str], questions: Iterable[Question]) -> tuple[str, ...]:
    """Those that no live question covers."""
    covered = {seed for question in questions if not question.retired for seed in question.covers}
    return tuple(seed for seed in ids if seed not in covered)
