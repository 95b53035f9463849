"""What the README says stays true."""

import re
from pathlib import Path

from content.reader import QUESTIONS, read_all
from content.taxonomy import read_taxonomy
from handlers import FEATURES

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_readme_lists_exactly_the_commands_there_are():
    listed = re.findall(r"^\| `/(\w+)` \| (.+) \|$", README, re.MULTILINE)

    assert listed == [
        (called.name, called.description) for feature in FEATURES for called in feature.commands
    ]


def test_what_the_readme_links_to_exists():
    for link in re.findall(r"\]\(([^)#]+)\)", README):
        if not link.startswith("http"):
            assert (Path(__file__).parent.parent / link).exists(), link


def test_every_question_the_readme_names_exists():
    questions, _ = read_all(QUESTIONS, read_taxonomy())
    named = re.findall(r"`/question ([a-z-]+/[a-z0-9-]+)`", README)

    assert len(named) == 10
    assert set(named) <= {question.id for question in questions}
