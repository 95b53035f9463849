"""What the judge says of a bank: own answers, other questions' answers, samples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from interview.question import KeyPoint, Question
from judging.clauses import Clause, clauses
from judging.engines import judge
from judging.evidence import FEATURES, evidence_of
from judging.figures import Figures, figures
from judging.judgement import COVERED_FROM, State
from judging.labelled import Asked, Labelled
from judging.reading import read_clauses
from judging.rubric import PointTexts, rubric_of
from judging.weights import fitted, probability

# The first look costs a hundredth of a judgement. On a hundred questions of neighbouring topics it let 6 % of the
# pairs through and lost 3 of the 45 that count, each ticked on the strength of synonyms.
_LIKELY = 1.0
_WORDS_COUNT, _PHRASE_COUNTS = 3.5, 1.5
_HEAVY_FROM, _HEAVY, _LIGHT = 0.55, 0.9, 0.3


@dataclass(frozen=True, slots=True)
class CrossTick:
    """A question whose points are found in another's answer: half of them, or all musts. Points count from 0."""

    question: str
    answer_of: str
    ticked: tuple[int, ...]


def own_answer_gaps(question: Question) -> list[int]:
    """The key points, counted from 0, that the question's own reference answer does not tick."""
    return _gaps(question, question.key_points)


def own_answer_gaps_without_also(question: Question) -> list[int]:
    """The same where all `also` lines are ignored: no more than half may be missing."""
    return _gaps(question, [replace(point, also=()) for point in question.key_points])


def cross_ticks(questions: Sequence[Question]) -> list[CrossTick]:
    """The pairs in which one question's answer ticks half of another's points or all its musts.

    Only pairs that share enough words are judged: some 15 s of one core for 400 questions.
    """
    search = _Search(questions)
    return [
        CrossTick(question.id, other.id, ticked)
        for question in questions
        for other in questions
        if question.id != other.id and (ticked := search.ticked(question, other))
    ]


def sample_agreement(questions: Sequence[Question]) -> Figures:
    """The figures of the judge over the samples of the bank, whose authors say what each covers."""
    replies = [
        Labelled(
            Asked(question.id, question.stem, question.key_points, sample.reply),
            kind="sample",
            covered=tuple(number in sample.covers for number in range(1, len(question.key_points) + 1)),
            contradicted=(False,) * len(question.key_points),
            rating=None,
        )
        for question in questions
        for sample in question.samples
    ]
    return figures(
        replies, lambda reply: judge(reply.asked.question, reply.asked.key_points, reply.asked.reply)
    )


def _gaps(question: Question, key_points: Sequence[KeyPoint]) -> list[int]:
    judged = judge(question.stem, key_points, question.answer)
    return [at for at, point in enumerate(judged.points) if point.state is not State.COVERED]


def _too_many(ticked: Sequence[int], key_points: Sequence[KeyPoint]) -> bool:
    musts = [at for at, point in enumerate(key_points) if point.must]
    return 2 * len(ticked) >= len(key_points) or (bool(musts) and set(musts) <= set(ticked))


@dataclass(frozen=True, slots=True)
class _Look:
    """One key point at a glance: its stems as bits, heavy and light, their weight, and its phrases with theirs."""

    heavy: int
    light: int
    total: float
    phrases: tuple[tuple[int, float], ...]

    def likely(self, said: int) -> bool:
        words = _HEAVY * (self.heavy & said).bit_count() + _LIGHT * (self.light & said).bit_count()
        phrase = max((weight for bits, weight in self.phrases if bits & said == bits), default=0.0)
        return _WORDS_COUNT * words / self.total + _PHRASE_COUNTS * phrase >= _LIKELY


class _Search:
    """Every answer against every question. Most pairs fall at the first look, on sets of stems kept as bits."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._rubrics = {one.id: rubric_of(one.stem, one.key_points) for one in questions}
        self._clauses = {one.id: clauses(one.answer) for one in questions}
        stems = {stem for rubric in self._rubrics.values() for stem in rubric.vocabulary.stems}
        self._bit = {stem: 1 << number for number, stem in enumerate(sorted(stems))}
        self._said = {id_: self._bits(_stems_of(parts)) for id_, parts in self._clauses.items()}
        self._looks = {
            id_: [self._look(texts) for texts in rubric.points] for id_, rubric in self._rubrics.items()
        }

    def ticked(self, question: Question, other: Question) -> tuple[int, ...]:
        """The points of `question` that the answer of `other` ticks where they are too many, else none."""
        said = self._said[other.id]
        likely = [at for at, look in enumerate(self._looks[question.id]) if look.likely(said)]
        if not _too_many(likely, question.key_points):
            return ()
        ticked = self._judged(question, other)
        return ticked if _too_many(ticked, question.key_points) else ()

    def _judged(self, question: Question, other: Question) -> tuple[int, ...]:
        rubric = self._rubrics[question.id]
        reading = read_clauses(self._clauses[other.id], rubric.vocabulary, typos=False)
        weights = fitted().covered
        return tuple(
            at
            for at, evidence in enumerate(evidence_of(rubric, reading))
            if probability(FEATURES, evidence.features, weights) >= COVERED_FROM
        )

    def _look(self, texts: PointTexts) -> _Look:
        weights: dict[str, float] = {}
        for line in texts.good:
            for term in line.terms:
                weights[term.stem] = max(weights.get(term.stem, 0.0), term.weight)
        return _Look(
            self._bits(stem for stem, weight in weights.items() if weight >= _HEAVY_FROM),
            self._bits(stem for stem, weight in weights.items() if weight < _HEAVY_FROM),
            sum(weights.values()) or 1.0,
            tuple((self._bits(phrase.stems), phrase.weight) for phrase in texts.phrases),
        )

    def _bits(self, stems: Iterable[str]) -> int:
        bits = 0
        for stem in stems:
            bits |= self._bit.get(stem, 0)
        return bits


def _stems_of(parts: Iterable[Clause]) -> set[str]:
    return {token.stem for clause in parts for token in clause.tokens}
