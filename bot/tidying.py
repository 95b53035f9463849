"""Forgetting what came in and was dealt with long ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage import inbox
from storage.database import Database

TIDY_EVERY = timedelta(hours=1)
KEEP_UPDATES = timedelta(days=2)
PRUNED_AT_ONCE = 2_000  # in one transaction, which nobody should have to wait for long


class Tidying:
    """Done with the heartbeat."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._done_at: datetime | None = None

    async def beat(self, now: datetime) -> None:
        """Once an hour forget updates that were dealt with two days ago and more."""
        if self._done_at is not None and now - self._done_at < TIDY_EVERY:
            return
        self._done_at = now
        pruned = PRUNED_AT_ONCE
        while pruned == PRUNED_AT_ONCE:
            async with self._db.transaction() as tx:
                pruned = await inbox.prune(tx, now - KEEP_UPDATES, PRUNED_AT_ONCE)
