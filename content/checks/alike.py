"""Whether two questions ask the same, or two answers say the same."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from rapidfuzz import fuzz

from content.checks.finding import Finding
from content.markup import to_plain
from interview.question import Question

SAME_STEM = 90.0  # of 100, word order left aside
SAME_ANSWER = 0.25  # of the shorter answer's runs of four words
RUN = 4


def questions_differ(questions: Sequence[Question]) -> Iterator[Finding]:
    yield from _stems(questions)
    yield from _answers(questions)


def _stems(questions: Sequence[Question]) -> Iterator[Finding]:
    asked = [(one.id, _plain_words(to_plain(one.stem))) for one in questions]
    polls = [(one.id, _plain_words(one.quiz.stem)) for one in questions if one.quiz]
    for name, stems in (("stem", asked), ("quiz stem", polls)):
        for (first, one), (second, other) in combinations(stems, 2):
            if fuzz.token_sort_ratio(one, other, score_cutoff=SAME_STEM):
                yield Finding(second, name, f"asks almost the same as {first}; ask for something else.")


def _answers(questions: Iterable[Question]) -> Iterator[Finding]:
    """Counts shared runs of words through an index: comparing all pairs would take a minute."""
    runs: dict[str, set[tuple[str, ...]]] = {}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for question in questions:
        words = _plain_words(to_plain(question.answer)).split()
        runs[question.id] = {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
        for run in runs[question.id]:
            holders[run].append(question.id)
    shared = Counter(pair for ids in holders.values() if 1 < len(ids) < 20 for pair in combinations(ids, 2))
    for (first, second), number in sorted(shared.items()):
        if number > SAME_ANSWER * min(len(runs[first]), len(runs[second])):
            yield Finding(second, "answer", f"says much the same as that of {first}; one of them is enough.")


def _plain_words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
