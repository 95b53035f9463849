"""All checks over a bank, with what they found kept between runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from content.checks.alike import questions_differ
from content.checks.cache import Cache, digest
from content.checks.finding import Finding
from content.checks.guessing import ENOUGH, tricks
from content.checks.phrases import phrases_tell
from content.checks.running import code_runs
from content.checks.texts import texts_show
from content.problems import Problem
from interview.question import Question

HERE = Path(__file__).parent


def code_of_checks() -> str:
    """Changes with the code: what an older check found counts no more."""
    return digest(HERE, HERE.parent)


def problems_of(
    folder: Path, questions: Sequence[Question], articles: Sequence[str], cache: Cache
) -> Iterator[Problem]:
    """What is wrong beyond the format, file by file and between files."""
    live = [question for question in questions if not question.retired]
    code = code_of_checks()
    for question in questions:
        key = f"{question.id} {digest(repr(question), code)}"
        yield from as_problems(folder, cache.findings(key, partial(_of_one, question)))
    yield from as_problems(folder, questions_differ(live))
    yield from _guessed(folder, live)
    yield from _unknown_articles(folder, live, articles)


def file_of(folder: Path, question: str) -> Path:
    return folder / f"{question}.toml"


def as_problems(folder: Path, findings: Sequence[Finding] | Iterator[Finding]) -> Iterator[Problem]:
    return (Problem(file_of(folder, one.question), one.where, one.sentence) for one in findings)


def _of_one(question: Question) -> Iterator[Finding]:
    yield from texts_show(question)
    yield from phrases_tell(question)
    yield from code_runs(question)


def _guessed(folder: Path, live: Sequence[Question]) -> Iterator[Problem]:
    quizzes = [question.quiz for question in live if question.quiz]
    if len(quizzes) < ENOUGH:
        return
    for trick in tricks(quizzes):
        if trick.too_good:
            yield Problem(
                folder,
                "",
                f"are guessed right by taking {trick.name}: {trick.wins:.0%} of {len(quizzes)} quizzes, "
                f"{trick.allowed:.0%} are allowed; change some distractors.",
            )


def _unknown_articles(folder: Path, live: Sequence[Question], articles: Sequence[str]) -> Iterator[Problem]:
    known = set(articles)
    for question in live:
        for seed in question.covers:
            if seed not in known:
                yield Problem(
                    file_of(folder, question.id),
                    "covers",
                    f"names {seed}, which articles.toml does not have.",
                )
