"""/stats: a learner's numbers in a few lines of text."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.asking import streak_views
from handlers.asking.presses import BringToday, ShowWeakSpots
from handlers.asking.recall import Recall, recall_of
from handlers.asking.streaks import read_streak
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.reply import Button, Reply, escape
from interview import progress
from interview.progress import percent
from interview.rhythm import WEEKDAYS
from interview.streak import Streak
from interview.weak_spots import WINDOW
from interview.words import plural
from storage import cards, learners, statistics
from storage.statistics import RatedQuestion

_WEEK = timedelta(days=7)
_BARS = "▁▂▃▅▇"
_SHADES = ((0, "·"), (1, "░"), (3, "▒"), (6, "▓"), (sys.maxsize, "█"))  # up to so many ratings
_NOTHING = Reply(
    "<b>No numbers yet.</b>\nThey begin with the first question you rate:",
    ((Button("Today’s question", BringToday()),),),
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """All that the text needs. `hours` are local; `heat` holds ratings a day, a row a weekday; `due` begins today."""

    today: date
    streak: Streak
    goal: int | None
    rated: int
    rated_this_week: int
    recall: Recall
    hours: tuple[progress.Hours, ...]
    heat: tuple[tuple[int | None, ...], ...]
    due: tuple[int, ...]


async def show_stats(context: Context, _: str = "") -> None:
    """Streak, ratings, recall by topic, week and hour, and what falls due."""
    numbers = await _read(context)
    if not numbers.rated:
        await chat.send(context.on, context.learner_id, _NOTHING)
        return
    titles = {topic.slug: topic.short for topic in context.on.taxonomy.topics}
    await chat.send(context.on, context.learner_id, _view(numbers, titles))


async def _read(context: Context) -> Numbers:
    on = context.on
    async with on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        today = learner.today(context.now)
        ratings = await statistics.ratings(tx, learner.id, today - WINDOW)
        rated = await statistics.count_ratings(tx, learner.id)
        streak = await read_streak(tx, learner, today)
        learned = await cards.of_learner(tx, learner.id)
    live = {question.id for question in on.bank.live}
    return Numbers(
        today=today,
        streak=streak,
        goal=learner.streak_goal,
        rated=rated,
        rated_this_week=_since(ratings, today - _WEEK),
        recall=recall_of(on.bank, ratings, today),
        hours=progress.by_hours(
            (each.rated_at.astimezone(learner.zone).hour, each.rating) for each in ratings
        ),
        heat=progress.heat((each.study_day for each in ratings), today),
        due=progress.forecast([card.due for question, card in learned.items() if question in live], today),
    )


def _since(ratings: Sequence[RatedQuestion], day: date) -> int:
    return sum(each.study_day > day for each in ratings)


def _view(numbers: Numbers, titles: Mapping[str, str]) -> Reply:
    lines = [
        "<b>Your numbers</b>\n",
        streak_views.standing(numbers.streak, numbers.goal),
        *_earlier(numbers),
        f"{plural(numbers.rated, 'rating')} in all, {numbers.rated_this_week} in the last 7 days",
        *_topics(numbers.recall, titles),
        *_weeks(numbers),
        *_hours(numbers.hours),
        *_due(numbers.due),
        *_heat(numbers.heat),
    ]
    weak = ((Button("My weak spots", ShowWeakSpots()),),) if numbers.recall.topics else ()
    return Reply("\n".join(lines), (*streak_views.win_back(numbers.streak), *weak))


def _earlier(numbers: Numbers) -> Iterator[str]:
    """A streak that has just broken, and the best of all where it is not the one that stands."""
    if broke := streak_views.lost(numbers.streak, numbers.today):
        yield broke
    if numbers.streak.best > max(numbers.streak.length, 1):
        yield f"Your best streak: {plural(numbers.streak.best, 'day')}"


def _topics(recall: Recall, titles: Mapping[str, str]) -> Iterator[str]:
    """Every topic of which the recall is known, the best first."""
    ordered = sorted(recall.topics.values(), key=lambda each: -each.recall)
    if not ordered:
        yield "Recall by topic: known once three questions of one are rated"
        return
    each_one = (f"{escape(titles.get(each.topic, each.topic))} {percent(each.recall)}" for each in ordered)
    yield f"Recall by topic: {', '.join(each_one)}"


def _weeks(numbers: Numbers) -> Iterator[str]:
    weeks = progress.by_week(numbers.recall.history, numbers.today)
    if any(week is not None for week in weeks):
        shown = " → ".join("–" if week is None else percent(week) for week in weeks)
        yield f"Recall in the last {len(weeks)} weeks: {shown}"


def _hours(known: Sequence[progress.Hours]) -> Iterator[str]:
    if len(known) < 2:
        return
    yield f"Recall by hour: {', '.join(f'{each.first}–{each.end} {percent(each.recall)}' for each in known)}"
    best = progress.best_hours(known)
    if best is not None:
        yield f"You recall best between {best.first}:00 and {best.end}:00"


def _heat(table: Sequence[Sequence[int | None]]) -> Iterator[str]:
    """The last weeks at a glance: a column a week, the darker the more ratings on that day."""
    yield f"\nThe last {len(table[0])} weeks, a column each"
    rows = (
        f"{name} {''.join(_shade(count) for count in row).rstrip()}"
        for name, row in zip(WEEKDAYS, table, strict=True)
    )
    yield "<pre>" + "\n".join(rows) + "</pre>"


def _shade(count: int | None) -> str:
    if count is None:
        return "  "
    return next(shade for most, shade in _SHADES if count <= most) * 2  # two signs are about as wide as high


def _due(due: Sequence[int]) -> Iterator[str]:
    yield f"Due: {due[0]} today, {due[1]} tomorrow, {sum(due)} within {len(due)} days"
    if any(due):
        yield f"today <code>{_chart(due)}</code> in {len(due) - 1} days"


def _chart(counts: Sequence[int]) -> str:
    """A bar for each count, the lowest for none; the highest count reaches the top."""
    top, most = len(_BARS) - 1, max(counts)
    return "".join(_BARS[-(-count * top // most)] for count in counts)


FEATURE = Feature(
    name="stats",
    commands=(Called("stats", "your numbers: streak, recall, what falls due", show_stats),),
)
