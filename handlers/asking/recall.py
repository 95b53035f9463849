"""What a learner recalls of each topic, read from what they have rated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from content.bank import Bank
from handlers.kit.context import Dependencies
from interview import weak_spots
from interview.weak_spots import Estimate, Rated
from storage import statistics
from storage.database import Transaction
from storage.statistics import RatedQuestion


@dataclass(frozen=True, slots=True)
class Recall:
    """A learner's ratings that still count, the oldest first, and what they say of topics and large facets."""

    history: tuple[Rated, ...]
    estimates: tuple[Estimate, ...]

    @property
    def topics(self) -> Mapping[str, Estimate]:
        """The estimates of whole topics, by slug."""
        return {each.topic: each for each in self.estimates if each.facet is None}


async def read_recall(tx: Transaction, on: Dependencies, learner_id: int, today: date) -> Recall:
    """The recall of this learner on study day `today`."""
    return recall_of(on.bank, await statistics.ratings(tx, learner_id, today - weak_spots.WINDOW), today)


async def read_topics(tx: Transaction, on: Dependencies, learner_id: int, today: date) -> dict[str, float]:
    """What the estimates of whole topics come to (0 to 1), which is all that choosing needs, by slug."""
    rated = await statistics.recalled(tx, learner_id, today - weak_spots.WINDOW)
    asked = ((on.bank.find(question_id), rating, day) for question_id, rating, day in rated)
    return weak_spots.of_topics(((found.topic, rating, day) for found, rating, day in asked if found), today)


def recall_of(bank: Bank, ratings: Iterable[RatedQuestion], today: date) -> Recall:
    """The same from ratings read already; questions that left the bank are passed over."""
    asked = [(bank.find(each.question_id), each) for each in ratings]
    history = tuple(
        Rated(question.topic, question.facet, each.rating, each.study_day)
        for question, each in asked
        if question
    )
    facets = {
        (one.topic, one.facet)
        for one in history
        if len(bank.of_facet(one.topic, one.facet)) >= weak_spots.FACET_QUESTIONS
    }
    return Recall(history, weak_spots.estimates(history, today, facets))
