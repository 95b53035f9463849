"""The document: every row of a learner's as JSON objects, and back. docs/export.md describes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from interview.archive.kinds import REQUIRED, Ahead, Row, Value
from interview.archive.tables import TABLES

FORMAT = "ml-interview-coach export"
VERSION = 1
"""Rises when a document of the old kind could be misread; a field that is merely added leaves it."""

Rows = Mapping[str, Sequence[Row]]
"""What is kept about one learner: every table's rows, in the tables' order."""

_LISTS = tuple(name for name in TABLES if name not in ("learners", "replies"))
_MOST_REPLIES = 500  # to one asking
_UNIQUE = {
    "kept_days": "study_day",
    "drills": "id",
    "askings": "id",
    "cards": "question_id",
    "set_aside": "question_id",
    "bookmarks": "question_id",
}


class Unreadable(Exception):
    """Why a document cannot be taken: one sentence that says what to do."""


def write(rows: Rows, now: datetime) -> bytes:
    """The document as JSON in UTF-8, a line for each row so that people can read it too."""
    document = to_document(rows, now)
    lines = [f"{_json(name)}: {_block(value)}" for name, value in document.items()]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def read(content: bytes, now: datetime) -> Rows:
    """What `write` wrote; `Unreadable` for anything else. Ids are the document's own and hold only inside it."""
    try:
        document = orjson.loads(content)
    except ValueError:
        raise Unreadable(
            "That file is no export of mine, or it was cut short: send the .json file that /export gave you."
        ) from None
    return from_document(document, now)


def to_document(rows: Rows, now: datetime) -> dict[str, Any]:
    """The document as an object of lists of objects."""
    shown = {name: [_shown(name, row) for row in rows[name]] for name in TABLES}
    replies: dict[Value, list[dict[str, Any]]] = {}
    for reply in shown["replies"]:
        replies.setdefault(reply.pop("asking_id"), []).append(reply)
    for asking in shown["askings"]:
        asking["replies"] = replies.get(asking["id"], [])
    return {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "learner": shown["learners"][0] if shown["learners"] else {},
        **{name: shown[name] for name in _LISTS},
    }


def from_document(document: Any, now: datetime) -> Rows:
    """The rows of a document, each value checked; `Unreadable` where anything is not as it should be."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Unreadable("That file is no export of mine: send the .json file that /export gave you.")
    version = document.get("version")
    if not isinstance(version, int) or version < 1:
        raise _damaged("version", "is missing")
    if version > VERSION:
        raise Unreadable(
            "That export was made by a newer version of me than this one, so I left it alone: "
            "ask whoever runs this bot to update it."
        )
    rows: dict[str, list[Row]] = {name: _list(document, name, now) for name in _LISTS}
    rows["learners"] = [_read("learners", "learner", document.get("learner", {}), now, partly=True)]
    rows["replies"] = _replies(document, now)
    _check_links(rows)
    _check_ratings(rows)
    return rows


def _shown(table: str, row: Row) -> dict[str, Any]:
    return {name: kind.shown(row[name]) for name, kind in TABLES[table].columns.items()}


def _block(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _json(value)
    return "[\n" + ",\n".join(_json(row) for row in value) + "\n]"


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _list(document: dict[str, Any], name: str, now: datetime) -> list[Row]:
    entries = document.get(name, []) if TABLES[name].restored else []
    if not isinstance(entries, list):
        raise _damaged(name, "is no list")
    rows = [_read(name, f"{name} {number}", entry, now) for number, entry in enumerate(entries, 1)]
    if name in _UNIQUE:
        twice = [value for value, times in Counter(row[_UNIQUE[name]] for row in rows).items() if times > 1]
        if twice:
            raise _damaged(name, f"holds {twice[0]} twice")
    return rows


def _read(table: str, where: str, entry: Any, now: datetime, *, partly: bool = False) -> Row:
    if not isinstance(entry, dict):
        raise _damaged(where, "is no object")
    row: dict[str, Value] = {}
    for name, kind in TABLES[table].columns.items():
        if name not in entry and partly:
            continue
        if name not in entry:
            if kind.default is REQUIRED:
                raise _damaged(where, f"has no {name}")
            row[name] = kind.default
            continue
        try:
            row[name] = kind.read(entry[name], now)
        except Ahead:
            raise Unreadable(
                "That export was made by a clock that is ahead of mine, so nothing was changed:"
                " try again once that moment has come."
            ) from None
        except (ValueError, TypeError, OverflowError):
            raise _damaged(where, f"{name} cannot be right") from None
    return row


def _replies(document: dict[str, Any], now: datetime) -> list[Row]:
    found = []
    for asking in document.get("askings", []):
        replies = asking.get("replies", [])
        if not isinstance(replies, list) or len(replies) > _MOST_REPLIES:
            raise _damaged("replies", f"no list of at most {_MOST_REPLIES}")
        for reply in replies:
            if not isinstance(reply, dict):
                raise _damaged("replies", "holds something that is no object")
            found.append(_read("replies", "replies", {**reply, "asking_id": asking["id"]}, now))
    return found


def _check_links(rows: Mapping[str, Sequence[Row]]) -> None:
    drills = {drill["id"] for drill in rows["drills"]}
    asked = {asking["id"]: asking["question_id"] for asking in rows["askings"]}
    for asking in rows["askings"]:
        if asking["drill_id"] is not None and asking["drill_id"] not in drills:
            raise _damaged("askings", f"there is no drill {asking['drill_id']}")
    for review in rows["reviews"]:
        if asked.get(review["asking_id"]) != review["question_id"]:
            raise _damaged("reviews", f"there is no such asking {review['asking_id']}")


def _check_ratings(rows: Mapping[str, Sequence[Row]]) -> None:
    """A rated asking has its moment, its day, its line in the log and its question's card."""
    cards = {card["question_id"] for card in rows["cards"]}
    last = {review["asking_id"]: review for review in rows["reviews"]}
    for asking in rows["askings"]:
        line = last.get(asking["id"])
        logged = None if line is None or line["what"] == "undone" else line["rating"]
        whole = [asking[name] is not None for name in ("rated_at", "rated_on")] == [logged is not None] * 2
        if asking["rating"] != logged or not whole:
            raise _damaged("reviews", f"they disagree with asking {asking['id']}")
        if logged is not None and asking["question_id"] not in cards:
            raise _damaged("cards", f"none for {asking['question_id']}")


def _damaged(where: str, what: str) -> Unreadable:
    return Unreadable(
        f"That export is damaged ({where}: {what}), so nothing was changed: send it just as /export gave it to you."
    )


def count_rated(askings: Iterable[Row]) -> int:
    """How many askings are rated."""
    return sum(asking["rating"] is not None for asking in askings)
