"""One asking with all that its views need, read in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from handlers.asking import drill_views, streak_views, views
from handlers.asking.after_daily import count_offered
from handlers.asking.onward import read_onward
from handlers.asking.onward_views import Onward
from handlers.asking.said import Said, said
from handlers.asking.streaks import read_streak
from handlers.kit.context import Dependencies
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Buttons, Reply
from interview import spacing
from interview.asking import Asking, Step
from interview.card import Card
from interview.learner import Learner
from interview.question import Question
from interview.rating import Rating
from interview.streak import Streak
from interview.suggestion import suggest
from storage import asked_days, askings, bookmarks, cards, drills, learners, replies, set_aside
from storage.database import Transaction
from storage.drills import Drill

GONE = "That question is no longer here. /today brings you another one."


@dataclass(frozen=True, slots=True)
class State:
    """What was read: enough to show the asking at any step without asking the database again.

    `in_topic` is how many questions the bank has in this one's topic.
    """

    learner: Learner
    asking: Asking
    question: Question
    topic_title: str
    card: Card | None
    streak: Streak
    today: date
    aside: bool
    said: Said
    onward: Onward
    drill: Drill | None = None
    bookmarked: bool = False
    first_today: bool = True
    in_topic: int = 0

    def reply(self, *, in_place: bool, moving_on: bool = False) -> Reply:
        """The asking as it stands. `in_place` is for the question's own message, which has to keep the stem."""
        match self.asking.step:
            case Step.ASKED:
                return views.question(self.asking, self.question, self.topic_title, self._below_question())
            case Step.SKIPPED:
                return views.skipped(
                    self.asking, self.question, self.topic_title, aside=self.aside, onward=self.onward
                )
            case Step.SHOWN:
                return views.feedback(
                    self.asking,
                    self.question,
                    self.topic_title,
                    typed=not in_place,
                    suggested=self.suggested,
                    choices=spacing.options(
                        self.card,
                        self.today,
                        key=key(self.asking),
                        retention=self.learner.retention,
                        interview_on=self.learner.interview_on,
                    ),
                    today=self.today,
                    aside=self.aside,
                    said=self.said,
                )
            case Step.RATED:
                assert self.card is not None, "what is rated has a card"
                return views.rated(
                    self.asking,
                    self.question,
                    self.topic_title,
                    typed=not in_place,
                    card=self.card,
                    today=self.today,
                    streak=self.streak,
                    moving_on=moving_on,
                    aside=self.aside,
                    onward=self.onward,
                    goal=self.learner.streak_goal,
                    first_today=self.first_today,
                    won_back=self.drill is not None and drill_views.won_back(self.drill, self.streak),
                )

    def _below_question(self) -> Buttons:
        """In a drill its size or its end; under the first daily the way to win a lost streak back."""
        if self.drill is not None:
            return drill_views.under_question(self.drill, self.asking, self.in_topic)
        return streak_views.win_back(self.streak) if self.asking.slot == 0 else ()

    @property
    def rated_elsewhere(self) -> bool:
        """Whether this question, not rated here, was rated today in another asking."""
        rated_today = self.card is not None and self.card.reviewed_on >= self.today
        return self.asking.rating is None and rated_today

    @property
    def suggested(self) -> Rating | None:
        """The rating that the ticks speak for, the judge's while nothing was ticked; None where neither can tell."""
        if self.asking.ticked is None:
            return self.asking.judged_rating
        return suggest(self.question.key_points, self.asking.ticked, self.asking.hints)


def key(asking: Asking) -> str:
    """What the spacing of this learner's card of this question is drawn from."""
    return f"{asking.learner_id}:{asking.question_id}"


@dataclass(frozen=True, slots=True)
class Found:
    """An asking of a learner, and its question: enough to decide what may be done with it."""

    learner: Learner
    asking: Asking
    question: Question
    today: date


async def find(tx: Transaction, on: Dependencies, learner_id: int, asking_id: int, now: datetime) -> Found:
    """An asking of this learner; a Refusal where there is no such asking, or its question is gone."""
    learner = await learners.find(tx, learner_id)
    asking = await askings.find(tx, asking_id, learner_id)
    question = on.bank.find(asking.question_id) if asking else None
    if learner is None or asking is None or question is None:
        raise Refusal(GONE)
    return Found(learner, asking, question, learner.today(now))


async def read(tx: Transaction, on: Dependencies, learner_id: int, asking_id: int, now: datetime) -> State:
    """The state of an asking of this learner; a Refusal where there is no such asking, or its question is gone."""
    return await read_all_of(tx, on, await find(tx, on, learner_id, asking_id, now))


async def read_all_of(tx: Transaction, on: Dependencies, found: Found) -> State:
    """The state of an asking that was found in this transaction."""
    learner, asking, question, today = found.learner, found.asking, found.question, found.today
    card = await cards.find(tx, learner.id, asking.question_id)
    aside = await set_aside.has(tx, learner.id, asking.question_id)
    onward = await read_onward(tx, on, asking, question, card, aside=aside)
    return State(
        learner=learner,
        asking=asking,
        question=question,
        topic_title=_topic_title(on, question),
        card=card,
        streak=await read_streak(tx, learner, today),
        today=today,
        aside=aside,
        said=said(await replies.of_asking(tx, asking.id)),
        onward=replace(onward, due=await count_offered(tx, on, learner, asking, today)),
        drill=await _drill(tx, asking),
        bookmarked=await bookmarks.has(tx, learner.id, asking.question_id),
        in_topic=len(on.bank.of_topic(question.topic)),
        first_today=await asked_days.first_rated_on(tx, learner.id, today) in (None, asking.id),
    )


async def read_to_ask(tx: Transaction, on: Dependencies, found: Found) -> State:
    """As much of it as the question shows when it is put; all of it where it has come further already."""
    if found.asking.step is not Step.ASKED:
        return await read_all_of(tx, on, found)
    streak = await read_streak(tx, found.learner, found.today)
    return to_ask(on, found, streak, await _drill(tx, found.asking))


def to_ask(on: Dependencies, found: Found, streak: Streak, drill: Drill | None = None) -> State:
    """The state of what was just put, with what its question shows; `streak` as of the learner's today."""
    return State(
        learner=found.learner,
        asking=found.asking,
        question=found.question,
        topic_title=_topic_title(on, found.question),
        card=None,
        streak=streak,
        today=found.today,
        aside=False,
        said=Said(),
        onward=Onward(),
        drill=drill,
        in_topic=len(on.bank.of_topic(found.question.topic)),
    )


async def _drill(tx: Transaction, asking: Asking) -> Drill | None:
    return None if asking.drill_id is None else await drills.find(tx, asking.drill_id, asking.learner_id)


def _topic_title(on: Dependencies, question: Question) -> str:
    topic = on.taxonomy.topic(question.topic)
    return topic.short if topic else question.topic
