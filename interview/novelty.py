"""What in a pool of questions is new to a learner, and within reach of their level."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from interview.learning import Learning
from interview.pool import FAR, Pool
from interview.question import Question


class Novelty:
    """The questions that were not set aside, never rated, and not put lately."""

    def __init__(self, pool: Pool, learning: Learning, today: date) -> None:
        self._pool = pool
        self._level = learning.level
        known = {*learning.set_aside, *learning.cards}
        self._old = known.union(
            each for each in learning.last_seen if each not in known and learning.rests(each, today)
        )

    def topics(self, among: Collection[str], reach: int) -> frozenset[str]:
        """Those topics that have something new at most so many levels away."""
        return frozenset(
            topic for topic in among if not self._pool.ids_near(topic, self._level, reach).issubset(self._old)
        )

    def of_topic(self, topic: str, reach: int) -> list[tuple[Question, int]]:
        """What is new in a topic at most so many levels away, each with its distance."""
        own = self._level.rank
        return [
            (question, abs(rank - own))
            for question, rank in self._pool.of_topic(topic)
            if abs(rank - own) <= reach and question.id not in self._old
        ]


def wanted_topics(pool: Pool, learning: Learning) -> frozenset[str]:
    """The topics of the mix that have questions for the learner; all topics where none has."""
    wanted = frozenset(
        topic
        for topic in pool.topics
        if learning.wants(topic)
        and not pool.ids_near(topic, learning.level, FAR).issubset(learning.set_aside)
    )
    return wanted or frozenset(pool.topics)
