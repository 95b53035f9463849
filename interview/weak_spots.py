"""Where a learner loses points: a careful estimate of recall for each topic and each large facet."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from interview.learning import STRONG
from interview.rating import Rating

HALF_LIFE = 30
"""Study days after which a rating counts half."""

WINDOW = timedelta(days=180)
"""Older ratings count no more: after six half-lives a weight is below 2 %."""

LEAST_RATINGS = 3
"""With fewer ratings a topic or facet has no estimate."""

FACET_QUESTIONS = 8
"""A facet is estimated by itself from so many questions in the bank."""

WEAK = 0.6
"""Below it an estimate is worth a warning."""

_SHRINK = 5.0  # the learner's mean weighs as much as five ratings of today
_USUAL, _USUAL_WEIGHT = 0.7, 5.0  # the mean of someone who has rated nothing, and how many ratings it weighs
_ROUGHLY_FROM, _SURE_FROM = 5.0, 15.0
_SCORES = {Rating.AGAIN: 0.0, Rating.HARD: 0.5, Rating.GOOD: 1.0, Rating.EASY: 1.0}
_Z80 = 1.2816  # the normal quantile of a central 80 %


class Sureness(StrEnum):
    """How far an estimate can be trusted, in the words a learner reads."""

    NOT_YET = "not sure yet"
    ROUGHLY = "roughly sure"
    SURE = "sure"


@dataclass(frozen=True, slots=True)
class Rated:
    """One rating that was not taken back."""

    topic: str
    facet: str
    rating: Rating
    study_day: date


@dataclass(frozen=True, slots=True)
class Estimate:
    """Recall, 0 to 1, of a topic, or of one facet of it.

    `ratings` counts what it rests on; `weight` counts the same with older ratings for less: one of today is 1.
    """

    topic: str
    facet: str | None
    recall: float
    ratings: int
    weight: float

    @property
    def sureness(self) -> Sureness:
        """By weight: not sure yet below 5 ratings of today, sure from 15."""
        if self.weight < _ROUGHLY_FROM:
            return Sureness.NOT_YET
        return Sureness.ROUGHLY if self.weight < _SURE_FROM else Sureness.SURE

    @property
    def interval(self) -> tuple[float, float]:
        """Where the recall lies with 80 %: the beta posterior's mean and deviation, taken as normal, within 0 to 1."""
        deviation = math.sqrt(self.recall * (1 - self.recall) / (_SHRINK + self.weight + 1))
        return max(0.0, self.recall - _Z80 * deviation), min(1.0, self.recall + _Z80 * deviation)


def score(rating: Rating) -> float:
    """What a rating counts for recall: Missed nothing, Partly half, Got it and Easy all."""
    return _SCORES[rating]


def mean(history: Iterable[Rated], today: date) -> float:
    """The learner's own mean over all topics, recent ratings for more; 70 % while nothing is rated.

    That start weighs five ratings, so that a first Missed is not the end of the world.
    """
    return _mean(*_sums(history, today))


def estimate(
    ratings: Sequence[Rated], learner_mean: float, today: date, *, topic: str, facet: str | None = None
) -> Estimate:
    """The recall behind these ratings, shrunk towards the learner's mean m; m itself where there are none.

    A rating that is d study days old weighs w = 2^(-d/30). Under the prior Beta(5 m, 5 (1 - m)) the posterior mean is
    (5 m + sum of w * score) / (5 + sum of w): the usual shrinkage of small groups towards their common mean (Gelman et
    al., Bayesian Data Analysis, chapters 2 and 5; Casella, An Introduction to Empirical Bayes Data Analysis, 1985).
    The strength 5 is set, not fitted: a dozen topics with a few ratings each tell little about their spread, and a
    fitted one could lower an estimate after a better rating. Half-life and strength are this project's own choice.
    """
    total, weight = _sums(ratings, today)
    recall = _shrunk(learner_mean, total, weight)
    return Estimate(topic, facet, recall, sum(_counts(one.study_day, today) for one in ratings), weight)


def estimates(
    history: Sequence[Rated], today: date, facets: Collection[tuple[str, str]] = ()
) -> tuple[Estimate, ...]:
    """An estimate for each topic, and for each of `facets` (topic and facet), with at least three ratings."""
    own = mean(history, today)
    groups: dict[tuple[str, str | None], list[Rated]] = {}
    for one in history:
        groups.setdefault((one.topic, None), []).append(one)
        if (one.topic, one.facet) in facets:
            groups.setdefault((one.topic, one.facet), []).append(one)
    found = [
        estimate(ratings, own, today, topic=topic, facet=facet)
        for (topic, facet), ratings in sorted(
            groups.items(), key=lambda group: (group[0][0], group[0][1] or "")
        )
    ]
    return tuple(each for each in found if each.ratings >= LEAST_RATINGS)


def of_topics(rated: Iterable[tuple[str, Rating, date]], today: date) -> dict[str, float]:
    """The recall in `estimates` of each topic, and nothing else, from topics, ratings and their study days."""
    topics: dict[str, tuple[list[float], list[float]]] = {}
    for topic, rating, day in rated:
        if not _counts(day, today):
            continue
        weight = _weight_after((today - day).days)
        values, weights = topics.setdefault(topic, ([], []))
        values.append(weight * _SCORES[rating])
        weights.append(weight)
    own = _mean(
        math.fsum(value for values, _ in topics.values() for value in values),
        math.fsum(weight for _, weights in topics.values() for weight in weights),
    )
    return {
        topic: _shrunk(own, math.fsum(values), math.fsum(weights))
        for topic, (values, weights) in topics.items()
        if len(values) >= LEAST_RATINGS
    }


def weakest(found: Iterable[Estimate], count: int = 3) -> tuple[Estimate, ...]:
    """The lowest estimates below 90 %, lowest first, never a topic together with a facet of its own.

    Where a topic and its facet stand alike the facet is named: it says more.
    """
    chosen: list[Estimate] = []
    for each in sorted(found, key=lambda one: (one.recall, one.facet is None, one.topic, one.facet or "")):
        if each.recall < STRONG and not any(_overlap(each, other) for other in chosen):
            chosen.append(each)
    return tuple(chosen[:count])


def _overlap(one: Estimate, other: Estimate) -> bool:
    return one.topic == other.topic and (one.facet is None or other.facet is None)


def _mean(total: float, weight: float) -> float:
    return (_USUAL_WEIGHT * _USUAL + total) / (_USUAL_WEIGHT + weight)


def _shrunk(own: float, total: float, weight: float) -> float:
    return (_SHRINK * own + total) / (_SHRINK + weight)


def _sums(ratings: Iterable[Rated], today: date) -> tuple[float, float]:
    """The weighted sum of scores, and the sum of weights."""
    weighed = [(_weight(one, today), score(one.rating)) for one in ratings]
    return math.fsum(weight * value for weight, value in weighed), math.fsum(weight for weight, _ in weighed)


def _weight(rated: Rated, today: date) -> float:
    return _weight_after((today - rated.study_day).days)


@cache
def _weight_after(days: int) -> float:
    # A later day than today stands in the log after a journey west
    return math.exp2(-max(0, days) / HALF_LIFE) if days <= WINDOW.days else 0.0


def _counts(day: date, today: date) -> bool:
    return today - day <= WINDOW
