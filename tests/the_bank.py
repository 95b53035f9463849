"""The bank that ships with the bot, as tests look at it: read once."""

from __future__ import annotations

from functools import cache

from content.reader import QUESTIONS, read_all
from content.taxonomy import Taxonomy, read_taxonomy
from interview.question import Question


@cache
def the_taxonomy() -> Taxonomy:
    return read_taxonomy()


@cache
def the_bank() -> tuple[Question, ...]:
    """Every question, retired ones too."""
    questions, problems = read_all(QUESTIONS, the_taxonomy())
    assert not problems
    assert questions
    return tuple(questions)
