"""A learner's streak, read the same way wherever it is shown."""

from __future__ import annotations

from datetime import date

from interview.learner import Learner
from interview.streak import Streak, reckon
from storage import askings, kept_days
from storage.database import Transaction


async def read_streak(tx: Transaction, learner: Learner, today: date) -> Streak:
    """The streak as of today, with its freezes; rest days, breaks and dates jumped over break nothing."""
    rated = await askings.rated_days(tx, learner.id)
    kept = await kept_days.of_learner(tx, learner.id)
    return reckon(rated, today, kept | learner.rhythm.rested(min(rated, default=today), today))
