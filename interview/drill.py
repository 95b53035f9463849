"""Drills: what they are drawn from, how long they are, how one went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from interview.rating import Rating

SIZES = (5, 10)
"""How many questions a drill has to choose from; besides, it may be endless."""

USUAL = 5
MOST = 50
ENDLESS = 0
"""Stands for a size that is none."""

RESUMED_WITHIN = timedelta(days=7)
"""So long a drill that was left in the middle can be gone on with."""

# What stands in a drill's topic where it is not about one topic; no topic is called so.
WEAK_SPOTS = "weak"
DUE = "due"
AHEAD = "ahead"  # what is due next, before its day
AGAIN = "again"  # what was missed in a review: no longer due, and wanted all the same
MISTAKES = "mistakes"
BOOKMARKS = "bookmarks"
WINNING_BACK = "winning-back"  # a lost streak
QUIZ = "quiz"  # what was missed in one
LINK = "link"  # the one question that a newcomer's link led to, until it is offered

TITLES: Mapping[str, str] = {
    WEAK_SPOTS: "Weak spots",
    DUE: "Review",
    AHEAD: "Review ahead",
    AGAIN: "Once more",
    MISTAKES: "My mistakes",
    BOOKMARKS: "Bookmarks",
    WINNING_BACK: "Winning back",
    QUIZ: "From the quiz",
    LINK: "Your link",
}

_LEFT_LYING = timedelta(minutes=10)  # more for one question was not spent on it
_LEAST = 2  # questions of a group before it can be the weakest


def recalled(rating: Rating | None) -> bool:
    """Whether a question was recalled: Got it or Easy. What was partly recalled or skipped was not."""
    return rating is not None and rating >= Rating.GOOD


def time_spent(answers: Iterable[tuple[datetime, datetime]]) -> timedelta:
    """How long a drill took, from pairs of when a question was put and dealt with; ten minutes each at most."""
    spent = (min(max(end - start, timedelta()), _LEFT_LYING) for start, end in answers)
    return sum(spent, timedelta())


def weakest(outcomes: Iterable[tuple[str, Rating | None]]) -> str | None:
    """The group (a topic or facet) recalled worst, from pairs of group and rating.

    None where nothing was missed, or where no group of two questions and more went worse than the others.
    """
    groups: dict[str, list[bool]] = {}
    for group, rating in outcomes:
        groups.setdefault(group, []).append(recalled(rating))
    shares = {group: sum(each) / len(each) for group, each in groups.items() if len(each) >= _LEAST}
    total = [each for group in groups.values() for each in group]
    if len(groups) < 2 or not shares:
        return None
    lowest = min(shares, key=lambda group: shares[group])
    return lowest if shares[lowest] < sum(total) / len(total) else None
