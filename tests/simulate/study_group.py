"""A group with a daily quiz: it votes on most days, moves its clock, falls silent for a week, looks at its board."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from playground import membership
from playground.state import Box
from tests.quiz_words import standings_in
from tests.simulate.group_oracle import Due, GroupLife, Held, Outage, points_of
from tests.simulate.people import TOLERATED

CITIES = {
    "Berlin": ZoneInfo("Europe/Berlin"),
    "Tokyo": ZoneInfo("Asia/Tokyo"),
    "Los Angeles": ZoneInfo("America/Los_Angeles"),
    "Auckland": ZoneInfo("Pacific/Auckland"),
}
VOTES, RIGHT = 0.5, 0.6
WHILE_ANOTHER_RUNS = timedelta(minutes=15)
QUESTIONS = 2
SPANS = ("Week", "Month", "All time")


class StudyGroup:
    """One group, with what the oracle knows and what everybody there saw."""

    def __init__(
        self, box: Box, title: str, city: str, at: time, members: Sequence[str], chance: Random
    ) -> None:
        self.box, self.title, self.city, self.members = box, title, city, list(members)
        self.life = GroupLife(CITIES[city], at)
        self.name = ""
        self.wrong: list[str] = []
        self.dailies = self.votes = self.pauses = self.by_hand = 0
        self.silent = False
        self._chance = chance
        self._read = 0
        self._owed: list[tuple[Due, datetime]] = []  # with the moment at which it counts as missing
        self._card_at: datetime | None = None
        self._is_daily = False
        self._open: dict[int, dict[str, Any]] = {}  # polls by message
        self._voted: set[tuple[str, int]] = set()

    @property
    def plays(self) -> bool:
        """Whether a quiz is on, or has to come any moment."""
        return self._card_at is not None or bool(self._owed)

    def opens(self) -> None:
        """It comes about, with the bot in it."""
        self.name = membership.create(self.box, self.title, [*self.members, "bot"]).name

    def says(self, words: str, who: str | None = None) -> None:
        self.box.say(who or self.members[0], self.name, words)

    def starts_by_hand(self, now: datetime) -> None:
        """Somebody has just started a quiz."""
        self._card_at, self._is_daily = now, False
        self.by_hand += 1

    def looks(self, now: datetime, outage: Outage | None = None) -> None:
        """Compare what has come with what was owed, and vote on what is open."""
        for due in self.life.due_until(now, outage):
            patience = WHILE_ANOTHER_RUNS if self._card_at is not None else TOLERATED
            self._owed.append((due, due.moment + patience))
        for message in self._news():
            self._sees(message)
        for due, missing in list(self._owed):
            if now > missing:
                self.wrong.append(f"{self.name} on {due.day}: owed at {due.moment}, nothing came")
                self._owed.remove((due, missing))
        for message_id, message in list(self._open.items()):
            found = self.box.posts.find(self.box.roster.chat(self.name), message_id)
            assert found is not None
            assert found.poll is not None
            if found.poll.is_closed:
                del self._open[message_id]
            elif not self.silent:
                self._vote(message, found.poll.correct, now)

    def checks_board(self, span: str, now: datetime) -> None:
        """The newest message is a board of that span, with the points and the streak that are due."""
        text = self.box.messages(self.name)[-1]["text"]
        due = {name.capitalize(): points for name, points in self.life.board(span, now).items()}
        if due and max(due.values()) > 0 and standings_in(text) != due:
            self.wrong.append(f"{self.name}, {span}: {due} is told as {text!r}")
        found = re.search(r"🔥 (\d+) days?", text)
        if (int(found[1]) if found else 0) != self.life.streak(now):
            self.wrong.append(
                f"{self.name} on {now}: a streak of {self.life.streak(now)} is told as {text!r}"
            )

    def newest(self, label: str) -> tuple[int, str]:
        """Where the newest button is that is called so; LookupError where there is none."""
        for message in reversed(self.box.messages(self.name)[-12:]):
            for row in message.get("buttons") or []:
                for button in row:
                    if label in button["text"]:
                        return message["message_id"], button["data"]
        raise LookupError(f"no button in {self.name} is called {label}")

    def _news(self) -> list[dict[str, Any]]:
        seen = self.box.messages(self.name, self._read)
        if seen:
            self._read = seen[-1]["message_id"]
        return [message for message in seen if message["from"] == self.box.bot.username]

    def _sees(self, message: dict[str, Any]) -> None:
        at = datetime.fromisoformat(message["date"])
        carried = [(b["data"] or "").split(":") for row in message.get("buttons") or [] for b in row]
        names = {parts[0]: parts for parts in carried}
        if message.get("kind") == "poll":
            assert self._card_at is not None, "a question without a quiz"
            if "quiz-skip.1" in names:  # else its time was over before anybody looked
                self._open[message["message_id"]] = message
                self.life.held.setdefault(int(names["quiz-skip.1"][1]), Held(self._card_at))
        elif "quiz-again.1" in names:
            self._ends(int(names["quiz-again.1"][1]), message["text"], at)
        elif "qresume.1" in names:
            self._comes(at, pause=True)
            self.pauses += 1
        elif message["text"].startswith("Quiz:") and not carried and "\nIn: " not in message["text"]:
            self._comes(at, pause=False)
            self._card_at, self._is_daily = at, True
            self.dailies += 1

    def _comes(self, at: datetime, *, pause: bool) -> None:
        first = next((each for each in self._owed if each[0].pause == pause), None)
        if first is None or not timedelta() <= at - first[0].moment <= first[1] - first[0].moment:
            what = "word of a pause" if pause else "a daily quiz"
            self.wrong.append(f"{self.name} in {self.city}: {what} came at {at}, owed is {self._owed}")
        if first is not None:
            self._owed.remove(first)

    def _ends(self, quiz: int, text: str, at: datetime) -> None:
        held = self.life.held.setdefault(quiz, Held(self._card_at or at))
        held.ended_at = at
        due = {who.capitalize(): points for who, points in held.points.items()}
        if due and max(due.values()) > 0 and standings_in(text) != due:
            self.wrong.append(f"{self.name}, quiz {quiz}: {due} is told as {text!r}")
        if self._is_daily:
            self.life.unplayed = 0 if held.points else self.life.unplayed + 1
        self._card_at = None

    def _vote(self, message: dict[str, Any], correct: list[int], now: datetime) -> None:
        sent = datetime.fromisoformat(message["date"])
        lasts = datetime.fromisoformat(message["poll"]["closes"]) - sent
        quiz = next(
            int(button["data"].split(":")[1])
            for row in message["buttons"]
            for button in row
            if button["data"].startswith("quiz-skip.1:")
        )
        for who in self.members:
            if (who, message["message_id"]) in self._voted or self._chance.random() > VOTES:
                continue
            right = self._chance.random() < RIGHT
            others = [n for n in range(len(message["poll"]["options"])) if n not in correct]
            chosen = correct[0] if right else self._chance.choice(others)
            self.box.vote(who, self.name, message["message_id"], [chosen])
            self._voted.add((who, message["message_id"]))
            self.life.held[quiz].points[who] += points_of(right, now - sent, lasts)
            self.votes += 1
