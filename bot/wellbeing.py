"""How the bot is: whether its database is in its place and takes what is written, whether Telegram answers."""

from __future__ import annotations

from bot.complaint import Complaint
from bot.operator.health import Condition
from bot.outage import Outage
from storage.database import Database, Stuck
from storage.in_place import Displaced, Place
from storage.touch import touch

AWAY_TOO_LONG = 300.0
"""Seconds without Telegram after which it is not well: nothing is lost, but somebody should look at the way there."""


class Wellbeing:
    """What those who watch over these parts have found."""

    def __init__(self, db: Database, place: Place, complaint: Complaint, outage: Outage) -> None:
        self._db = db
        self._place = place
        self._complaint = complaint
        self._outage = outage

    async def probe(self) -> None:
        """Write something: whether the database still takes it, which `condition` tells then."""
        try:
            async with self._db.transaction() as tx:
                await touch(tx)
        except Stuck as stuck:
            self._complaint.say(stuck)

    def condition(self) -> Condition:
        """How it is now."""
        try:
            self._place.check()
        except Displaced as displaced:
            return Condition(str(displaced), well=False)
        trouble, seconds = self._complaint.current, self._outage.seconds
        if trouble is not None:
            return Condition(trouble, well=False)
        if seconds is not None:
            return Condition(self._outage.why, well=seconds < AWAY_TOO_LONG, seconds=seconds)
        return Condition("serving")
