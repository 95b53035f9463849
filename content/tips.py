"""Short pages of advice for `/tips`, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content.markup import to_plain, visible_marks
from content.problems import Broken, Problem

TIPS = Path(__file__).parent / "tips"
SHORTEST, LONGEST = 900, 2500


@dataclass(frozen=True, slots=True)
class Tip:
    """One page; `slug` is its file's name without the number, `text` is light Markdown without the title."""

    slug: str
    title: str
    text: str


def read_tips(folder: Path = TIPS) -> tuple[Tip, ...]:
    """The pages by their number (`1-how-it-runs.md`); raises Broken with all that is wrong with them."""
    tips: list[Tip] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.md")):
        title, _, text = path.read_text(encoding="utf-8").strip().partition("\n")
        if not title.startswith("# "):
            problems.append(
                Problem(path, "", "has no title; begin it with a line like '# How interviews run'.")
            )
        length = len(to_plain(text))
        if not SHORTEST <= length <= LONGEST:
            problems.append(Problem(path, "", f"has {length} characters; give {SHORTEST} to {LONGEST}."))
        problems += [Problem(path, "", f"would show {mark!r} as it stands.") for mark in visible_marks(text)]
        tips.append(Tip(path.stem.partition("-")[2], title.removeprefix("# ").strip(), text.strip()))
    if not tips:
        problems.append(Problem(folder, "", "holds no pages; the advice belongs there."))
    if problems:
        raise Broken(problems)
    return tuple(tips)
