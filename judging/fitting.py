"""Fits the weights on labelled replies: ridge logistic regression in plain Python, the same every time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp

from judging.evidence import AGAINST, FEATURES, Evidence, evidence_of
from judging.labelled import Labelled
from judging.reading import read
from judging.rubric import rubric_of
from judging.weights import Weights

RIDGE = 1.0
_COVERED_COUNTS = 1.35  # a point that was said and not found annoys more than one found too easily
_FREE = 0.001  # the intercept is all but unpunished
_STEPS = 25

Row = Sequence[float]


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled reply as the fit sees it: its question, and for each point the evidence and both marks."""

    question: str
    points: tuple[tuple[Evidence, bool, bool], ...]


def example_of(reply: Labelled) -> Example:
    """The evidence that the engine would see, without guards, beside the labels."""
    rubric = rubric_of(reply.asked.question, reply.asked.key_points)
    found = evidence_of(rubric, read(reply.asked.reply, rubric.vocabulary))
    return Example(reply.asked.question, tuple(zip(found, reply.covered, reply.contradicted, strict=True)))


def fit(examples: Iterable[Example]) -> Weights:
    """The weights for these examples. Raises ValueError where there is nothing to tell apart."""
    points = [point for example in examples for point in example.points]
    wrong = [point for point in points if point[0].wrong_place is not None]
    covered = regression(
        [evidence.features for evidence, _, _ in points],
        [mark for _, mark, _ in points],
        RIDGE,
        _COVERED_COUNTS,
    )
    contradicted = regression(
        [evidence.against for evidence, _, _ in wrong], [mark for _, _, mark in wrong], RIDGE
    )
    return Weights(
        dict(zip(FEATURES, covered, strict=True)),
        dict(zip(AGAINST, contradicted, strict=True)),
    )


def regression(
    rows: Sequence[Row], marks: Sequence[bool], ridge: float, yes_counts: float = 1.0
) -> list[float]:
    """Logistic weights with a penalty of `ridge`/2 on the square of each but the first, which is the intercept.

    A row marked yes counts `yes_counts` times. Raises ValueError where all marks are the same.
    """
    if len(set(marks)) < 2:
        raise ValueError("There must be replies of both kinds to fit weights.")
    size = len(rows[0])
    penalty = [_FREE] + [ridge] * (size - 1)
    weights = [0.0] * size
    for _ in range(_STEPS):
        slope = [penalty[i] * weights[i] for i in range(size)]
        curve = [[penalty[i] if i == j else 0.0 for j in range(size)] for i in range(size)]
        for row, mark in zip(rows, marks, strict=True):
            p = 1 / (1 + exp(-max(-30.0, min(30.0, sum(w * x for w, x in zip(weights, row, strict=True))))))
            counts = yes_counts if mark else 1.0
            off, bend = counts * (p - mark), counts * p * (1 - p)
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
