"""A quiz that is over as a JSON document, for whoever started it. docs/quiz_report.md describes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import orjson

FORMAT = "ml-interview-coach quiz report"
VERSION = 1
"""Rises when a document of the old kind could be misread; a field that is merely added leaves it."""


@dataclass(frozen=True, slots=True)
class Voted:
    """One person's vote: `chosen` is the place of the option as shown, `took` milliseconds as counted."""

    person_id: int
    name: str
    chosen: int
    took: int
    points: int
    is_right: bool


@dataclass(frozen=True, slots=True)
class Put:
    """One question as it was put: `right` holds places in `options`, which stand in the order shown."""

    question_id: str
    options: tuple[str, ...]
    right: tuple[int, ...]
    seconds: int
    opened_at: datetime | None
    closed_at: datetime | None
    skipped: bool
    votes: tuple[Voted, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """A quiz from its start to its end. `group` is empty where somebody played alone."""

    quiz_id: int
    chat_id: int
    starter_id: int
    group: str
    topic: str | None
    facet: str | None
    daily_on: date | None
    started_at: datetime | None
    ended_at: datetime
    ended_because: str
    rounds: tuple[Put, ...]


def write(played: Played, now: datetime) -> bytes:
    """The document in UTF-8. Nobody's number at Telegram is in it: players are numbered, the best first."""
    return orjson.dumps(to_document(played, now), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def to_document(played: Played, now: datetime) -> dict[str, Any]:
    """The document as an object."""
    players = _players(played.rounds)
    numbers = {person_id: number for number, person_id in enumerate(players, start=1)}
    return {
        "format": FORMAT,
        "version": VERSION,
        "written_at": _moment(now),
        "group": played.group or None,
        "topic": played.topic,
        "facet": played.facet,
        "daily_on": played.daily_on.isoformat() if played.daily_on else None,
        "started_at": _moment(played.started_at),
        "ended_at": _moment(played.ended_at),
        "ended_because": played.ended_because,
        "players": [{"player": numbers[who], **player} for who, player in players.items()],
        "questions": [_question(number, put, numbers) for number, put in enumerate(played.rounds, start=1)],
    }


def _players(rounds: Sequence[Put]) -> dict[int, dict[str, Any]]:
    """Everybody who voted, by id, most points first."""
    votes: dict[int, list[Voted]] = defaultdict(list)
    for put in rounds:
        for vote in put.votes:
            votes[vote.person_id].append(vote)
    players: dict[int, dict[str, Any]] = {
        who: {
            "name": cast[-1].name,
            "points": sum(vote.points for vote in cast),
            "right": sum(vote.is_right for vote in cast),
            "votes": len(cast),
        }
        for who, cast in votes.items()
    }
    return dict(sorted(players.items(), key=lambda item: (-item[1]["points"], item[1]["name"], item[0])))


def _question(number: int, put: Put, numbers: Mapping[int, int]) -> dict[str, Any]:
    votes = [
        {
            "player": numbers[vote.person_id],
            "chosen": vote.chosen,
            "took": vote.took,
            "points": vote.points,
            "is_right": vote.is_right,
        }
        for vote in put.votes
    ]
    return {
        "number": number,
        "question_id": put.question_id,
        "options": list(put.options),
        "right": list(put.right),
        "seconds": put.seconds,
        "opened_at": _moment(put.opened_at),
        "closed_at": _moment(put.closed_at),
        "skipped": put.skipped,
        "votes": sorted(votes, key=lambda vote: vote["player"]),
    }


def _moment(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
