"""The questions that can be chosen from, sorted once by topic and level, so that a choice looks at few of them."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from interview.question import Level, Question

Ranked = tuple[tuple[Question, int], ...]
"""Questions, each with the rank of its level."""

FAR = len(Level)
"""A distance that reaches every level."""


class Pool:
    """Questions that are not retired, in the order given; never changes."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self.questions = tuple(question for question in questions if not question.retired)
        self._ids = MappingProxyType({question.id: question for question in self.questions})
        topics: dict[str, list[tuple[Question, int]]] = {}
        for question in self.questions:
            topics.setdefault(question.topic, []).append((question, question.level.rank))
        self._topics: dict[str, Ranked] = {topic: tuple(found) for topic, found in topics.items()}
        self._near: dict[tuple[str, int, int], frozenset[str]] = {}

    @property
    def topics(self) -> Iterable[str]:
        """The topics that have questions."""
        return self._topics.keys()

    def find(self, question_id: str) -> Question | None:
        """The question, if it can be chosen."""
        return self._ids.get(question_id)

    def of_topic(self, topic: str) -> Ranked:
        """The questions of one topic, in order."""
        return self._topics[topic]

    def ids_near(self, topic: str, level: Level, reach: int) -> frozenset[str]:
        """The questions of a topic whose level lies at most so far from that one."""
        key = (topic, level.rank, reach)
        if key not in self._near:
            self._near[key] = frozenset(
                question.id for question, rank in self._topics[topic] if abs(rank - level.rank) <= reach
            )
        return self._near[key]
