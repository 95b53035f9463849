"""Writes flashcards as a file that Anki imports: an SQLite collection of its schema 11, zipped."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime, time, timedelta
from hashlib import sha1
from typing import Any
from zoneinfo import ZoneInfo

from interview.archive.flashcards import Flashcard, NoteKind, first_day
from interview.rating import Rating
from storage.anki_parts import KIND_ID, OPTIONS, deck, deck_id, hashed, model

DECK = "ML interviews"

_FIRST_ID = 1_300_000_000_000
_IDS = 10**11
_PARTED = "\x1f"
_NEW, _REVIEW = 0, 2
_EASE = 2500
_ROLLOVER = time(4)
_ZIPPED_AT = (2020, 1, 1, 0, 0, 0)

_SCHEMA = """
CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
 ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
 models text not null, decks text not null, dconf text not null, tags text not null);
CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
 usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
 flags integer not null, data text not null);
CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
 mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
 ivl integer not null, factor integer not null, reps integer not null, lapses integer not null,
 left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null);
CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
 ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null,
 type integer not null);
CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
CREATE INDEX ix_notes_usn on notes (usn);
CREATE INDEX ix_cards_usn on cards (usn);
CREATE INDEX ix_revlog_usn on revlog (usn);
CREATE INDEX ix_cards_nid on cards (nid);
CREATE INDEX ix_cards_sched on cards (did, queue, due);
CREATE INDEX ix_revlog_cid on revlog (cid);
CREATE INDEX ix_notes_csum on notes (csum);
"""


def write(flashcards: Sequence[Flashcard], kind: NoteKind, now: datetime, zone: ZoneInfo) -> bytes:
    """The .apkg. A question has the same ids in every file, so that a later one updates what an earlier one brought.

    Cards are due on the study days they are due on here, memory and log of ratings included; what was never rated is
    new. Days begin at 04:00 in `zone`, which is Anki's own rule.
    """
    begins = first_day([each.learned for each in flashcards], now.astimezone(zone).date())
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.executescript(_SCHEMA)
        _Writer(db, kind, now, begins).write(flashcards, zone)
        collection = db.serialize()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (("collection.anki2", collection), ("media", b"{}")):
            entry = zipfile.ZipInfo(name, _ZIPPED_AT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return packed.getvalue()


class _Writer:
    """One collection in the making. Day 0 of its cards is `begins`."""

    def __init__(self, db: sqlite3.Connection, kind: NoteKind, now: datetime, begins: date) -> None:
        self._db, self._kind, self._begins = db, kind, begins
        self._now = int(now.timestamp())
        self._taken: set[int] = set()
        self._logged: set[int] = set()

    def write(self, flashcards: Sequence[Flashcard], zone: ZoneInfo) -> None:
        self._put_collection(sorted({each.deck for each in flashcards}), zone)
        for place, flashcard in enumerate(flashcards):
            self._put(flashcard, place)

    def _put(self, flashcard: Flashcard, place: int) -> None:
        question_id = flashcard.learned.question_id
        number = self._number(question_id)
        first = flashcard.fields[0]
        self._insert(
            "notes",
            number,
            f"ml-interview-coach:{question_id}",
            KIND_ID,
            self._now,
            -1,
            f" {' '.join(flashcard.tags)} ",
            _PARTED.join(flashcard.fields),
            first,
            int(sha1(first.encode(), usedforsecurity=False).hexdigest()[:8], 16),
            0,
            "",
        )
        self._insert(
            "cards",
            number,
            number,
            deck_id(flashcard.deck),
            0,
            self._now,
            -1,
            *self._learned(flashcard, place),
        )
        self._put_log(flashcard, number)

    def _number(self, question_id: str) -> int:
        """The question's number, the same in every file but for the rare ones that share it."""
        number = _FIRST_ID + hashed(question_id, _IDS)
        while number in self._taken:
            number += 1
        self._taken.add(number)
        return number

    def _learned(self, flashcard: Flashcard, place: int) -> tuple[Any, ...]:
        """Type and queue, due, interval, ease, reviews, lapses, and what follows."""
        card = flashcard.learned.card
        if card is None:
            return (_NEW, _NEW, place, 0, 0, 0, 0, 0, 0, 0, 0, "{}")
        memory = json.dumps({"s": round(card.stability, 4), "d": round(card.difficulty, 3)})
        due = (card.due - self._begins).days
        return (_REVIEW, _REVIEW, due, card.interval, _EASE, card.reviews, card.lapses, 0, 0, 0, 0, memory)

    def _put_log(self, flashcard: Flashcard, card_id: int) -> None:
        for number, line in enumerate(flashcard.learned.log):
            at = line.at_ms
            while at in self._logged:  # a line of Anki's log is known by its millisecond
                at += 1
            self._logged.add(at)
            relearned = line.rating is Rating.AGAIN
            kind = 0 if number == 0 else 2 if relearned else 1
            self._insert(
                "revlog",
                at,
                card_id,
                -1,
                int(line.rating),
                line.interval,
                line.interval_before,
                _EASE,
                0,
                kind,
            )

    def _put_collection(self, decks: Sequence[str], zone: ZoneInfo) -> None:
        crt = int(datetime.combine(self._begins, _ROLLOVER, zone).timestamp())
        away = datetime.fromtimestamp(crt, zone).utcoffset() or timedelta()
        conf = {
            "nextPos": 1, "estTimes": True, "activeDecks": [1], "sortType": "noteFld", "timeLim": 0,
            "sortBackwards": False, "addToCur": True, "curDeck": 1, "newSpread": 0, "dueCounts": True,
            "curModel": str(KIND_ID), "collapseTime": 1200, "schedVer": 2,
            "creationOffset": -int(away.total_seconds()) // 60,
        }  # fmt: skip
        names = {1: "Default", deck_id(DECK): DECK} | {deck_id(each): f"{DECK}::{each}" for each in decks}
        self._insert(
            "col",
            1,
            crt,
            self._now * 1000,
            self._now * 1000,
            11,
            0,
            0,
            0,
            json.dumps(conf),
            json.dumps({str(KIND_ID): model(self._kind, self._now)}),
            json.dumps({str(number): deck(number, name, self._now) for number, name in names.items()}),
            json.dumps({"1": OPTIONS}),
            "{}",
        )

    def _insert(self, table: str, *values: Any) -> None:
        self._db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608
