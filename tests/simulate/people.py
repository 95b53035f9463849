"""Learners all over the world who answer on most days, move house, take breaks, block the bot and come back."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from playground.state import Box
from tests.simulate.oracle import DAY, Life, Owed

ZONES = (
    "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu",
    "Africa/Cairo", "America/Santiago", "Atlantic/Azores", "Africa/Casablanca", "America/St_Johns", "Asia/Kolkata",
    "Pacific/Chatham", "America/Los_Angeles", "Europe/London", "Asia/Jerusalem", "America/Havana", "Asia/Beirut",
    "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Sao_Paulo", "Africa/Nairobi", "Asia/Tehran",
    "Europe/Lisbon", "America/Asuncion",
)  # fmt: skip
HOURS = (
    time(9),
    time(7, 30),
    time(22),
    time(2, 30),
    time(12, 15),
    time(18),
    time(3, 59),
    time(4),
    time(0, 5),
)
TOLERATED = timedelta(minutes=2)
MOST_UNASKED = 2
RATINGS = ("3", "3", "3", "4", "2", "1")


class Learner:
    """One of them, with what the oracle knows and what the chat showed."""

    def __init__(self, box: Box, number: int, chance: Random) -> None:
        self.box, self.name, self._chance = box, f"learner{number}", chance
        self.life = Life(ZoneInfo(ZONES[number % len(ZONES)]), HOURS[number % len(HOURS)])
        if number % 5 == 4:
            self.life.rest = frozenset({6, 7})
        self.open: tuple[int, int] | None = None  # message and asking
        self.back_at: datetime | None = None  # blocked until then
        self.wrong: list[str] = []
        self.expected: list[Owed] = []
        self.dailies = self.ratings = 0
        self._ignored = 0
        self._read = 0
        self._unasked: dict[Any, int] = {}

    # what the box shows

    def news(self) -> list[dict[str, Any]]:
        """What the bot sent since this was last asked."""
        seen = self.box.messages(self.name, self._read)
        if seen:
            self._read = seen[-1]["message_id"]
        return [message for message in seen if message["from"] == self.box.bot.username]

    def compares(self, now: datetime) -> None:
        """What came by itself since the last look must be what was owed, each in its minute."""
        came = self.news()
        questions = []
        for message in came:
            day = self.life.today(datetime.fromisoformat(message["date"]))
            self._unasked[day] = self._unasked.get(day, 0) + 1
            if self._unasked[day] > MOST_UNASKED:
                self.wrong.append(f"{self.name}: {self._unasked[day]} unasked messages on {day}")
            if (asking := asking_of(message)) is not None:
                questions.append(datetime.fromisoformat(message["date"]))
                self.open = message["message_id"], asking
        if len(questions) != len(self.expected) or any(
            not timedelta() <= at - owed.moment <= TOLERATED
            for at, owed in zip(questions, self.expected, strict=False)
        ):
            owed_at = [f"{owed.day} {owed.moment:%m-%d %H:%M}" for owed in self.expected]
            self.wrong.append(
                f"{self.name} in {self.life.zone} at {now:%m-%d %H:%M}: owed {owed_at},"
                f" came {[f'{at:%m-%d %H:%M}' for at in questions]}"
            )
        self.dailies += len(questions)
        self.expected = []

    # what they do

    def wants_to_answer(self) -> bool:
        """Whether they answer what is open now; never silent for long."""
        if self.open is None or self.life.away:
            return False
        answers = self._ignored > 2 or self._chance.random() < 0.45
        self._ignored = 0 if answers else self._ignored + 1
        return answers

    def tap(self, data: str, on: int) -> asyncio.Future[Any]:
        return self.box.tap(self.name, self.name, on, data)

    def rates(self) -> asyncio.Future[Any]:
        """Tap a rating of what is open, which was shown before."""
        assert self.open is not None
        message_id, asking = self.open
        return self.tap(f"rate.1:{asking}:{self._chance.choice(RATINGS)}", message_id)

    def counts(self, now: datetime) -> None:
        """The message must show the streak that the oracle reckons."""
        assert self.open is not None
        message_id, _ = self.open
        self.life.rated.add(self.life.today(now))
        self.ratings += 1
        [shown] = [m for m in self.box.messages(self.name, message_id - 1) if m["message_id"] == message_id]
        self.open = None
        length, freezes = self.life.streak(now)
        found = re.search(r"🔥 (\d+) days?(.*)", shown["text"])
        stored = re.search(r"(\d+) freezes? in store", found[2]) if found else None
        told = (int(found[1]), int(stored[1]) if stored else 0) if found else None
        if told != (length, freezes):
            self.wrong.append(
                f"{self.name} in {self.life.zone} on {self.life.today(now)}: a streak of {length} with {freezes}"
                f" freezes is told as {told}; rated {sorted(self.life.rated)[-12:]}, kept {sorted(self.life.kept)[-8:]}"
            )

    def whim(self, now: datetime) -> Iterator[str]:
        """Now and then something else: texts to say or buttons to tap, one after the other."""
        if self.life.away:
            if self.back_at is not None and now >= self.back_at:
                self.box.unblock(self.name)
                self.life.away, self.life.since, self.back_at = False, now, None
                yield "/start"
            return
        if self.life.paused_until > self.life.today(now):
            return
        throw = self._chance.random()
        if throw < 1 / 160:
            zone = ZoneInfo(self._chance.choice(ZONES))
            yield from ("/settings", "Zone", zone.key)
            self._owed(self.life.moves(now, zone))
        elif throw < 2 / 160:
            hour = self._chance.choice(HOURS)
            yield from ("/settings", "Hour", f"{hour:%H:%M}")
            self._owed(self.life.chooses(now, hour))
        elif throw < 3 / 160:
            days = self._chance.randint(1, 9)
            self.life.pauses(now, days)
            yield f"/pause {days}"
        elif throw < 3.5 / 160:
            self.box.block(self.name)
            self.life.away, self.open = True, None
            self.back_at = now + self._chance.uniform(0.5, 2) * DAY

    def _owed(self, owed: Owed | None) -> None:
        if owed is not None:
            self.expected.append(owed)


def asking_of(message: dict[str, Any]) -> int | None:
    """Of which asking a message is the question."""
    for row in message["buttons"]:
        for button in row:
            if (button["data"] or "").startswith("show.1:"):
                return int(button["data"].split(":")[1])
    return None


def wrongs(people: Sequence[Learner]) -> list[str]:
    """All that any of them found wrong."""
    return [line for person in people for line in person.wrong]
