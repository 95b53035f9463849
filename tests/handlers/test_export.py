"""/export: all of it, as files."""

import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from interview.archive.ratings import COLUMNS
from interview.archive.tables import TABLES
from tests.handlers.exported import document_of, export_of, files_of


async def test_export_gives_a_document_a_table_and_a_deck(chat):
    await chat.starts()
    await chat.answers()
    await chat.says("/export")

    files = files_of(chat)

    assert list(files) == [
        "interview-coach-2026-03-02.json",
        "interview-coach-2026-03-02-ratings.csv",
        "interview-coach-2026-03-02.apkg",
    ]
    assert len(chat.new_messages) == 3
    assert all(message.silent for message in chat.new_messages)


async def test_the_document_holds_what_was_typed_ticked_judged_and_rated(chat):
    await chat.starts(zone="Asia/Tokyo", hour="07:30")
    await chat.says("my own words, if a<b")
    await chat.taps("2 ☐")
    await chat.taps("Got it")

    document = await document_of(chat)

    assert document["version"] == 1
    assert document["exported_at"] == "2026-03-02T12:00:00.000Z"
    assert document["learner"]["zone"] == "Asia/Tokyo"
    assert document["learner"]["daily_time"] == "07:30"
    (asking,) = document["askings"]
    (reply,) = asking["replies"]
    assert (reply["text"], reply["kind"]) == ("my own words, if a<b", "text")
    assert reply["received_at"] == "2026-03-02T12:00:00.000Z"
    assert asking["ticked"] == [1]
    assert len(asking["judged"]) == 3
    assert (asking["rating"], asking["rated_on"]) == (3, "2026-03-02")
    (card,) = document["cards"]
    assert card["question_id"] == asking["question_id"]
    (review,) = document["reviews"]
    assert (review["what"], review["asking_id"], review["card_before"]) == ("rated", asking["id"], None)


async def test_a_drill_is_in_it_with_its_questions(chat):
    await chat.starts()
    await chat.says("/topic metrics")
    await chat.answers("Missed")

    document = await document_of(chat)

    (drill,) = document["drills"]
    assert len(drill["question_ids"]) == 5
    assert [a["place"] for a in document["askings"] if a["drill_id"] == drill["id"]] == [0, 1]


async def test_days_that_a_journey_cut_out_are_in_it(chat):
    await chat.starts(zone="Pacific/Honolulu")
    await chat.says("/settings")
    await chat.taps("Zone")
    await chat.says("Pacific/Kiritimati")

    document = await document_of(chat)

    assert document["kept_days"]
    assert {day["because"] for day in document["kept_days"]} == {"jumped"}


async def test_the_table_has_a_row_for_each_rating_and_tells_what_was_undone(chat):
    await chat.starts()
    await chat.answers("Missed")
    await chat.taps("Undo")
    await chat.taps("Easy")
    await chat.waits(days=30)
    await chat.says("/export")

    text = next(content for name, content in files_of(chat).items() if name.endswith(".csv")).decode()
    rows = list(csv.DictReader(io.StringIO(text)))

    assert [(row["rating"], row["label"], row["undone"]) for row in rows] == [
        ("1", "Missed", "yes"),
        ("4", "Easy", "no"),
    ]
    assert rows[0]["reviewed_at"] == "2026-03-02T12:00:00.000Z"
    assert rows[0]["purpose"] == "daily"


async def test_the_deck_has_every_question_seen_due_when_it_is_due_here(chat):
    await chat.starts(zone="Asia/Tokyo")
    await chat.answers("Missed")
    await chat.taps("Undo")
    await chat.taps("Easy")
    await chat.says("/question metrics/question-3")
    await chat.says("/export")

    notes = _notes_of(next(content for name, content in files_of(chat).items() if name.endswith(".apkg")))
    [card] = await chat.rows("SELECT * FROM cards")

    assert [note["guid"] for note in notes] == [
        f"ml-interview-coach:{card['question_id']}",
        "ml-interview-coach:metrics/question-3",
    ]
    rated, new = notes
    assert (rated["type"], rated["due"]) == (2, card["interval"])  # the collection begins today
    assert (rated["ivl"], rated["reps"], rated["lapses"]) == (card["interval"], 1, 0)
    assert json.loads(rated["data"])["s"] == round(card["stability"], 4)
    assert rated["log"] == [4]
    assert (new["type"], new["log"]) == (0, [])
    assert "<p>What is metrics number 3, if a&lt;b &amp; c&gt;d?</p>" in new["flds"]


async def test_whoever_has_seen_nothing_gets_no_empty_deck(chat):
    await chat.says("/start")
    await chat.says("/export")

    assert [name.rpartition(".")[2] for name in files_of(chat)] == ["json", "csv"]


async def test_one_learners_export_holds_nothing_of_anothers(chat_of):
    alice, bob = chat_of("alice"), chat_of("bob")
    await alice.starts()
    await alice.answers(text="only alice wrote this")
    await bob.starts()

    assert b"only alice" not in await export_of(bob)
    assert b"only alice" in await export_of(alice)


async def test_people_can_read_it_a_line_a_row(chat):
    await chat.starts()
    await chat.answers()
    content = await export_of(chat)

    assert json.loads(content)
    assert sum(line.startswith(b'{"question_id"') for line in content.splitlines()) == 2  # a card, a review


def test_the_page_about_the_export_names_every_field():
    page = (Path(__file__).parents[2] / "docs" / "export.md").read_text(encoding="utf-8")

    for table, told in TABLES.items():
        if table not in ("learners", "replies"):
            assert f"| `{table}` |" in page
        section = page.split(f"\n**{'learner' if table == 'learners' else table}**:")[-1].split("\n\n")[0]
        for name in told.columns.keys() - ({"asking_id"} if table == "replies" else set()):
            assert f"`{name}`" in (page if table == "replies" else section), f"{table}.{name}"
    for name in COLUMNS:
        assert f"`{name}`" in page


def _notes_of(deck: bytes) -> list[dict[str, Any]]:
    """The notes of an .apkg with their cards, and the ratings in its log."""
    with zipfile.ZipFile(io.BytesIO(deck)) as package, closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(package.read("collection.anki2"))
        db.row_factory = sqlite3.Row
        rows = [
            dict(row)
            for row in db.execute(
                "SELECT guid, flds, cards.* FROM notes JOIN cards ON nid = notes.id ORDER BY cards.due DESC"
            )
        ]
        for row in rows:
            row["log"] = [
                e for (e,) in db.execute("SELECT ease FROM revlog WHERE cid = ? ORDER BY id", (row["id"],))
            ]
    return rows
