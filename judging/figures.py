"""How good a judge is, in figures: against labelled replies, whole questions left out where it is fitted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from judging.fitting import examples_of, fit
from judging.judgement import Judgement, State
from judging.labelled import Labelled
from judging.lexical import judge_by_words
from judging.weights import Weights

_PARTS = 12
Judging = Callable[[Labelled], Judgement]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1 over points unless said otherwise; None where nothing was there to count.

    `balanced_accuracy` and `f1` count a point as ticked from p = 0.5, `balanced_as_said` and `f1_as_said` where the
    judge says that it is covered.
    `decided` are points said to be covered, missed or contradicted; `covered_right` is the share of the points
    said to be covered that are; `caught` and `wrongly_ticked` are of the points that a reply contradicts.
    """

    replies: int
    points: int
    auc: float | None
    balanced_accuracy: float | None
    f1: float | None
    balanced_as_said: float | None
    f1_as_said: float | None
    decided: float
    covered_right: float | None
    caught: float | None
    wrongly_ticked: float | None
    rating_exact: float | None
    rating_near: float | None


def figures(replies: Sequence[Labelled], judging: Judging) -> Figures:
    """The figures of a judge over labelled replies."""
    judged = [judging(reply) for reply in replies]
    points = [
        (point, covered, contradicted)
        for reply, judgement in zip(replies, judged, strict=True)
        for point, covered, contradicted in zip(
            judgement.points, reply.covered, reply.contradicted, strict=True
        )
    ]
    marks = [covered for _, covered, _ in points]
    ticks = [point.p >= 0.5 for point, _, _ in points]
    said = [point.state is State.COVERED for point, _, _ in points]
    contradicted = [point.state for point, _, against in points if against]
    apart = [
        abs(judgement.rating - reply.rating)
        for reply, judgement in zip(replies, judged, strict=True)
        if judgement.rating is not None and reply.rating is not None
    ]
    return Figures(
        replies=len(replies),
        points=len(points),
        auc=area([point.p for point, _, _ in points], marks),
        balanced_accuracy=_balanced(ticks, marks),
        f1=_f1(ticks, marks),
        balanced_as_said=_balanced(said, marks),
        f1_as_said=_f1(said, marks),
        decided=sum(point.state is not State.UNSURE for point, _, _ in points) / max(1, len(points)),
        covered_right=_share([mark for mark, ticked in zip(marks, said, strict=True) if ticked]),
        caught=_share([state is State.CONTRADICTED for state in contradicted]),
        wrongly_ticked=_share([state is State.COVERED for state in contradicted]),
        rating_exact=_share([steps == 0 for steps in apart]),
        rating_near=_share([steps <= 1 for steps in apart]),
    )


def cross_validated(replies: Sequence[Labelled]) -> Figures:
    """The figures where each question is judged by weights that were fitted without it: the questions are dealt
    out in turn to a dozen parts."""
    examples = examples_of(replies)
    questions = list(dict.fromkeys(example.question for example in examples))
    weights: dict[str, Weights] = {}
    for first in range(min(_PARTS, len(questions))):
        part = set(questions[first::_PARTS])
        fitted = fit(example for example in examples if example.question not in part)
        weights.update(dict.fromkeys(part, fitted))
    return figures(
        replies,
        lambda reply: judge_by_words(
            reply.asked.question,
            reply.asked.key_points,
            reply.asked.reply,
            weights=weights[reply.asked.question],
        ),
    )


def area(scores: Sequence[float], marks: Sequence[bool]) -> float | None:
    """The area under the ROC curve, ties counted half; None where all marks are the same."""
    ordered = sorted(range(len(scores)), key=lambda i: scores[i])
    ranks = [0.0] * len(scores)
    start = 0
    while start < len(ordered):
        end = start
        while end + 1 < len(ordered) and scores[ordered[end + 1]] == scores[ordered[start]]:
            end += 1
        for i in range(start, end + 1):
            ranks[ordered[i]] = (start + end) / 2 + 1
        start = end + 1
    yes = sum(marks)
    no = len(marks) - yes
    if not yes or not no:
        return None
    return (sum(rank for rank, mark in zip(ranks, marks, strict=True) if mark) - yes * (yes + 1) / 2) / (
        yes * no
    )


def _balanced(ticks: Sequence[bool], marks: Sequence[bool]) -> float | None:
    caught = _share([tick for tick, mark in zip(ticks, marks, strict=True) if mark])
    spared = _share([not tick for tick, mark in zip(ticks, marks, strict=True) if not mark])
    return None if caught is None or spared is None else (caught + spared) / 2


def _f1(ticks: Sequence[bool], marks: Sequence[bool]) -> float | None:
    both = sum(tick and mark for tick, mark in zip(ticks, marks, strict=True))
    either = sum(ticks) + sum(marks)
    return 2 * both / either if either else None


def _share(found: Sequence[bool]) -> float | None:
    return sum(found) / len(found) if found else None
