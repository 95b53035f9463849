"""Whether the texts of one question show as they were meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.checks.finding import Finding
from content.formula import FormulaError, fits_a_line, to_unicode
from content.markup import formulas, to_plain, visible_marks
from interview.question import Question
from interview.quiz import asks_above

QUIZ_STEM = "quiz stem"
FORBIDDEN_OPTION = re.compile(
    r"\b(all|none|any|both) of (the )?(above|these|them)\b|\bboth a and b\b", re.IGNORECASE
)


def texts_show(question: Question) -> Iterator[Finding]:
    """Formulas that cannot be set, marks that stay visible, options that point at other options."""
    for where, text in _marked_up(question):
        for tex in formulas(text):
            try:
                to_unicode(tex)
            except FormulaError as error:
                yield Finding(question.id, where, f"has the formula ${tex}$: {error}.")
            else:
                if where == QUIZ_STEM and not fits_a_line(tex):
                    said = f"has the formula ${tex}$, which takes a picture; set it in a line."
                    yield Finding(question.id, where, said)
        for mark in visible_marks(text):
            yield Finding(
                question.id,
                where,
                f"would show {mark!r} as it stands; close it, escape it or put it in `code`.",
            )
    for number, option in enumerate(question.quiz.options if question.quiz else ()):
        if FORBIDDEN_OPTION.search(option):
            yield Finding(
                question.id,
                f"quiz option {number}",
                "points at the others, but they are shuffled; say it in full.",
            )
    if not to_plain(question.stem):
        yield Finding(question.id, "stem", "shows nothing.")


def _marked_up(question: Question) -> Iterator[tuple[str, str]]:
    yield "stem", question.stem
    if question.quiz is not None and asks_above(question.quiz.stem):
        yield QUIZ_STEM, question.quiz.stem
    yield "answer", question.answer
    yield from ((f"hint {number}", hint) for number, hint in enumerate(question.hints, 1))
    yield from ((f"key point {number}", point.point) for number, point in enumerate(question.key_points, 1))
    for number, mistake in enumerate(question.mistakes, 1):
        yield f"mistake {number}", f"{mistake.says}\n\n{mistake.but}"
    for number, follow_up in enumerate(question.follow_ups, 1):
        yield f"follow-up {number}", f"{follow_up.ask}\n\n{follow_up.answer}"
