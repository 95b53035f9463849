"""What in a reply speaks for and against each key point, as a few numbers between 0 and 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from judging.phrases import PhraseFound, phrase_said
from judging.places import (
    NOWHERE,
    Found,
    Marks,
    Window,
    best_place,
    marks_of,
    recall,
    said,
    said_in_order,
    windows,
)
from judging.reading import Reading
from judging.rubric import PointTexts, Rubric

SHORT_UP_TO = 2  # points
_SENTENCE = 10  # words
_LONG = 80  # words
_EXCESS = 3  # times as many again
_LITTLE = 0.1  # of a line: polarity says less where less was found

FEATURES = (
    "one",  # the intercept
    "point",  # the share of the point said in its best place
    "also",  # the same of the best rewording
    "union",  # the share of all their words said anywhere
    "precise",  # the share of the words in that place that belong to the point
    "phrase",  # how surely a phrase of the point is typed
    "wrong_over",  # how much more of the wrong line than of the right ones stands where the wrong one does
    "denied",  # the share of what was found in the best line that the reply denies and the line affirms, or the reverse
    "claimed",  # how much better the best place fits another point of the question
    "elsewhere",  # how well the other points of the question are said, on average
    "elsewhere_wrong",  # how much of their wrong lines is said, on average
    "length",  # of the reply, as a share of a long one
    "excess",  # of the reply beyond that: where much is said, more words are met by chance
    "bare",  # 1 where the author gave neither phrases nor rewordings
    "unwarned",  # 1 where the author gave no wrong line
)
SHORT_FEATURES = (  # where a sentence is a full answer: there are one or two points
    "one",
    "point",
    "also",
    "union",
    "precise",
    "phrase",
    "wrong_over",
    "denied",
    "claimed",
    "sentence",  # the length of the reply, as a share of a short sentence
    "bare",
    "unwarned",
)
AGAINST = (
    "one",
    "wrong",  # the share of the wrong line said in its best place
    "wrong_over",
    "wrong_lead",  # the same by words that only one of them has; negative where the right ones outweigh the wrong
    "wrong_order",  # the same, counting only words in the order of the line
    "denied",
    "elsewhere",
    "elsewhere_wrong",
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one key point in one reply: the values of all evidence by name, and both places."""

    values: dict[str, float]
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
    found = [_of_point(at, rubric, reading, places, searches) for at in range(len(rubric.points))]
    return [_finished(at, found) for at in range(len(found))]


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
    phrases = [phrase_said(phrase, reading) for phrase in texts.phrases]
    place = _place(best, phrases)
    wrong, wrong_over, wrong_lead, wrong_order = _wrong(texts, search, reading, places)
    words = sum(len(clause.tokens) for clause in reading.clauses)
    values = {
        "one": 1.0,
        "point": search.found[0].agreeing,
        "also": max((found.agreeing for found in search.found[1:]), default=0.0),
        "union": _union(texts, reading),
        "precise": _precise(texts, rubric, reading, place),
        "phrase": max((phrase.strength for phrase in phrases), default=0.0),
        "wrong": wrong.agreeing,
        "wrong_over": wrong_over,
        "wrong_lead": wrong_lead,
        "wrong_order": wrong_order,
        "denied": (best.recall - best.agreeing) / (best.recall + _LITTLE),
        "claimed": _claimed(at, best, rubric, searches),
        "sentence": min(1.0, words / _SENTENCE),
        "length": min(1.0, words / _LONG),
        "excess": min(1.0, max(0.0, words / _LONG - 1.0) / _EXCESS),
        "unwarned": float(texts.wrong is None),
        "bare": float(not texts.phrases and len(texts.good) == 1),
    }
    return Evidence(values, place, wrong.window)


def _finished(at: int, points: Sequence[Evidence]) -> Evidence:
    """One point's evidence in the light of the others."""
    own, others = points[at], [point.values for other, point in enumerate(points) if other != at]
    values = dict(own.values)
    values["elsewhere"] = _average([max(other["point"], other["also"]) for other in others])
    values["elsewhere_wrong"] = _average([other["wrong_over"] for other in others])
    return Evidence(values, own.place, own.wrong_place)


def _average(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


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
            recall(line, marks, best.window)
            for other, (texts, search) in enumerate(zip(rubric.points, searches, strict=True))
            if other != at
            for line, marks in zip(texts.good, search.marks, strict=True)
        ),
        default=0.0,
    )
    return max(0.0, rival - best.recall)


def _place(best: Found, phrases: Sequence[PhraseFound]) -> Window | None:
    """The words that show a point: where its best line is said, or its phrase where that is surer."""
    surest = max(phrases, key=lambda found: found.strength, default=None)
    if surest is None or surest.clause is None or surest.strength <= best.recall:
        return best.window
    if best.window is not None and best.window[0] <= surest.clause <= best.window[1]:
        return best.window
    return surest.clause, surest.clause


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
