"""The .apkg, read as Anki reads it."""

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from interview.archive.flashcards import Flashcard, Learned, NoteKind, Reviewed
from interview.card import Card
from interview.rating import Rating
from storage.anki_file import DECK, write

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = date(2026, 3, 2)
BERLIN = ZoneInfo("Europe/Berlin")
KIND = NoteKind("A kind", ("Front", "Back"), "{{Front}}", "{{Back}}", ".card {}")


def a_card(question_id: str, due: date | None, log: tuple[Reviewed, ...] = ()) -> Flashcard:
    card = Card(3.5, 5.25, due, due - timedelta(days=9), 9, 2, 1) if due else None
    return Flashcard(
        Learned(question_id, card, log), (f"front {question_id}", "back"), "Metrics", ("metrics", "easy")
    )


def opened(package: bytes) -> dict[str, list[dict[str, Any]]]:
    with zipfile.ZipFile(io.BytesIO(package)) as files, closing(sqlite3.connect(":memory:")) as db:
        assert sorted(files.namelist()) == ["collection.anki2", "media"]
        assert json.loads(files.read("media")) == {}
        db.deserialize(files.read("collection.anki2"))
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        db.row_factory = sqlite3.Row
        tables = ("col", "notes", "cards", "revlog")
        return {
            table: [dict(row) for row in db.execute(f"SELECT * FROM {table} ORDER BY id")] for table in tables
        }


def test_a_card_is_due_on_its_own_day_overdue_ones_too():
    due = {"late": TODAY - timedelta(days=3), "today": TODAY, "ahead": TODAY + timedelta(days=30)}
    found = opened(write([a_card(name, day) for name, day in due.items()], KIND, NOW, BERLIN))

    [col] = found["col"]
    begins = datetime.fromtimestamp(col["crt"], BERLIN)
    assert (begins.hour, begins.minute) == (4, 0)
    names = {note["id"]: note["guid"].partition(":")[2] for note in found["notes"]}
    days = {names[card["nid"]]: begins.date() + timedelta(days=card["due"]) for card in found["cards"]}
    assert days == due
    assert all(card["due"] >= 0 and card["type"] == card["queue"] == 2 for card in found["cards"])


def test_what_was_never_rated_is_new():
    found = opened(write([a_card("a/b", None)], KIND, NOW, BERLIN))

    [card] = found["cards"]
    assert (card["type"], card["queue"], card["reps"], card["data"]) == (0, 0, 0, "{}")


def test_memory_and_log_come_along():
    log = (Reviewed(1000, Rating.AGAIN, 1, 0), Reviewed(2000, Rating.GOOD, 9, 1))
    twin = (Reviewed(2000, Rating.EASY, 9, 0),)
    found = opened(write([a_card("a/b", TODAY, log), a_card("a/c", TODAY, twin)], KIND, NOW, BERLIN))

    assert [json.loads(card["data"]) for card in found["cards"]] == [{"s": 3.5, "d": 5.25}] * 2
    assert [(card["ivl"], card["reps"], card["lapses"]) for card in found["cards"]] == [(9, 2, 1)] * 2
    lines = [(line["id"], line["ease"], line["ivl"], line["lastIvl"]) for line in found["revlog"]]
    assert lines == [(1000, 1, 1, 0), (2000, 3, 9, 1), (2001, 4, 9, 0)]  # no two in one millisecond


def test_a_later_file_speaks_of_the_same_notes():
    first = opened(write([a_card("a/b", TODAY), a_card("a/c", None)], KIND, NOW, BERLIN))
    later = NOW + timedelta(days=5)
    second = opened(
        write([a_card("a/c", TODAY), a_card("a/b", None), a_card("a/d", None)], KIND, later, BERLIN)
    )

    def known(found):
        return {(note["id"], note["guid"], note["mid"]) for note in found["notes"]}

    assert known(first) < known(second)
    assert set(json.loads(first["col"][0]["decks"])) == set(json.loads(second["col"][0]["decks"]))
    assert all(note["mod"] == int(later.timestamp()) for note in second["notes"])


def test_cards_lie_in_a_deck_for_each_topic():
    found = opened(write([a_card("a/b", TODAY)], KIND, NOW, BERLIN))

    decks = json.loads(found["col"][0]["decks"])
    assert sorted(deck["name"] for deck in decks.values()) == ["Default", DECK, f"{DECK}::Metrics"]
    assert decks[str(found["cards"][0]["did"])]["name"] == f"{DECK}::Metrics"
    assert found["notes"][0]["tags"] == " metrics easy "
    assert found["notes"][0]["flds"] == "front a/b\x1fback"


def test_the_same_again_is_the_same_file():
    assert write([a_card("a/b", TODAY)], KIND, NOW, BERLIN) == write(
        [a_card("a/b", TODAY)], KIND, NOW, BERLIN
    )
