"""The table that a bank without problems is summed up in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from content.articles import missing
from content.checks.guessing import tricks
from content.formula import fits_a_line
from content.markup import formulas
from content.taxonomy import Taxonomy
from interview.question import Level, Question


def summary(questions: Sequence[Question], taxonomy: Taxonomy, articles: Sequence[str]) -> Iterator[str]:
    """Lines: questions by topic and level, how far guessing gets, what of the articles is answered."""
    live = [question for question in questions if not question.retired]
    yield f"{'topic':<18}{'questions':>10}{'junior':>8}{'middle':>8}{'senior':>8}{'quizzes':>9}"
    for topic in taxonomy:
        yield _row(topic.slug, [question for question in live if question.topic == topic.slug])
    yield _row("all", live)
    yield ""
    quizzes = [question.quiz for question in live if question.quiz]
    for trick in tricks(quizzes):
        yield f"guessing by {trick.name} wins {trick.wins:.0%} (at most {trick.allowed:.0%})"
    found = [tex for question in live for tex in formulas(f"{question.stem}\n\n{question.answer}")]
    tall = sum(not fits_a_line(tex) for tex in found)
    yield f"formulas {len(found)} in stems and answers, {tall} of them better as pictures"
    yield f"retired {len(questions) - len(live)}"
    yield articles_line(live, articles)


def articles_line(questions: Sequence[Question], articles: Sequence[str]) -> str:
    return f"articles {len(articles) - len(missing(articles, questions))}/{len(articles)}"


def _row(name: str, questions: Sequence[Question]) -> str:
    levels = "".join(f"{sum(question.level is level for question in questions):>8}" for level in Level)
    quizzes = sum(question.quiz is not None for question in questions)
    return f"{name:<18}{len(questions):>10}{levels}{quizzes:>9}"
