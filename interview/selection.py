"""Which question comes next, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

from interview.learning import Learning
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
    return tuple(question.id for question in _due(_allowed(questions, learning), learning, today))


def choose(
    questions: Iterable[Question],
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
    allowed = _allowed(questions, learning)
    reviews = _due(allowed, learning, today)
    waiting = [
        question
        for question in reviews
        if not learning.seen_today(question.id, today) and question.id not in learning.unanswered
    ]
    topics = {topic for topic in {question.topic for question in allowed} if learning.wants(topic)}
    wanted = [question for question in allowed if question.topic in topics] or allowed
    fresh = _fresh(wanted, learning, today) if len(reviews) <= BACKLOG else []
    near = [question for question in fresh if _distance(question, learning) <= 1]
    if waiting and not (new_first and near):
        return _choice(waiting[0], Reason.DUE, learning, today)
    if near:
        return _new(near, learning, today, chance)

    rested = [question for question in wanted if not learning.rests(question.id, today)]
    known = [question for question in rested if question.id in learning.cards]
    if known:
        return _longest_ago(known, learning, today, chance)
    if fresh:
        return _new(fresh, learning, today, chance)
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


def _fresh(wanted: Sequence[Question], learning: Learning, today: date) -> list[Question]:
    """What was never rated and not put lately."""
    cards, seen = learning.cards, learning.last_seen
    new = (question for question in wanted if question.id not in cards)
    return [question for question in new if question.id not in seen or not learning.rests(question.id, today)]


def _allowed(questions: Iterable[Question], learning: Learning) -> list[Question]:
    return [
        question for question in questions if not question.retired and question.id not in learning.set_aside
    ]


def _due(allowed: Sequence[Question], learning: Learning, today: date) -> list[Question]:
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

    # of hundreds of questions a few have cards, and of those a few are due
    due = {question_id for question_id, card in learning.cards.items() if card.due <= today}
    return sorted((question for question in allowed if question.id in due), key=order) if due else []


def _distance(question: Question, learning: Learning) -> int:
    return abs(question.level.rank - learning.level.rank)


def _new(candidates: Sequence[Question], learning: Learning, today: date, chance: Random) -> Choice:
    topic = _draw_topic({question.topic for question in candidates}, learning, chance)
    here = [question for question in candidates if question.topic == topic]
    distances = sorted({_distance(question, learning) for question in here})
    weights = [_LEVEL_WEIGHTS[min(distance, 1)] for distance in distances]
    [distance] = chance.choices(distances, weights)
    question = chance.choice([question for question in here if _distance(question, learning) == distance])
    reason = Reason.WEAK if topic in learning.weak_topics() else Reason.NEW
    return _choice(question, reason, learning, today)


def _draw_topic(topics: set[str], learning: Learning, chance: Random) -> str:
    open_topics = topics - {learning.last_topic} or topics
    weak = open_topics & learning.weak_topics()
    others = open_topics - weak
    to_weak = chance.random() < WEAK_SHARE
    pool = sorted(weak if weak and (to_weak or not others) else others)
    [topic] = chance.choices(pool, [learning.mix.get(topic, 0) or 1 for topic in pool])
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
