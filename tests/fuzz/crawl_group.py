"""A study group that tries everything: commands, buttons, votes, admins that come and go, a bot put out and back."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import Any

from playground import membership
from playground.refusals import PersonRefused
from tests.fake_chat import Running
from tests.fake_group import BOT, FakeGroup

COMMANDS = (
    "quiz",
    "quiz",
    "quiz",
    "stop",
    "board",
    "quizdaily",
    "quizsettings",
    "quizreport",
    "help",
    "start",
)
ARGUMENTS = (
    "",
    "",
    "metrics 3 10",
    "18:00",
    "18:00 metrics 5",
    "off",
    "Tokyo",
    "month",
    "alias Ada",
    "hide",
    "<b>",
)
TEXTS = ("Berlin", "thanks!", "/", "/nothing", "a<b & c>d", "x" * 4000)
KINDS = ("photo", "voice", "document", "sticker", "location", "contact")


class GroupCrawler:
    """Some people at it in one group. What they cannot do in the box they leave."""

    def __init__(self, running: Running, group: FakeGroup, people: tuple[str, ...], chance: Random) -> None:
        self.running, self.box, self.group = running, running.box, group
        self._people, self._chance = people, chance

    async def plays(self) -> None:
        """A whole quiz, so that there is a result to tap on."""
        first, second, *_ = self._people
        await self.group.says(first, "/quiz metrics 3")
        for who, label in ((first, "Join"), (second, "Join"), (first, "Start")):
            await self.group.taps(who, label)
        for _ in range(12):
            await self.group.waits(10)
            for who, right in ((first, True), (second, False)):
                with suppress(PersonRefused):  # between two questions
                    await self.group.votes(who, right)

    async def crawls(self, steps: int) -> None:
        """So many things, one after the other."""
        for _ in range(steps):
            try:
                await self._one(self._chance.choice(self._people))
            except PersonRefused:
                continue
            finally:
                await self.running.quiet()

    async def _one(self, who: str) -> None:
        throw, name = self._chance.random(), self.group.name
        if throw < 0.3:
            self._taps(who)
        elif throw < 0.5:
            command, words = self._chance.choice(COMMANDS), self._chance.choice(ARGUMENTS)
            self.box.say(who, name, f"/{command} {words}".strip(), None, self.group.thread)
        elif throw < 0.68:
            self._votes(who)
        elif throw < 0.76:
            text = self._chance.choice(TEXTS)
            self.box.say(who, name, text, self._one_of_theirs(), self.group.thread)
        elif throw < 0.8:
            self.box.send(who, name, self._chance.choice(KINDS), thread=self.group.thread)
        elif throw < 0.9:
            await self.running.clock.advance(self._chance.choice((5, 15, 61, 3_600, 90_000)))
        else:
            self._rules(who)

    def _taps(self, who: str) -> None:
        buttons = [
            (message["message_id"], button["data"])
            for message in self.box.messages(self.group.name)[-12:]
            for row in message.get("buttons") or []
            for button in row
            if button["data"]
        ]
        if buttons:
            message_id, data = self._chance.choice(buttons)
            self.box.tap(who, self.group.name, message_id, data)

    def _votes(self, who: str) -> None:
        polls = [message for message in self.box.messages(self.group.name) if message.get("kind") == "poll"]
        if polls:
            self.box.vote(
                who, self.group.name, polls[-1]["message_id"], self._chance.choice(([0], [1], [2], []))
            )

    def _rules(self, who: str) -> None:
        """Whoever may do that changes who may do what, or who is there at all."""
        name = self.group.name
        match self._chance.randrange(7):
            case 0:
                membership.promote(self.box, who, name, BOT)
            case 1:
                membership.demote(self.box, who, name, BOT)
            case 2:
                membership.remove(self.box, who, name, BOT)
            case 3:
                membership.add(self.box, who, name, BOT)
            case 4:
                membership.allow(self.box, who, name, {"can_send_polls": self._chance.random() < 0.5})
            case 5:
                membership.allow(self.box, who, name, {"can_send_messages": self._chance.random() < 0.5})
            case _:
                membership.promote(self.box, who, name, self._chance.choice(self._people))

    def _one_of_theirs(self) -> int | None:
        seen: list[dict[str, Any]] = self.box.messages(self.group.name)
        ids: list[int] = [
            message["message_id"] for message in seen if message["from"] == self.box.bot.username
        ][-6:]
        return self._chance.choice([None, *ids])
