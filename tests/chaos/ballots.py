"""What Telegram knows of each poll: when it was sent and closed, and who voted for what, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from playground import voting
from playground.messages import Message
from playground.people import Person
from playground.state import Box


@dataclass
class Ballot:
    """One poll; `votes` are person, option, moment. `quiz` and `place` are told by its buttons."""

    chat: int
    message: int
    id: str
    quiz: int
    place: int
    correct: list[int]
    seconds: float
    sent: str
    closed: str | None = None
    votes: list[tuple[int, int, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def keep_ballots(box: Box) -> Mapping[str, Ballot]:
    """From now on every poll that the bot sends stands there, by its id."""
    kept: dict[str, Ballot] = {}
    watch, cast, close = box.polls.watch, box.cast, voting.close

    def noting_watch(message: Message) -> None:
        assert message.poll is not None
        kept[message.poll.id] = _ballot(message)
        watch(message)

    def noting_cast(person: Person, message: Message, options: list[int]) -> None:
        assert message.poll is not None
        before = list(message.poll.votes.get(person, []))
        cast(person, message, options)
        if message.poll.votes.get(person, []) != before:
            kept[message.poll.id].votes.append((person.id, options[0], _iso(box.now())))

    def noting_close(box: Box, message: Message) -> None:
        assert message.poll is not None
        kept[message.poll.id].closed = _iso(box.now())
        close(box, message)

    box.polls.watch = noting_watch  # type: ignore[method-assign]
    box.cast = noting_cast  # type: ignore[method-assign]
    voting.close = noting_close
    return kept


def _ballot(message: Message) -> Ballot:
    poll = message.poll
    assert poll is not None
    assert poll.closes is not None
    carried = [b["callback_data"] for row in (message.buttons or {})["inline_keyboard"] for b in row]
    [(quiz, place)] = [each.split(":")[1:] for each in carried if each.startswith("quiz-skip.1:")]
    return Ballot(
        message.chat.id,
        message.id,
        poll.id,
        int(quiz),
        int(place),
        list(poll.correct),
        (poll.closes - message.date).total_seconds(),
        _iso(message.date),
    )


def _iso(moment: datetime) -> str:
    return moment.isoformat()
