"""What is wrong for a while, said now and then instead of each time it is noticed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

EVERY = timedelta(minutes=1)

logger = logging.getLogger(__name__)


class Complaint:
    """Says a sentence once a minute, however often it is noticed, and once that it is over."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._said_at: datetime | None = None

    def say(self, sentence: object) -> None:
        """It is (still) so."""
        now = self._now()
        if self._said_at is None or abs(now - self._said_at) >= EVERY:
            self._said_at = now
            logger.error("%s", sentence)

    def over(self) -> None:
        """All is well; harmless where it always was."""
        if self._said_at is not None:
            self._said_at = None
            logger.info("The database can be written again.")
