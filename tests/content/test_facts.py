"""The checks of derived numbers, a file a topic in `facts/`, each named after the question whose number it is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from content.reader import QUESTIONS

FACTS = sorted(Path(__file__).with_name("facts").glob("test_facts_*.py"))


def checks(file: Path) -> list[str]:
    found = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return [
        each.name for each in found if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")
    ]


@pytest.mark.parametrize("file", FACTS, ids=lambda file: file.stem)
def test_every_check_is_of_a_question_that_exists(file: Path) -> None:
    topic = file.stem.removeprefix("test_facts_").replace("_", "-")
    slugs = [path.stem.replace("-", "_") for path in (QUESTIONS / topic).glob("*.toml")]

    strays = [name for name in checks(file) if not name.removeprefix("test_").startswith(tuple(slugs))]

    assert slugs
    assert strays == []


def test_there_are_checks() -> None:
    assert sum(len(checks(file)) for file in FACTS) > 100
