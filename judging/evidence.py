"""What in a reply speaks for and against each key point, as a few numbers between 0 and 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from judging.places import NOWHERE, Found, Marks, Window, best_place, marks_of, said, said_in_order, windows
from judging.reading import Reading
from judging.rubric import Phrase, PointTexts, Rubric

_NEAR = 4  # words between the parts of a phrase
_DENIED_COUNTS = 0.4
_LONG = 50  # words
_LITTLE = 0.1  # of a line: polarity says less where less was found

FEATURES = (
    "one",  # the intercept
    "point",  # the share of the point said in its best place
    "also",  # the same of the best rewording
    "union",  # the share of all their words said anywhere
    "precise",  # the share of the words in that place that belong to the point
    "phrase",  # a phrase of several words
    "word",  # a phrase of one word
    "wrong_over",  # how much more of the wrong line than of the right ones stands where the wrong one does
    "wrong_own",  # the same, counting only words that one of them has and the other has not
    "wrong_order",  # the same, counting only words in the order of the line
    "denied",  # the share of what was found in the best line that the reply denies and the line affirms, or the reverse
    "claimed",  # how much better the best place fits another point of the question
    "bare",  # 1 where the author gave neither phrases nor rewordings
    "alone",  # one over the number of points
    "length",  # of the reply, up to 50 words
)
AGAINST = ("one", "wrong", "wrong_over", "wrong_own", "wrong_order")


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one key point in one reply; `features` and `against` go with the weights of these names."""

    features: tuple[float, ...]
    against: tuple[float, ...]
    place: Window | None
    wrong_place: Window | None


@dataclass(frozen=True, slots=True)
class _Search:
    """One point's right lines in the reply: what stands where, and the best place for each."""

    marks: tuple[Marks, ...]
    found: tuple[Found, ...]


def evidence_of(rubric: Rubric, reading: Reading) -> list[Evidence]:
    """The evidence for each key point, in order."""
    places = windows(reading)
    searches = [_search(texts, reading, places) for texts in rubric.points]
    return [_of_point(at, rubric, reading, places, searches) for at in range(len(rubric.points))]


def _search(texts: PointTexts, reading: Reading, places: Sequence[Window]) -> _Search:
    marks = tuple(marks_of(line, reading) for line in texts.good)
    return _Search(
        marks, tuple(best_place(line, m, places) for line, m in zip(texts.good, marks, strict=True))
    )


def _of_point(
    at: int, rubric: Rubric, reading: Reading, places: Sequence[Window], searches: Sequence[_Search]
) -> Evidence:
    texts, search = rubric.points[at], searches[at]
    best = max(search.found, key=lambda found: found.recall)
    phrases = [(phrase, *phrase_said(phrase, reading)) for phrase in texts.phrases]
    place = _place(best, phrases)
    wrong, wrong_over, wrong_own, wrong_order = _wrong(texts, search, reading, places)
    words = sum(len(clause.tokens) for clause in reading.clauses)
    features = (
        1.0,
        search.found[0].agreeing,
        max((found.agreeing for found in search.found[1:]), default=0.0),
        _union(texts, reading),
        _precise(texts, rubric, reading, place),
        max((s * phrase.weight for phrase, s, _ in phrases if len(phrase.stems) > 1), default=0.0),
        max((s * phrase.weight for phrase, s, _ in phrases if len(phrase.stems) == 1), default=0.0),
        max(0.0, wrong_over),
        max(0.0, wrong_own),
        max(0.0, wrong_order),
        (best.recall - best.agreeing) / (best.recall + _LITTLE),
        _claimed(at, best, rubric, searches),
        float(not texts.phrases and len(texts.good) == 1),
        1 / len(rubric.points),
        min(1.0, words / _LONG),
    )
    return Evidence(
        features, (1.0, wrong.agreeing, wrong_over, wrong_own, wrong_order), best.window, wrong.window
    )


def _wrong(
    texts: PointTexts, search: _Search, reading: Reading, places: Sequence[Window]
) -> tuple[Found, float, float, float]:
    """Where the wrong line is said, how much more than the right ones there, and the same by their own words."""
    if texts.wrong is None:
        return NOWHERE, 0.0, 0.0, 0.0
    wrong = best_place(texts.wrong, marks_of(texts.wrong, reading), places)
    if wrong.window is None:
        return NOWHERE, 0.0, 0.0, 0.0
    place = wrong.window
    right = max(said(line, marks, place)[1] for line, marks in zip(texts.good, search.marks, strict=True))
    only_wrong, only_right = (
        said(line, marks_of(line, reading), place)[0] for line in (texts.wrong_own, texts.right_own)
    )
    in_order = said_in_order(texts.wrong, reading, place) - max(
        said_in_order(line, reading, place) for line in texts.good
    )
    return wrong, max(0.0, wrong.agreeing - right), only_wrong - only_right, in_order


def _claimed(at: int, best: Found, rubric: Rubric, searches: Sequence[_Search]) -> float:
    """How much better the place of one point fits another."""
    if best.window is None:
        return 0.0
    rival = max(
        (
            said(line, marks, best.window)[0]
            for other, (texts, search) in enumerate(zip(rubric.points, searches, strict=True))
            if other != at
            for line, marks in zip(texts.good, search.marks, strict=True)
        ),
        default=0.0,
    )
    return max(0.0, rival - best.recall)


def _place(best: Found, phrases: Sequence[tuple[Phrase, float, int | None]]) -> Window | None:
    """The words that show a point: where its best line is said, or its phrase where that is surer."""
    phrase, strength, clause = max(
        phrases, key=lambda found: found[1] * found[0].weight, default=(None, 0.0, None)
    )
    if phrase is None or clause is None or strength * phrase.weight <= best.recall:
        return best.window
    if best.window is not None and best.window[0] <= clause <= best.window[1]:
        return best.window
    return clause, clause


def phrase_said(phrase: Phrase, reading: Reading) -> tuple[float, int | None]:
    """How surely a phrase is typed, 0 to 1: all its stems near each other, in any order; and in which clause."""
    first, *rest = phrase.stems
    best, clause = 0.0, None
    for start in reading.hits.get(first, ()):
        strength = start.strength
        denied = start.denied
        for stem in rest:
            near = [hit for hit in reading.hits.get(stem, ()) if 0 < abs(hit.at - start.at) <= _NEAR]
            nearest = max(near, key=lambda hit: hit.strength, default=None)
            strength *= nearest.strength if nearest else 0.0
            denied = denied or (nearest is not None and nearest.denied)
        if denied and not phrase.may_be_denied:
            strength *= _DENIED_COUNTS
        if strength > best:
            best, clause = strength, start.clause
    return best, clause


def _union(texts: PointTexts, reading: Reading) -> float:
    weights: dict[str, float] = {}
    for line in texts.good:
        for term in line.terms:
            weights[term.stem] = weights.get(term.stem, 0.0) + term.weight
    total = sum(weights.values())
    if not total:
        return 0.0
    return (
        sum(w * reading.hits[stem][0].strength for stem, w in weights.items() if stem in reading.hits) / total
    )


def _precise(texts: PointTexts, rubric: Rubric, reading: Reading, place: Window | None) -> float:
    """Of the words in a place that are not the question's own, the share that belongs to the point."""
    if place is None:
        return 0.0
    first, last = place
    own = {term.stem for line in texts.good for term in line.terms}
    own.update(stem for phrase in texts.phrases for stem in phrase.stems)
    hit = {h.at for stem in own for h in reading.hits.get(stem, ()) if first <= h.clause <= last}
    at = sum(len(clause.tokens) for clause in reading.clauses[:first])
    total = matched = 0
    for clause in reading.clauses[first : last + 1]:
        for number, token in enumerate(clause.tokens, start=at):
            if not token.function and token.stem not in rubric.question:
                total += 1
                matched += number in hit
        at += len(clause.tokens)
    return matched / (total + 1)
