"""A learner for tests of the tables."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from interview.learner import Learner
from interview.question import Level
from interview.roles import Role


def make_learner(learner_id: int, now: datetime) -> Learner:
    """Someone in UTC who has just joined."""
    return Learner(
        id=learner_id,
        language=None,
        zone=ZoneInfo("UTC"),
        zone_chosen=True,
        daily_time=time(9),
        role=Role.EVERYTHING,
        topics=(),
        level=Level.MIDDLE,
        joined_at=now,
        setup_step=None,
        setup_message_id=None,
        awaiting=None,
        awaiting_until=None,
        last_daily_on=None,
        next_daily_at=None,
        unreachable_at=None,
    )
