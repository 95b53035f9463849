"""A learner's streak, read the same way wherever it is shown."""

from __future__ import annotations

from datetime import date

from interview.learner import Learner
from interview.streak import Streak, reckon, won_back
from storage import asked_days, drills, kept_days
from storage.database import Transaction


async def read_streak(tx: Transaction, learner: Learner, today: date) -> Streak:
    """The streak as of today with its freezes. Rest days, breaks, dates jumped over and days won back break nothing."""
    rated = await asked_days.rated_days(tx, learner.id)
    kept = await kept_days.of_learner(tx, learner.id)
    for missed, rated_on in (await drills.winning_back(tx, learner.id)).items():
        kept |= won_back(missed, rated_on)
    return reckon(rated, today, kept | learner.rhythm.rested(min(rated, default=today), today))
