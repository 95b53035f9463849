"""The default engine: words, stems and what authors wrote beside each key point. No model, no network."""

from __future__ import annotations

from collections.abc import Sequence

from interview.question import KeyPoint
from interview.rating import Rating
from judging.evidence import SHORT_UP_TO, Evidence, evidence_of
from judging.guards import Guard, capped, guard_of
from judging.judgement import MISSED_BELOW, Judgement, PointJudgement, State, state_of
from judging.quotes import quote
from judging.reading import Reading, read
from judging.rubric import rubric_of
from judging.suggested import rating_of
from judging.weights import Weights, fitted, probability

CONTRADICTED_FROM = 0.5
_GAVE_UP = 0.02
_UNSURE_LOW, _UNSURE_HIGH = MISSED_BELOW + 0.01, 0.49


def judge_by_words(
    stem: str, key_points: Sequence[KeyPoint], reply: str, hints_used: int = 0, weights: Weights | None = None
) -> Judgement:
    """Judges one reply; `weights` other than the fitted ones are for measuring."""
    text = capped(reply)
    guard = guard_of(text)
    if guard is Guard.GAVE_UP:
        return Judgement(tuple(PointJudgement(State.MISSED, _GAVE_UP) for _ in key_points), Rating.AGAIN)
    rubric = rubric_of(stem, key_points)
    reading = read(text, rubric.vocabulary)
    known = weights or fitted()
    short = len(key_points) <= SHORT_UP_TO
    found = [_judged(evidence, short, text, reading, known) for evidence in evidence_of(rubric, reading)]
    if guard is Guard.TOO_SHORT and _one_word_answers(key_points, found):
        guard = None
    if guard is not None:
        return Judgement(tuple(_held_back(point) for point in found), None)
    return Judgement(tuple(found), rating_of(key_points, found, hints_used))


def _one_word_answers(key_points: Sequence[KeyPoint], found: Sequence[PointJudgement]) -> bool:
    """One word is enough where a sentence is a full answer and the word is in it: "repel"."""
    return len(key_points) <= SHORT_UP_TO and any(point.state is State.COVERED for point in found)


def _judged(evidence: Evidence, short: bool, text: str, reading: Reading, weights: Weights) -> PointJudgement:
    p = probability(evidence.values, weights.covered_short if short else weights.covered)
    against = probability(evidence.values, weights.contradicted) if evidence.wrong_place else 0.0
    if against >= CONTRADICTED_FROM and against > p:
        said = quote(text, reading, evidence.wrong_place)
        return PointJudgement(State.CONTRADICTED, min(p, 1 - against, MISSED_BELOW - 0.01), said)
    state = state_of(p, short)
    return PointJudgement(state, p, None if state is State.MISSED else quote(text, reading, evidence.place))


def _held_back(point: PointJudgement) -> PointJudgement:
    """A guarded reply: nothing is said of any point, in either direction."""
    return PointJudgement(State.UNSURE, min(max(point.p, _UNSURE_LOW), _UNSURE_HIGH))
