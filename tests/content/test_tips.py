"""The pages of advice."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.markup import to_html, to_plain
from content.problems import Broken
from content.tips import read_tips


def test_five_pages_come_in_order() -> None:
    tips = read_tips()

    assert [tip.slug for tip in tips] == [
        "how-interviews-run",
        "the-coding-round",
        "the-system-design-round",
        "stories-and-projects",
        "the-last-weeks",
    ]
    assert all(tip.title and "<b>" in to_html(tip.text) for tip in tips)
    assert all(900 <= len(to_plain(tip.text)) <= 2500 for tip in tips)


def test_a_page_that_cannot_be_shown_is_said(tmp_path: Path) -> None:
    (tmp_path / "1-short.md").write_text("# Short\n\nToo **short.\n", encoding="utf-8")
    (tmp_path / "2-bare.md").write_text("No title\n\n" + "word " * 300, encoding="utf-8")

    with pytest.raises(Broken) as broken:
        read_tips(tmp_path)

    assert [problem.path.name for problem in broken.value.problems] == [
        "1-short.md",
        "1-short.md",
        "2-bare.md",
    ]
    assert "has no title" in str(broken.value)


def test_a_folder_without_pages_is_said(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="holds no pages"):
        read_tips(tmp_path)
