"""Fits the weights on labelled replies: ridge logistic regression in plain Python, the same every time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp

from judging.evidence import AGAINST, FEATURES, SHORT_UP_TO, Evidence, evidence_of
from judging.labelled import Asked, Labelled
from judging.reading import read
from judging.rubric import rubric_of
from judging.weights import Weights

RIDGE = 1.0
_COVERED_COUNTS = 2.2  # a point that was said and not found annoys more than one found too easily
_COVERED_SHORT_COUNTS = 1.7
_STRANGE_COUNTS = 0.35
_STRANGERS = 8  # to a question
_STRANGE_FROM = 40  # words
_FREE = 0.001  # the intercept is all but unpunished
_STEPS = 25

Row = Sequence[float]


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled reply as the fit sees it: its question, and for each point the evidence and both marks.

    A `strange` one is a reply to another question: it covers nothing here, whatever words it shares.
    """

    question: str
    points: tuple[tuple[Evidence, bool, bool], ...]
    strange: bool = False


def examples_of(replies: Sequence[Labelled]) -> list[Example]:
    """The replies as they are labelled, then for each longer question a few long replies to other questions."""
    return [example_of(reply) for reply in replies] + list(_strangers(replies))


def example_of(reply: Labelled) -> Example:
    """The evidence that the engine would see, without guards, beside the labels."""
    found = _evidence(reply.asked, reply.asked.reply)
    return Example(reply.asked.question, tuple(zip(found, reply.covered, reply.contradicted, strict=True)))


def _strangers(replies: Sequence[Labelled]) -> Iterator[Example]:
    longer = [reply.asked for reply in replies if len(reply.asked.key_points) > SHORT_UP_TO]
    long = [asked for asked in longer if len(asked.reply.split()) >= _STRANGE_FROM]
    first_asked = {asked.question: asked for asked in reversed(longer)}
    for number, question in enumerate(sorted(first_asked)):
        others = [asked for asked in long if asked.question != question]
        step = max(1, len(others) // _STRANGERS)
        for other in others[number % step :: step][:_STRANGERS]:
            found = _evidence(first_asked[question], other.reply)
            yield Example(question, tuple((evidence, False, False) for evidence in found), strange=True)


def _evidence(asked: Asked, reply: str) -> list[Evidence]:
    rubric = rubric_of(asked.question, asked.key_points)
    return evidence_of(rubric, read(reply, rubric.vocabulary))


def fit(examples: Iterable[Example]) -> Weights:
    """The weights for these examples. Raises ValueError where there is nothing to tell apart."""
    found = list(examples)
    covered = regression(
        [evidence.features for example in found for evidence, _, _ in example.points],
        [mark for example in found for _, mark, _ in example.points],
        RIDGE,
        [_counts(mark, example) for example in found for _, mark, _ in example.points],
    )
    wrong = [
        (evidence.against, mark)
        for example in found
        for evidence, _, mark in example.points
        if evidence.wrong_place is not None and not example.strange
    ]
    contradicted = regression([against for against, _ in wrong], [mark for _, mark in wrong], RIDGE)
    return Weights(
        dict(zip(FEATURES, covered, strict=True)),
        dict(zip(AGAINST, contradicted, strict=True)),
    )


def _counts(covered: bool, example: Example) -> float:
    if example.strange:
        return _STRANGE_COUNTS
    if not covered:
        return 1.0
    return _COVERED_SHORT_COUNTS if len(example.points) <= SHORT_UP_TO else _COVERED_COUNTS


def regression(
    rows: Sequence[Row], marks: Sequence[bool], ridge: float, counting: Sequence[float] | None = None
) -> list[float]:
    """Logistic weights with a penalty of `ridge`/2 on the square of each but the first, which is the intercept.

    Each row counts `counting` times, or once. Raises ValueError where all marks are the same.
    """
    if len(set(marks)) < 2:
        raise ValueError("There must be replies of both kinds to fit weights.")
    counts = counting or [1.0] * len(rows)
    size = len(rows[0])
    penalty = [_FREE] + [ridge] * (size - 1)
    weights = [0.0] * size
    for _ in range(_STEPS):
        slope = [penalty[i] * weights[i] for i in range(size)]
        curve = [[penalty[i] if i == j else 0.0 for j in range(size)] for i in range(size)]
        for row, mark, count in zip(rows, marks, counts, strict=True):
            p = 1 / (1 + exp(-max(-30.0, min(30.0, sum(w * x for w, x in zip(weights, row, strict=True))))))
            off, bend = count * (p - mark), count * p * (1 - p)
            for i, x in enumerate(row):
                if x:
                    slope[i] += off * x
                    line, scaled = curve[i], bend * x
                    for j in range(i + 1):
                        line[j] += scaled * row[j]
        for i in range(size):
            for j in range(i + 1, size):
                curve[i][j] = curve[j][i]
        step = _solved(curve, slope)
        weights = [w - s for w, s in zip(weights, step, strict=True)]
        if max(abs(s) for s in step) < 1e-9:
            break
    return weights


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gaussian elimination with pivots; the matrix is positive definite here."""
    size = len(right)
    work = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for at in range(size):
        pivot = max(range(at, size), key=lambda i: abs(work[i][at]))
        work[at], work[pivot] = work[pivot], work[at]
        for i in range(at + 1, size):
            factor = work[i][at] / work[at][at]
            if factor:
                work[i] = [a - factor * b for a, b in zip(work[i], work[at], strict=True)]
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (work[i][size] - sum(work[i][j] * found[j] for j in range(i + 1, size))) / work[i][i]
    return found
