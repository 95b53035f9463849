"""A bank in a folder, made of one good question and what a test changes in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from content.taxonomy import Taxonomy, read_taxonomy

GOOD = (Path(__file__).parent / "good_question.toml").read_text(encoding="utf-8")

Change = tuple[str, str]
Write = Callable[..., Path]


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return read_taxonomy()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "questions"
    path.mkdir()
    return path


@pytest.fixture
def write(folder: Path) -> Write:
    """Writes the good question under an id, with pieces of it replaced; what is replaced must be there."""

    def write(question: str = "metrics/accuracy", *changes: Change) -> Path:
        text = GOOD
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        path = folder / f"{question}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write
