"""Which question comes next, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

from interview.learning import Learning
from interview.novelty import Novelty, wanted_topics
from interview.pool import FAR, Pool
from interview.question import Question
from interview.spacing import recall

BACKLOG = 15
"""With more reviews due than this nothing new is added."""

WEAK_SHARE = 0.6
"""How much of what is new goes to the weak topics, where there are estimates."""

_LEVEL_WEIGHTS = (3, 1)  # one's own level, a neighbouring one


class Reason(StrEnum):
    """Why a question was chosen."""

    DUE = "due"
    NEW = "new"
    WEAK = "weak"  # new, in one of the learner's weakest topics
    DRILL = "drill"  # the learner asked for its topic
    PRACTICE = "practice"  # seen before and not due: there was nothing else


@dataclass(frozen=True, slots=True)
class Because:
    """Why a question was chosen, in figures.

    `recall` is what is predicted for today, None for a question without a card. `overdue` counts the study
    days since the question fell due. `topic_recall` is the learner's estimate for the topic, None without
    one; `weak` says whether the topic is among the weakest. `seen_days_ago` is None for a question never
    put before.
    """

    reason: Reason
    topic: str
    recall: float | None = None
    overdue: int = 0
    topic_recall: float | None = None
    weak: bool = False
    seen_days_ago: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A question to put next."""

    question_id: str
    because: Because


def due(questions: Iterable[Question], learning: Learning, today: date) -> tuple[str, ...]:
    """The questions due on `today`, lowest predicted recall first; last come the daily that was not answered, and
    those already put today."""
    ids = frozenset(learning.due_on(today))
    found = [question for question in _allowed(questions, learning) if question.id in ids]
    return tuple(question.id for question in _due(found, learning, today))


def choose(
    questions: Pool | Iterable[Question],
    learning: Learning,
    today: date,
    chance: Random,
    *,
    new_first: bool = False,
) -> Choice | None:
    """The next question for a learner; None only where every question is retired or set aside.

    Due reviews come first, lowest predicted recall first. Then something new: of a weak topic in 60 of 100
    draws, by the mix, at the learner's level or the ones beside it, of another topic than the last one.
    While more than 15 reviews are due nothing new is chosen. When all of that is used up: what was seen
    longest ago, and what is new at a level further off.

    With `new_first` something new goes before the reviews, where there is something. A daily that was not answered
    is not put again the day after, while there is anything else.
    """
    pool = questions if isinstance(questions, Pool) else Pool(questions)
    reviews = _due(_due_in(pool, learning, today), learning, today)
    waiting = [
        question
        for question in reviews
        if not learning.seen_today(question.id, today) and question.id not in learning.unanswered
    ]
    topics = wanted_topics(pool, learning)
    new = Novelty(pool, learning, today)
    may_be_new = len(reviews) <= BACKLOG
    near = new.topics(topics, reach=1) if may_be_new else frozenset()
    if waiting and not (new_first and near):
        return _choice(waiting[0], Reason.DUE, learning, today)
    if near:
        return _new(new, near, learning, today, chance, reach=1)

    wanted = [question for question in _allowed(pool.questions, learning) if question.topic in topics]
    known = [
        question
        for question in wanted
        if question.id in learning.cards and not learning.rests(question.id, today)
    ]
    if known:
        return _longest_ago(known, learning, today, chance)
    far = new.topics(topics, reach=FAR) if may_be_new else frozenset()
    if far:
        return _new(new, far, learning, today, chance, reach=FAR)
    seen = [question for question in wanted if learning.seen_on(question.id) is not None]
    others = [
        question
        for question in seen
        if question.id not in learning.unanswered and not learning.seen_today(question.id, today)
    ]
    left = others or seen or reviews or wanted
    return _longest_ago(left, learning, today, chance) if left else None


def at_random(questions: Iterable[Question], learning: Learning, today: date, chance: Random) -> str | None:
    """Any question, of those not seen in the last days while there are such; None where all are set aside."""
    allowed = _allowed(questions, learning)
    fresh = [question for question in allowed if not learning.rests(question.id, today)]
    unseen_today = [question for question in allowed if not learning.seen_today(question.id, today)]
    pool = fresh or unseen_today or allowed
    return chance.choice(pool).id if pool else None


def drill(
    questions: Iterable[Question],
    learning: Learning,
    today: date,
    chance: Random,
    *,
    topic: str,
    facet: str | None = None,
    size: int | None = None,
) -> tuple[str, ...]:
    """The questions for a drill of a topic, in order, `size` at most; None takes the whole topic.

    The facet's questions come before the rest of the topic. Within each: what is due or was missed, lowest
    predicted recall first; then what is new, the learner's own level first; then the rest by predicted
    recall; and at the end what was seen in the last days, longest ago first.
    """
    pool = [question for question in _allowed(questions, learning) if question.topic == topic]
    chance.shuffle(pool)
    pool.sort(key=lambda question: (question.facet != facet, *_drill_order(question, learning, today)))
    return tuple(question.id for question in pool[:size])


def easier(
    questions: Iterable[Question], than: Question, set_aside: Collection[str], last_seen: Mapping[str, date]
) -> Question | None:
    """A question for who stumbles over `than` again and again; None where the bank has none that is easier.

    The one that its author names; else one of a lower level, of the same facet before the same topic, the nearest level
    first, and of those the one never put or put longest ago.
    """
    live = [question for question in questions if not question.retired and question.id not in set_aside]
    named = next((question for question in live if question.id == than.easier), None)
    if named is not None:
        return named
    lower = [
        question
        for question in live
        if question.topic == than.topic and question.level.rank < than.level.rank
    ]

    def order(question: Question) -> tuple[bool, int, date, str]:
        seen = last_seen.get(question.id, date.min)
        return question.facet != than.facet, -question.level.rank, seen, question.id

    return min(lower, key=order, default=None)


def _drill_order(question: Question, learning: Learning, today: date) -> tuple[int, float]:
    card, seen = learning.cards.get(question.id), learning.seen_on(question.id)
    expected = recall(card, today) if card else 0.0
    if (learning.is_due(question.id, today) or question.id in learning.mistakes) and not (
        learning.seen_today(question.id, today)
    ):
        return 0, expected
    if seen is not None and learning.rests(question.id, today):
        return 3, seen.toordinal()
    if card is None:
        return 1, _distance(question, learning)
    return 2, expected


def _allowed(questions: Iterable[Question], learning: Learning) -> list[Question]:
    return [
        question for question in questions if not question.retired and question.id not in learning.set_aside
    ]


def _due_in(pool: Pool, learning: Learning, today: date) -> list[Question]:
    """The questions of the pool that are due, in no order: of hundreds a few have cards, and of those a few are due."""
    found = map(pool.find, learning.due_on(today))
    return [question for question in found if question is not None and question.id not in learning.set_aside]


def _due(questions: Iterable[Question], learning: Learning, today: date) -> list[Question]:
    def order(question: Question) -> tuple[bool, bool, float, bool, float, str]:
        expected = recall(learning.cards[question.id], today)
        # Within a whole percent, which is what a learner is shown, another topic than the last goes first.
        return (
            learning.seen_today(question.id, today),
            question.id in learning.unanswered,
            round(expected, 2),
            question.topic == learning.last_topic,
            expected,
            question.id,
        )

    return sorted(questions, key=order)


def _distance(question: Question, learning: Learning) -> int:
    return abs(question.level.rank - learning.level.rank)


def _new(
    new: Novelty, topics: Set[str], learning: Learning, today: date, chance: Random, *, reach: int
) -> Choice:
    weak = learning.weak_topics()
    topic = _draw_topic(topics, weak, learning, chance)
    here = new.of_topic(topic, reach)
    distances = sorted({distance for _, distance in here})
    weights = [_LEVEL_WEIGHTS[min(distance, 1)] for distance in distances]
    [drawn] = chance.choices(distances, weights)
    question = chance.choice([question for question, distance in here if distance == drawn])
    return _choice(question, Reason.WEAK if topic in weak else Reason.NEW, learning, today)


def _draw_topic(topics: Set[str], weak_topics: Set[str], learning: Learning, chance: Random) -> str:
    open_topics = topics - {learning.last_topic} or topics
    weak = open_topics & weak_topics
    others = open_topics - weak
    to_weak = chance.random() < WEAK_SHARE
    drawn_from = sorted(weak if weak and (to_weak or not others) else others)
    [topic] = chance.choices(drawn_from, [learning.mix.get(topic, 0) or 1 for topic in drawn_from])
    return topic


def _longest_ago(candidates: Sequence[Question], learning: Learning, today: date, chance: Random) -> Choice:
    def order(question: Question) -> tuple[date, bool]:
        return learning.seen_on(question.id) or date.min, question.topic == learning.last_topic

    first = min(map(order, candidates))
    question = chance.choice([question for question in candidates if order(question) == first])
    is_due = learning.is_due(question.id, today)
    return _choice(question, Reason.DUE if is_due else Reason.PRACTICE, learning, today)


def _choice(question: Question, reason: Reason, learning: Learning, today: date) -> Choice:
    card, seen = learning.cards.get(question.id), learning.seen_on(question.id)
    because = Because(
        reason=reason,
        topic=question.topic,
        recall=recall(card, today) if card else None,
        overdue=max(0, (today - card.due).days) if card else 0,
        topic_recall=learning.topic_recall.get(question.topic),
        weak=question.topic in learning.weak_topics(),
        seen_days_ago=None if seen is None else (today - seen).days,
    )
    return Choice(question.id, because)
