"""A quiz: a start card that people join, questions as polls, one after the other, and how long each step lasts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random

from interview.question import Question

POLL_QUESTION = 300  # characters of a poll, Telegram's limit
SIZES = (5, 7, 10)
FEW = 3
"""A topic with fewer questions is no quiz by itself."""

USUAL = 7
MOST = 20
AUTO = 0
"""Stands for seconds that follow from each question's length."""

SECONDS = (AUTO, 20, 30, 45)
OPEN_AT_LEAST = 30
READ_IN_A_SECOND = 20  # characters

STARTS_AFTER = timedelta(seconds=40)
CARD_LASTS = timedelta(minutes=10)
CHOOSING_TAKES = timedelta(seconds=20)
"""So long at least a countdown goes on when somebody begins to choose a topic."""

DAILY_WAITS = timedelta(minutes=1)
"""So long the first message of a daily quiz stands before its first question: nobody has it open at that moment."""

CARD_REDRAWN_AFTER = timedelta(seconds=4)
READING = timedelta(seconds=6)
"""So long an explanation stands before the next question."""

APART = timedelta(seconds=10)
"""Between two questions at least: with three messages each that stays below twenty a minute."""

VOTES_ON_THEIR_WAY = timedelta(seconds=30)
"""So long a question waits for votes that could not be fetched; where nothing fails that takes no time."""

SILENT_AT_MOST = 3
GIVEN_UP_AFTER = timedelta(days=1)


class Stage(StrEnum):
    """How far a quiz has come."""

    JOINING = "joining"
    RUNNING = "running"
    OVER = "over"


class Ended(StrEnum):
    """Why a quiz ended."""

    PLAYED = "played"
    STOPPED = "stopped"
    SILENCE = "silence"
    NOBODY = "nobody"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Quiz:
    """One quiz. `group_id` is None where somebody plays alone; `starter_id` is 0 where nobody started it.

    `seconds` is `AUTO` or how long each question is open; `next_at` is when time brings it something to do, None
    once it is over. `ended_because` is set before the results are out, the stage is over after it. With `topics_open`
    the start card lists the topics to choose from; with `fill_up` questions of others follow those of its own topic.
    """

    id: int
    group_id: int | None
    chat_id: int
    thread_id: int
    starter_id: int
    topic: str | None
    facet: str | None
    size: int
    question_ids: tuple[str, ...]
    seconds: int
    daily_on: date | None
    stage: Stage
    ended_because: Ended | None
    card_message_id: int | None
    card_drawn_at: datetime | None
    card_stale: bool
    starts_at: datetime | None
    results_message_id: int | None
    place: int | None
    next_at: datetime | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    caused_by: int | None
    topics_open: bool = False
    fill_up: bool = False

    @property
    def is_alone(self) -> bool:
        """Whether one person plays it by themselves, in private."""
        return self.group_id is None

    @property
    def first_question_at(self) -> datetime:
        """When its first question may come, once it has begun."""
        began = self.started_at or self.created_at
        return began if self.daily_on is None else began + DAILY_WAITS

    @property
    def closes_unjoined_at(self) -> datetime:
        """When the start card gives up waiting for a second person."""
        return self.created_at + CARD_LASTS


@dataclass(frozen=True, slots=True)
class Round:
    """One question of one quiz, as it was put. `right` and votes are places in `options`, as they were shown."""

    quiz_id: int
    place: int
    question_id: str
    options: tuple[str, ...]
    order: tuple[int, ...]
    right: tuple[int, ...]
    seconds: int
    before_message_id: int | None = None
    poll_id: str | None = None
    poll_message_id: int | None = None
    opened_at: datetime | None = None
    closes_at: datetime | None = None
    stopped_at: datetime | None = None
    closed_at: datetime | None = None
    skipped: bool = False
    told_message_id: int | None = None
    told_at: datetime | None = None

    @property
    def lasts(self) -> timedelta:
        """How long it is open."""
        return timedelta(seconds=self.seconds)

    def next_after(self, *, alone: bool = False) -> datetime | None:
        """When the question after it may come; None before this one was told. A group's pace is slower."""
        if self.told_at is None:
            return None
        if alone:
            return self.told_at + READING
        return max(self.told_at + READING, (self.opened_at or self.told_at) + APART)


def open_seconds(stem: str, chosen: int = AUTO) -> int:
    """How long a question is open: as chosen, else 30 s and 1 s more for every 20 characters."""
    return chosen if chosen != AUTO else OPEN_AT_LEAST + len(stem) // READ_IN_A_SECOND


def starts_at(joined: int, before: datetime | None, now: datetime) -> datetime | None:
    """When the quiz starts by itself: 40 s after the second person joined; more people change nothing."""
    if joined < 2:
        return None
    return before if before is not None else now + STARTS_AFTER


def asks_above(stem: str) -> bool:
    """Whether a stem stands in a message of its own above its poll: a poll shows neither code nor formulas, and no
    more than 300 characters, with the place in the quiz before them."""
    return len(stem) + len("20/20  ") > POLL_QUESTION or any(sign in stem for sign in ("`", "$", "**", "\n"))


def leave_time_to_choose(quiz: Quiz, now: datetime) -> datetime | None:
    """When the quiz starts by itself if a topic is being chosen: not under the chooser's hands, but no later for it
    than a start card lasts."""
    if quiz.starts_at is None:
        return None
    latest = max(quiz.starts_at, quiz.closes_unjoined_at)
    return min(max(quiz.starts_at, now + CHOOSING_TAKES), latest)


def enough_to_skip(players: int) -> int:
    """How many of the players have to want it: half of them, and one at least."""
    return max(1, (players + 1) // 2)


def is_askable(question: Question) -> bool:
    """Whether a question makes a poll with one right option."""
    return not question.retired and question.quiz is not None and len(question.quiz.right) == 1


def choose(
    pools: Iterable[Iterable[Question]],
    size: int,
    asked_at: Mapping[str, datetime],
    chance: Random,
) -> tuple[str, ...]:
    """Question ids for a quiz: what was never asked here, then what was asked longest ago; all of the first pool
    before any of the next. Fewer than `size` where there are no more."""
    chosen: list[str] = []
    for pool in pools:
        ids = [one.id for one in pool if is_askable(one) and one.id not in chosen]
        chance.shuffle(ids)
        known = {one: asked_at[one].timestamp() if one in asked_at else 0.0 for one in ids}
        chosen += sorted(ids, key=lambda one: known[one])
    return tuple(chosen[:size])


def shuffled(options: Sequence[str], chance: Random) -> tuple[int, ...]:
    """The order in which the options are shown, drawn once."""
    order = list(range(len(options)))
    chance.shuffle(order)
    return tuple(order)
