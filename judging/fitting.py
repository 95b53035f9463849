"""Fits the weights on labelled replies: ridge logistic regression in plain Python, the same every time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from math import exp

from interview.question import KeyPoint
from judging.evidence import AGAINST, FEATURES, SHORT_FEATURES, SHORT_UP_TO, Evidence, evidence_of
from judging.labelled import Asked, Labelled
from judging.reading import read
from judging.rubric import rubric_of
from judging.weights import Weights

RIDGE = 1.0
# A point that was said and not found annoys more than one that is found too easily.
_COVERED_COUNTS = 1.6
_COVERED_SHORT_COUNTS = 2.0
_LONGER_COUNTS = 0.2
_STRANGERS = 8  # to a question
_STRANGE_FROM = 40  # words
_ASIDE_FROM = 30  # words
_ASIDES = 4
_FREE = 0.001  # the intercept is all but unpunished
_STEPS = 25

Row = Sequence[float]


class Source(Enum):
    """Where an example comes from."""

    LABELLED = auto()
    THINNER = auto()
    """A labelled reply against a rubric from which some of what helps the judge was taken away."""
    RAMBLING = auto()
    """A labelled reply amid replies to other questions: it covers what it did alone."""
    STRAYING = auto()
    """Several replies to other questions in one: it covers nothing, however much is said."""
    STRANGE = auto()
    """A reply to another question: it covers nothing here, whatever words it shares."""


_COUNTS = {
    Source.LABELLED: 1.0,
    Source.THINNER: 0.5,
    Source.RAMBLING: 1.0,
    Source.STRAYING: 1.6,
    Source.STRANGE: 0.05,
}
_ALONE = (Source.LABELLED, Source.THINNER)


@dataclass(frozen=True, slots=True)
class Example:
    """One reply as the fit sees it: its question, and for each point the evidence and both marks."""

    question: str
    points: tuple[tuple[Evidence, bool, bool], ...]
    source: Source = Source.LABELLED

    @property
    def short(self) -> bool:
        """Whether a sentence is a full answer."""
        return len(self.points) <= SHORT_UP_TO


def examples_of(replies: Sequence[Labelled]) -> list[Example]:
    """The replies as they are labelled, then all that can be made of them."""
    return [
        *(_example(reply, reply.asked, Source.LABELLED) for reply in replies),
        *(_example(reply, asked, Source.THINNER) for reply in replies for asked in _thinner(reply.asked)),
        *_among_others(replies),
        *_strangers(replies),
    ]


def _example(reply: Labelled, asked: Asked, source: Source) -> Example:
    """The evidence that the engine would see, without guards, beside the labels."""
    marks = zip(_evidence(asked, asked.reply), reply.covered, reply.contradicted, strict=True)
    return Example(asked.question, tuple(marks), source)


def _nothing(asked: Asked, reply: str, source: Source) -> Example:
    return Example(
        asked.question, tuple((evidence, False, False) for evidence in _evidence(asked, reply)), source
    )


def _thinner(asked: Asked) -> Iterator[Asked]:
    """The points as less thorough authors would leave them, each different from what is there.

    Phrases and rewordings come from whoever wrote the replies too, so they fit them better than they fit a
    stranger's: the judge would be too sure of finding them, and miss what other people say in other words.
    """
    seen = {asked.key_points}
    for thin in (_unwarned, _bare, _first_half, _second_half):
        points = tuple(thin(point) for point in asked.key_points)
        if points not in seen:
            seen.add(points)
            yield replace(asked, key_points=points)


def _unwarned(point: KeyPoint) -> KeyPoint:
    return replace(point, wrong=None)


def _bare(point: KeyPoint) -> KeyPoint:
    return replace(point, phrases=(), also=(), wrong=None)


def _first_half(point: KeyPoint) -> KeyPoint:
    return replace(point, phrases=point.phrases[::2], also=())


def _second_half(point: KeyPoint) -> KeyPoint:
    return replace(point, phrases=point.phrases[1::2])


def _among_others(replies: Sequence[Labelled]) -> Iterator[Example]:
    """Long texts, which hardly anybody types and the judge must not be drowned by: labelled replies amid others, and
    the others alone, in turn."""
    longer = [reply for reply in replies if len(reply.asked.key_points) > SHORT_UP_TO]
    wordy = [reply.asked for reply in longer if len(reply.asked.reply.split()) >= _ASIDE_FROM]
    for number, reply in enumerate(longer):
        others = [asked.reply for asked in wordy if asked.question != reply.asked.question]
        if not others:
            continue
        asides = [others[(7 * number + 37 * aside) % len(others)] for aside in range(_ASIDES)]
        if number % 2:
            yield _nothing(reply.asked, "\n".join(asides), Source.STRAYING)
            continue
        at = number % (_ASIDES - 1)
        text = "\n".join([*asides[:at], reply.asked.reply, *asides[at : _ASIDES - 1]])
        yield _example(reply, replace(reply.asked, reply=text), Source.RAMBLING)


def _strangers(replies: Sequence[Labelled]) -> Iterator[Example]:
    longer = [reply.asked for reply in replies if len(reply.asked.key_points) > SHORT_UP_TO]
    long = [asked for asked in longer if len(asked.reply.split()) >= _STRANGE_FROM]
    first_asked = {asked.question: asked for asked in reversed(longer)}
    for number, question in enumerate(sorted(first_asked)):
        others = [asked for asked in long if asked.question != question]
        step = max(1, len(others) // _STRANGERS)
        for other in others[number % step :: step][:_STRANGERS]:
            yield _nothing(first_asked[question], other.reply, Source.STRANGE)


def _evidence(asked: Asked, reply: str) -> list[Evidence]:
    rubric = rubric_of(asked.question, asked.key_points)
    return evidence_of(rubric, read(reply, rubric.vocabulary))


def fit(examples: Iterable[Example]) -> Weights:
    """The weights for these examples. Raises ValueError where there is nothing to tell apart."""
    found = list(examples)
    wrong = [
        (evidence, mark)
        for example in found
        for evidence, _, mark in example.points
        if evidence.wrong_place is not None and example.source is Source.LABELLED
    ]
    return Weights(
        _covering(
            [(example, _COUNTS[example.source]) for example in found if not example.short],
            FEATURES,
            _COVERED_COUNTS,
        ),
        _covering(
            [(example, _counts_for_short(example)) for example in found],
            SHORT_FEATURES,
            _COVERED_SHORT_COUNTS,
        ),
        _named(AGAINST, [evidence for evidence, _ in wrong], [mark for _, mark in wrong]),
    )


def _counts_for_short(example: Example) -> float:
    """Longer questions teach a little about short ones too, as what a denial is worth."""
    if example.short:
        return _COUNTS[example.source]
    return _LONGER_COUNTS * _COUNTS[example.source] if example.source in _ALONE else 0.0


def _covering(
    examples: Iterable[tuple[Example, float]], names: Sequence[str], covered_counts: float
) -> dict[str, float]:
    """The weights by which points count as covered, from examples and how much each counts."""
    rows = [
        (evidence, mark, count * (covered_counts if mark else 1.0))
        for example, count in examples
        if count
        for evidence, mark, _ in example.points
    ]
    return _named(names, [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])


def _named(
    names: Sequence[str],
    found: Sequence[Evidence],
    marks: Sequence[bool],
    counting: Sequence[float] | None = None,
) -> dict[str, float]:
    rows = [[evidence.values[name] for name in names] for evidence in found]
    return dict(zip(names, regression(rows, marks, RIDGE, counting), strict=True))


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
