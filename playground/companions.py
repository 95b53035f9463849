"""Who plays along: members of a group who join quizzes and answer polls by themselves, each at their own pace."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from playground.groups import Group
from playground.messages import Message
from playground.people import Person
from playground.polls import Poll
from playground.refusals import PersonRefused

if TYPE_CHECKING:
    from playground.state import Box

JOIN = re.compile(r"\W*join\b", re.IGNORECASE)
KNOWS = {"bob": 0.65, "carol": 0.85, "dave": 0.45}  # how often they are right
KNOWS_USUALLY = 0.6
STAYS_AWAY = 0.06  # how often they do not answer at all
SOONEST, SLOWEST = 2.0, 26.0  # seconds until a vote
JOINS_WITHIN = 8.0
LAST_MOMENT = 0.9  # of the time a poll is open: nobody votes later than that


@dataclass(frozen=True)
class Act:
    """What somebody is going to do: join, or else vote. `chance` decides what."""

    at: datetime
    who: Person
    message: Message
    chance: Random
    joins: bool = False


class Companions:
    """Who plays along where. What they do and when is the same every time: it hangs on the order of the polls."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._playing: dict[str, list[Person]] = {}
        self._planned: list[Act] = []
        self._seen: dict[tuple[str, int], list[Person]] = {}  # who has plans for a chat's message

    def set(self, group: Group, who: list[Person]) -> None:
        """From now on these play along there, and nobody else. Raises `PersonRefused` for who is no member."""
        for person in who:
            if person not in group.members:
                raise PersonRefused(f"{person.name} is not in the chat {group.name}.", 403)
        self._playing[group.name] = list(dict.fromkeys(who))
        gone = [act for act in self._planned if act.message.chat.name == group.name and act.who not in who]
        for act in gone:
            self._planned.remove(act)
            self._seen[group.name, act.message.id].remove(act.who)

    def names(self, group: Group) -> list[str]:
        return [person.name for person in self._playing.get(group.name, []) if person in group.members]

    def notice(self, message: Message, now: datetime) -> None:
        """A message is new or has changed: those who play along make their plans, once for each message."""
        who = self._playing.get(message.chat.name)
        joins = _join_button(message) is not None
        is_open = message.poll is not None and not message.poll.is_closed
        if not who or not message.by_bot or not (joins or is_open):
            return
        seen = self._seen.setdefault((message.chat.name, message.id), [])
        for person in who:
            if person not in seen:
                seen.append(person)
                chance = Random(f"{self._seed}.{len(self._seen)}.{person.name}")
                self._planned += _plans(message, person, now, chance, joins)

    def next_due(self) -> datetime | None:
        return min((act.at for act in self._planned), default=None)

    def act(self, box: "Box", now: datetime) -> None:
        """Does what has come due, the earliest first; what has become impossible is left."""
        for act in self._take_due(now):
            if act.message.deleted or act.who not in act.message.chat.members:
                continue
            try:
                _do(box, act)
            except PersonRefused:
                continue  # too late, or not allowed: as it goes with people

    def _take_due(self, now: datetime) -> list[Act]:
        due = sorted((act for act in self._planned if act.at <= now), key=lambda act: act.at)
        self._planned = [act for act in self._planned if act.at > now]
        return due


def _plans(message: Message, who: Person, now: datetime, chance: Random, joins: bool) -> Iterator[Act]:
    if joins:
        yield Act(now + timedelta(seconds=chance.uniform(1, JOINS_WITHIN)), who, message, chance, joins)
    elif message.poll is not None and chance.random() >= STAYS_AWAY:
        yield Act(now + timedelta(seconds=_hesitation(message.poll, now, chance)), who, message, chance)


def _hesitation(poll: Poll, now: datetime, chance: Random) -> float:
    """Seconds; most people answer in the first half of the time there is."""
    slowest = SLOWEST
    if poll.closes is not None:
        slowest = min(slowest, LAST_MOMENT * (poll.closes - now).total_seconds())
    return min(SOONEST, slowest) + chance.betavariate(2, 3) * max(0.0, slowest - SOONEST)


def _do(box: "Box", act: Act) -> None:
    if act.joins:
        if (button := _join_button(act.message)) is not None:
            box.tap(act.who.name, act.message.chat.id, act.message.id, button)
    elif act.message.poll is not None and act.who not in act.message.poll.votes:
        box.cast(act.who, act.message, choice(act.message.poll, act.who, act.chance))


def choice(poll: Poll, who: Person, chance: Random) -> list[int]:
    """What they vote: in a quiz what is right, or as often as they are wrong something else."""
    options = range(len(poll.options))
    if not poll.is_quiz:
        return sorted(chance.sample(options, chance.randint(1, len(options)) if poll.is_multiple else 1))
    wrong = [option for option in options if option not in poll.correct]
    if not wrong or chance.random() < KNOWS.get(who.name, KNOWS_USUALLY):
        return poll.correct
    return [chance.choice(wrong)]


def _join_button(message: Message) -> str | None:
    """The data of the button that lets one in."""
    for row in (message.buttons or {}).get("inline_keyboard", []):
        for button in row:
            if "callback_data" in button and JOIN.match(button["text"]):
                return str(button["callback_data"])
    return None
