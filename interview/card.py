"""What one learner remembers of one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Card:
    """Memory of one question after at least one rating; a question never rated has no card.

    `stability` is in days (the interval after which recall falls to 90 %), `difficulty` runs from 1 to 10,
    `due` and `reviewed_on` are study days, `interval` is the number of days the last rating asked for.
    """

    stability: float
    difficulty: float
    due: date
    reviewed_on: date
    interval: int
    reviews: int = 1
    lapses: int = 0
