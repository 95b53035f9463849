"""What a daily announces above its question: each thing once, in the first daily after it happened."""

from __future__ import annotations

from datetime import date, timedelta

from content.taxonomy import Match
from handlers.asking import streak_views
from handlers.asking.recall import read_recall
from handlers.kit.context import Dependencies
from interview import progress
from interview.drill import recalled
from interview.learner import Learner
from interview.rating import Rating
from interview.rhythm import Pace
from interview.streak import Streak
from interview.weak_spots import weakest
from interview.words import plural
from storage.database import Transaction

WELCOME_BACK = "Welcome back: your break is over."
_WEEK = timedelta(days=7)
_ANYTHING = "Whatever you do here brings every day back."
_SLOWER = {
    Pace.EVERY_SECOND_DAY: f"Quiet days? I’ll ask every second day for now. {_ANYTHING}",
    Pace.EVERY_WEEK: f"Take the time you need: I’ll ask once a week for now. {_ANYTHING}",
    Pace.STOPPED: "After this one I’ll stop asking and wait here; one tap starts me again.",
}


async def read_notes(tx: Transaction, on: Dependencies, learner: Learner, day: date, streak: Streak) -> str:
    """What there is to announce in the daily of that study day, which is not written down yet; a line or two each.

    `streak` is as of that day.
    """
    notes = [_welcome(learner, day), _freezes(learner, streak, day), _broke(learner, streak, day)]
    if (monday := _new_week(learner, day)) is not None:
        notes.append(await _report(tx, on, learner, streak, monday))
    slower = learner.rhythm.slows(day)
    notes.append(_SLOWER[slower] if slower is not None else "")
    return "\n".join(note for note in notes if note)


def _welcome(learner: Learner, day: date) -> str:
    over = learner.paused_until is not None and learner.paused_until <= day
    return WELCOME_BACK if over else ""


def _freezes(learner: Learner, streak: Streak, day: date) -> str:
    """Freezes used since the daily before, whose day was still open when it came."""
    since = learner.last_daily_on or day
    used = [each for each in sorted(streak.frozen) if since <= each < day]
    if not used or not streak.length:
        return ""
    last = used[-1]
    when = "Yesterday" if day - last == timedelta(days=1) else f"On {last:%A}"
    what = "a freeze" if len(used) == 1 else f"the last of {plural(len(used), 'freeze')}"
    left = f"{plural(streak.freezes, 'freeze')} left" if streak.freezes else "none is left"
    return f"{when} {what} kept your streak of {plural(streak.length, 'day')}; {left}."


def _broke(learner: Learner, streak: Streak, day: date) -> str:
    """That a streak broke since the daily before, and how it is won back."""
    since = learner.last_daily_on or day
    return streak_views.lost(streak, day) if streak.restorable and streak.restorable[0] >= since else ""


def _new_week(learner: Learner, day: date) -> date | None:
    """The Monday of a week that has its first daily with this one."""
    before = learner.last_daily_on
    monday = day - timedelta(days=day.weekday())
    return monday if before is not None and before < monday else None


async def _report(tx: Transaction, on: Dependencies, learner: Learner, streak: Streak, monday: date) -> str:
    """The week before that Monday in two lines; nothing after a week without a rating."""
    known = await read_recall(tx, on, learner.id, monday)
    ratings = [each.rating for each in known.history if monday - _WEEK <= each.study_day < monday]
    if not ratings:
        return ""
    facts = [plural(len(ratings), "question"), f"{sum(map(recalled, ratings))} recalled"]
    facts += [f"{partly} in part"] if (partly := ratings.count(Rating.HARD)) else []
    facts += [f"a streak of {plural(streak.length, 'day')}"] if streak.length else []
    lines = [f"Your last week: {', '.join(facts)}."]
    for each in weakest(known.estimates, 1):
        if (topic := on.taxonomy.topic(each.topic)) is not None:
            facet = on.taxonomy.facet(each.topic, each.facet) if each.facet else None
            weak = f"{Match(topic, facet).title}, {progress.percent(each.recall)}"
            lines.append(f"Weakest: {weak}. /weak has a drill for it.")
    return "\n".join(lines)
