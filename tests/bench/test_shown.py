"""The contender that is shown is the one that is measured."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "contender.md"
SHOWN = ("aiogram_bot.py", "tap.py")
LINES = 80


def source(name: str) -> str:
    return (ROOT / "bench" / "contenders" / name).read_text(encoding="utf-8")


def test_the_page_shows_the_files_as_they_are() -> None:
    shown = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)

    assert shown == [source(name) for name in SHOWN], "paste the files anew"


@pytest.mark.parametrize("name", SHOWN)
def test_each_can_be_read_at_a_glance(name: str) -> None:
    assert len(source(name).splitlines()) < LINES


def test_the_readme_leads_to_the_page() -> None:
    assert "docs/contender.md" in (ROOT / "README.md").read_text(encoding="utf-8")
