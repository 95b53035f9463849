"""What the judge says of a whole bank: own answers, other answers, samples."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from content.checks.cache import Cache, digest
from content.checks.finding import Finding
from content.checks.judged import (
    Agreement,
    Judge,
    agreement,
    fallen,
    other_answer_ticks,
    own_answer_ticks,
)
from content.checks.related import RELATED_FILE, read_related
from content.checks.whole import as_problems, code_of_checks
from content.problems import Problem
from interview.question import Question

WORTH_SHARING = 1000  # looks of a millisecond each, against half a second to start processes
SHARE = 256  # looks that go to a process at once: nearly all of one answer

Look = tuple[Question, Question | None]
"""A question and whose answer to judge by it; None for its own."""


@dataclass(frozen=True, slots=True)
class Report:
    problems: list[Problem]
    seen: Agreement

    @property
    def line(self) -> str:
        seen = self.seen
        return (
            f"judge agrees with the samples on {seen.balanced:.1%} "
            f"(covered {seen.covered_seen}/{seen.covered}, not covered {seen.missed_seen}/{seen.missed})"
        )


def judged_bank(
    folder: Path,
    questions: Sequence[Question],
    judge: Judge,
    version: str,
    cache: Cache,
    related_file: Path = RELATED_FILE,
) -> Report:
    """`version` changes with the judge's code: what another judge said counts no more."""
    live = [question for question in questions if not question.retired]
    related = read_related({question.id for question in questions}, related_file)
    looks = _looks(live, version)
    fresh = [key for key in looks if not cache.knows(key)]
    found = dict(zip(fresh, _looked([looks[key] for key in fresh], judge), strict=True))
    problems: list[Problem] = []
    for key, (one, other) in looks.items():
        findings = cache.findings(key, partial(found.__getitem__, key))
        if other is None or (one.id, other.id) not in related:
            problems += as_problems(folder, findings)
        elif not findings:
            problems.append(_needless(related_file, one, other))
    seen = agreement(live, judge)
    if less := fallen(seen):
        problems.append(less)
    return Report(problems, seen)


def _needless(related_file: Path, one: Question, other: Question) -> Problem:
    return Problem(
        related_file,
        "related",
        f"lists {other.id} beside {one.id}, but the judge finds too little there; take it out.",
    )


def _looks(questions: Sequence[Question], version: str) -> dict[str, Look]:
    """Everything to look at, by a name that changes with whatever the outcome hangs on.

    Every answer is looked at from every question, one answer after the other: what a judge keeps of the text it has
    just read serves all questions.
    """
    code = digest(code_of_checks(), version)
    texts = {one.id: digest(repr(one)) for one in questions}
    looks: dict[str, Look] = {}
    for other in questions:
        looks[digest(texts[other.id], code)] = other, None
        for one in questions:
            if one is not other:
                looks[digest(texts[one.id], texts[other.id], code)] = one, other
    return looks


def _looked(looks: Sequence[Look], judge: Judge) -> list[list[Finding]]:
    """A judge takes its time: many looks are shared out over all cores."""
    look = partial(_look, judge=judge)
    if len(looks) < WORTH_SHARING:
        return list(map(look, looks))
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        return list(pool.map(look, looks, chunksize=SHARE))


def _look(look: Look, judge: Judge) -> list[Finding]:
    question, other = look
    return list(other_answer_ticks(question, other, judge) if other else own_answer_ticks(question, judge))
