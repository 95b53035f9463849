"""How a question fared in a group, in a line: for boards and digests."""

from __future__ import annotations

from content.bank import Bank
from content.markup import to_plain
from handlers.quiz.views import in_prose, short
from interview.quiz_figures import Figures

_STEM, _OPTION, _SHORT_STEM = 120, 60, 60  # characters shown


def fared(figures: Figures, stem: str) -> str:
    """One question with its figures, escaped."""
    line = f"“{short(stem, _STEM)}” {figures.right} of {figures.votes} right"
    if figures.trap is None:
        return f"{line}."
    return f"{line}, {figures.trapped} fell for “{short(figures.trap, _OPTION)}”."


def fared_in_short(figures: Figures, stem: str) -> str:
    """The same in one short line."""
    return f"“{short(stem, _SHORT_STEM)}” {figures.right} of {figures.votes}"


def stem_of(bank: Bank, question_id: str) -> str:
    """What a question asks, in plain words; its id where it is not in the bank any more."""
    question = bank.find(question_id)
    if question is None:
        return question_id
    return in_prose(question.quiz.stem) if question.quiz is not None else to_plain(question.stem)
