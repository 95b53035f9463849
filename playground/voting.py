"""Polls that are running: those that close by themselves, and what the bot is told when one closes."""

from datetime import datetime
from typing import TYPE_CHECKING

from playground.messages import Message

if TYPE_CHECKING:
    from playground.state import Box


class OpenPolls:
    """The messages whose polls have a closing time ahead, and numbers for new polls."""

    def __init__(self, first_id: int) -> None:
        self._next_id = first_id << 16
        self._timed: list[Message] = []

    def take_id(self) -> str:
        self._next_id += 1
        return str(self._next_id)

    def watch(self, message: Message) -> None:
        """It closes by itself, if it has a time for that."""
        if message.poll is not None and message.poll.closes is not None and not message.poll.is_closed:
            self._timed.append(message)

    def next_closing(self) -> datetime | None:
        return min((closes for _, closes in self._closings()), default=None)

    def take_due(self, now: datetime) -> list[Message]:
        """Those whose time has come, the earliest first; they are watched no longer."""
        due = sorted((pair for pair in self._closings() if pair[1] <= now), key=lambda pair: pair[1])
        self._timed = [message for message, closes in self._closings() if closes > now]
        return [message for message, _ in due]

    def _closings(self) -> list[tuple[Message, datetime]]:
        return [
            (message, message.poll.closes)
            for message in self._timed
            if message.poll is not None
            and message.poll.closes is not None
            and not message.poll.is_closed
            and not message.deleted
        ]


def close(box: "Box", message: Message) -> None:
    """No more votes from now on; the bot that sent the poll is told."""
    if message.poll is None:
        return
    message.poll.is_closed = True
    box.updates.add("poll", message.poll.as_json())
    box.tell_message("edited", message)


def close_due(box: "Box", now: datetime) -> None:
    for message in box.polls.take_due(now):
        close(box, message)
