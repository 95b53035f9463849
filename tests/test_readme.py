"""What the README says stays true."""

import re
from pathlib import Path

from handlers import FEATURES
from tests.the_bank import the_bank

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
    named = re.findall(r"`/question ([a-z-]+/[a-z0-9-]+)`", README)

    assert len(named) == 10
    assert set(named) <= {question.id for question in the_bank()}
