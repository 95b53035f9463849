"""/stats: a learner's numbers in a few lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.asking.presses import BringToday, ShowWeakSpots
from handlers.asking.recall import Recall, recall_of
from handlers.asking.streaks import read_streak
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.reply import Button, Reply, escape
from interview import progress
from interview.progress import percent
from interview.streak import Streak
from interview.weak_spots import WINDOW, Estimate
from interview.words import plural
from storage import cards, learners, statistics
from storage.statistics import RatedQuestion

_WEEK = timedelta(days=7)
_BARS = "▁▂▃▅▇"
_BEST = 2  # topics named at either end
_NOTHING = Reply(
    "<b>No numbers yet.</b>\nThey begin with the first question you rate:",
    ((Button("Today’s question", BringToday()),),),
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """All that the text needs. `hours` are local hours with the rating given in them; `due` begins today."""

    today: date
    streak: Streak
    rated: int
    rated_this_week: int
    recall: Recall
    hours: progress.BestHours | None
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
        rated=rated,
        rated_this_week=_since(ratings, today - _WEEK),
        recall=recall_of(on.bank, ratings, today),
        hours=progress.best_hours(
            (each.rated_at.astimezone(learner.zone).hour, each.rating) for each in ratings
        ),
        due=progress.forecast([card.due for question, card in learned.items() if question in live], today),
    )


def _since(ratings: Sequence[RatedQuestion], day: date) -> int:
    return sum(each.study_day > day for each in ratings)


def _view(numbers: Numbers, titles: Mapping[str, str]) -> Reply:
    lines = [
        "<b>Your numbers</b>\n",
        _streak(numbers.streak),
        f"{plural(numbers.rated, 'rating')} in all, {numbers.rated_this_week} in the last 7 days",
        *_topics(numbers.recall, titles),
        *_weeks(numbers),
        *_hours(numbers.hours),
        *_due(numbers.due),
    ]
    buttons = ((Button("My weak spots", ShowWeakSpots()),),) if numbers.recall.topics else ()
    return Reply("\n".join(lines), buttons)


def _streak(now: Streak) -> str:
    if not now.length:
        return "No streak at the moment: one rated question begins the next"
    days = f"🔥 {plural(now.length, 'day')} in a row"
    return f"{days}; rate a question today to keep it" if now.at_risk else days


def _topics(recall: Recall, titles: Mapping[str, str]) -> Iterator[str]:
    """The best topics and the others' weakest, none named twice."""
    ordered = sorted(recall.topics.values(), key=lambda each: -each.recall)
    if not ordered:
        yield "Recall by topic: known once three questions of one are rated"
        return
    best = ordered[:_BEST] if len(ordered) > _BEST else ordered[:1]
    worst = ordered[len(best) :][-_BEST:][::-1]
    yield f"Best recalled: {_named(best, titles)}"
    if worst:
        yield f"Least recalled: {_named(worst, titles)}"


def _named(estimates: Sequence[Estimate], titles: Mapping[str, str]) -> str:
    return ", ".join(
        f"{escape(titles.get(each.topic, each.topic))} {percent(each.recall)}" for each in estimates
    )


def _weeks(numbers: Numbers) -> Iterator[str]:
    weeks = progress.by_week(numbers.recall.history, numbers.today)
    if any(week is not None for week in weeks):
        shown = " → ".join("–" if week is None else percent(week) for week in weeks)
        yield f"Recall in the last {len(weeks)} weeks: {shown}"


def _hours(best: progress.BestHours | None) -> Iterator[str]:
    if best is not None:
        yield f"You recall best between {best.first}:00 and {best.end}:00: {percent(best.recall)}"


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
