"""Callback queries: what a tap on a button asks of the bot, and the one answer it may give."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from playground.people import Chat, Person
from playground.refusals import QUERY_TOO_OLD, bad_request
from playground.updates import KEPT_QUERY


@dataclass(frozen=True)
class Answer:
    """What the person who tapped gets to see. `expired`: the bot never answered."""

    text: str | None = None
    alert: bool = False
    url: str | None = None
    expired: bool = False

    def as_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"answer": self.text, "alert": self.alert}
        return shown | ({"url": self.url} if self.url else {})


@dataclass(frozen=True)
class Query:
    """A tap the bot has not answered yet."""

    id: str
    person: Person
    chat: Chat
    since: datetime
    answered: asyncio.Future[Answer]


class Queries:
    """The open ones; an answered or expired one is not there any more."""

    def __init__(self, now: Callable[[], datetime], first_id: int) -> None:
        self._now = now
        self._next_id = first_id
        self._open: dict[str, Query] = {}

    def open(self, person: Person, chat: Chat) -> Query:
        query_id = str((person.id << 32) + self._next_id)
        self._next_id += 1
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        query = Query(query_id, person, chat, self._now(), future)
        self._open[query_id] = query
        return query

    def answer(self, query_id: str, answer: Answer) -> Query:
        """Closes the query. Raises `Refused` where it is answered, too old or made up."""
        self.expire(self._now())
        query = self._open.pop(query_id, None)
        if query is None:
            raise bad_request(QUERY_TOO_OLD)
        if not query.answered.done():
            query.answered.set_result(answer)
        return query

    def expire(self, now: datetime) -> None:
        while self._open and now - (query := next(iter(self._open.values()))).since >= KEPT_QUERY:
            del self._open[query.id]
            if not query.answered.done():
                query.answered.set_result(Answer(expired=True))

    def next_expiry(self) -> datetime | None:
        oldest = next(iter(self._open.values()), None)
        return oldest.since + KEPT_QUERY if oldest is not None else None
