"""What choosing a question needs to know of one learner."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from interview.card import Card
from interview.question import Level
from interview.rating import Rating

REST_DAYS = 7
"""What was seen within so many study days is not put again, unless it is due."""

WEAK_TOPICS = 3
STRONG = 0.9
"""A topic recalled as well as spacing aims at is not weak, however the others do."""

LEECH = 6
"""So many lapses make a question a leech: it costs more than it teaches."""

RIGHT_TIMES = 2
"""What was missed is a mistake until it was recalled so many times since."""


def mistakes(rated: Iterable[tuple[str, Rating]]) -> tuple[str, ...]:
    """The questions that are still mistakes, the last missed first, from all ratings that stand, the oldest first.

    Missed puts a question into the pool and begins its count anew, Got it and Easy count, Partly changes nothing.
    """
    right: dict[str, int] = {}
    for question_id, rating in rated:
        if rating is Rating.AGAIN:
            right.pop(question_id, None)  # so that it stands last
            right[question_id] = 0
        elif question_id in right and rating >= Rating.GOOD:
            right[question_id] += 1
    return tuple(question_id for question_id, times in reversed(right.items()) if times < RIGHT_TIMES)


@dataclass(frozen=True, slots=True)
class Learning:
    """All that choosing needs to know of one learner.

    `last_seen` holds the study day on which a question was last put, answered or not. `mix` weighs the
    topics for new questions: a topic it leaves out is not wanted, an empty mix wants all alike.
    `topic_recall` holds estimates from 0 to 1 where there are enough ratings. `mistakes` are questions
    missed and not yet right often enough. `unanswered` are the newest dailies before today that were not rated.
    `due` names the questions whose cards are due, for whoever knows already: None leaves that to the cards.
    """

    cards: Mapping[str, Card] = field(default_factory=dict)
    last_seen: Mapping[str, date] = field(default_factory=dict)
    level: Level = Level.MIDDLE
    mix: Mapping[str, float] = field(default_factory=dict)
    topic_recall: Mapping[str, float] = field(default_factory=dict)
    set_aside: Collection[str] = frozenset()
    mistakes: Collection[str] = frozenset()
    unanswered: Collection[str] = frozenset()
    last_topic: str | None = None
    due: Collection[str] | None = None

    def wants(self, topic: str) -> bool:
        """Whether the topic is in the mix."""
        return not self.mix or self.mix.get(topic, 0) > 0

    def weak_topics(self) -> frozenset[str]:
        """The three topics of the mix with the lowest estimates, without those that are strong."""
        known = [
            (estimate, topic)
            for topic, estimate in self.topic_recall.items()
            if estimate < STRONG and self.wants(topic)
        ]
        return frozenset(topic for _, topic in sorted(known)[:WEAK_TOPICS])

    def seen_on(self, question_id: str) -> date | None:
        """The study day on which the question was last put or rated."""
        card, seen = self.cards.get(question_id), self.last_seen.get(question_id)
        if card is None or (seen is not None and seen >= card.reviewed_on):
            return seen
        return card.reviewed_on

    def seen_today(self, question_id: str, today: date) -> bool:
        """Whether the question was put or rated on this study day (or a later one, before a journey west)."""
        seen = self.seen_on(question_id)
        return seen is not None and seen >= today

    def rests(self, question_id: str, today: date) -> bool:
        """Whether the question was seen too lately to be put again undue."""
        seen = self.seen_on(question_id)
        return seen is not None and (today - seen).days < REST_DAYS

    def due_on(self, today: date) -> Collection[str]:
        """The questions whose cards are due."""
        if self.due is not None:
            return self.due
        return [question_id for question_id, card in self.cards.items() if card.due <= today]

    def is_due(self, question_id: str, today: date) -> bool:
        """Whether the question has a card that is due."""
        card = self.cards.get(question_id)
        return card is not None and card.due <= today
