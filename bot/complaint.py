"""What is wrong for a while, said now and then instead of each time it is noticed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from storage.unusable import Stuck

EVERY = timedelta(minutes=1)

FORGOTTEN_AFTER = timedelta(seconds=70)
"""Whoever found the disk full tries again within a minute: not noticed for longer, it is over."""

logger = logging.getLogger(__name__)


class Complaint:
    """Says a sentence once a minute, however often it is noticed, and once that it is over."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._said_at: datetime | None = None
        self._noticed: tuple[datetime, Stuck] | None = None

    @property
    def current(self) -> str | None:
        """What is wrong now; None where nothing is. What does not mend itself stays wrong until a new start."""
        if self._noticed is None:
            return None
        at, stuck = self._noticed
        return str(stuck) if stuck.lasts or abs(self._now() - at) <= FORGOTTEN_AFTER else None

    def say(self, stuck: Stuck) -> None:
        """It is (still) so."""
        now = self._now()
        if self._noticed is None or stuck.lasts or not self._noticed[1].lasts:
            self._noticed = now, stuck
        if self._said_at is None or abs(now - self._said_at) >= EVERY:
            self._said_at = now
            logger.error("%s", stuck)

    def over(self) -> None:
        """All is well; harmless where it always was."""
        if self._noticed is not None and not self._noticed[1].lasts:
            self._noticed = None
        if self._said_at is not None:
            self._said_at = None
            logger.info("The database can be written again.")
