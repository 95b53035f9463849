"""All questions, by id, topic and facet; never changes once read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from interview.pool import Pool
from interview.question import Question


class Bank:
    """Questions by id. Retired ones are found by id, as old cards point at them, and appear nowhere else."""

    def __init__(self, questions: Iterable[Question]) -> None:
        ordered = sorted(questions, key=lambda question: question.id)
        self.questions: Mapping[str, Question] = MappingProxyType({one.id: one for one in ordered})
        self.live: tuple[Question, ...] = tuple(one for one in ordered if not one.retired)
        self.pool = Pool(self.live)
        self._topics: dict[str, tuple[Question, ...]] = {}
        self._facets: dict[tuple[str, str], tuple[Question, ...]] = {}
        for one in self.live:
            self._topics[one.topic] = (*self._topics.get(one.topic, ()), one)
            self._facets[one.topic, one.facet] = (*self._facets.get((one.topic, one.facet), ()), one)

    def __len__(self) -> int:
        return len(self.live)

    def __iter__(self) -> Iterator[Question]:
        return iter(self.live)

    def __contains__(self, question_id: object) -> bool:
        return question_id in self.questions

    def get(self, question_id: str) -> Question:
        """The question, retired or not; KeyError where the bank never had it."""
        return self.questions[question_id]

    def find(self, question_id: str) -> Question | None:
        return self.questions.get(question_id)

    def of_topic(self, topic: str) -> tuple[Question, ...]:
        return self._topics.get(topic, ())

    def of_facet(self, topic: str, facet: str) -> tuple[Question, ...]:
        return self._facets.get((topic, facet), ())
