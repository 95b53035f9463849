"""The parts of an Anki collection that are JSON: the notes' kind, decks, their options."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from interview.archive.flashcards import NoteKind

KIND_ID = 1_763_000_000_001
"""For ever: by it Anki knows the kind of our notes again."""

_FIRST_DECK = 1_200_000_000_000

OPTIONS: dict[str, Any] = {
    "id": 1, "mod": 0, "name": "Default", "usn": 0, "maxTaken": 60, "autoplay": True, "timer": 0, "replayq": True,
    "dyn": False,
    "new": {
        "bury": False, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20,
    },
    "rev": {
        "bury": False, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2,
    },
    "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
}  # fmt: skip
"""Anki's own usual options; its owner's stand where they have any."""


def deck_id(name: str) -> int:
    """A deck's number, the same in every file."""
    return _FIRST_DECK + hashed(name, 10**10)


def deck(number: int, name: str, now: int) -> dict[str, Any]:
    """A deck as Anki keeps it; `now` in seconds."""
    return {
        "id": number, "mod": now, "name": name, "usn": -1, "lrnToday": [0, 0], "revToday": [0, 0],
        "newToday": [0, 0], "timeToday": [0, 0], "collapsed": False, "browserCollapsed": False, "desc": "", "dyn": 0,
        "conf": 1, "extendNew": 0, "extendRev": 0,
    }  # fmt: skip


def model(kind: NoteKind, now: int) -> dict[str, Any]:
    """The notes' kind as Anki keeps it; `now` in seconds."""
    fields = [
        {"name": name, "ord": place, "sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
        for place, name in enumerate(kind.fields)
    ]
    template = {
        "name": "Question", "ord": 0, "qfmt": kind.front, "afmt": kind.back, "bqfmt": "", "bafmt": "", "did": None,
    }  # fmt: skip
    return {
        "id": KIND_ID, "name": kind.name, "type": 0, "mod": now, "usn": -1, "sortf": 0, "did": 1, "tmpls": [template],
        "flds": fields, "css": kind.style, "latexPre": "", "latexPost": "", "latexsvg": False,
        "req": [[0, "any", [0]]], "tags": [], "vers": [],
    }  # fmt: skip


def hashed(name: str, below: int) -> int:
    """A number from 0 to below that limit, always the same for a name."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) % below
