"""The export holds every column of every table about learners, and an import takes it all back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interview.archive import document, merging
from interview.archive.tables import TABLES, TABLES_LEFT_OUT
from storage import export, importing
from storage.database import Database, Transaction
from storage.moments import to_ms

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
MS = to_ms(NOW)
DAY = NOW.date().isoformat()
_OURS = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with await Database.open(tmp_path / "bot.db") as database, database.transaction() as tx:
        yield tx


async def test_every_table_is_exported_or_left_out_for_a_reason(tx: Transaction) -> None:
    there = {row["name"] for row in await tx.all(_OURS)}

    assert there == TABLES.keys() | TABLES_LEFT_OUT.keys()
    assert not TABLES.keys() & TABLES_LEFT_OUT.keys()
    assert all(TABLES_LEFT_OUT.values())


@pytest.mark.parametrize("table", TABLES)
async def test_every_column_is_exported_or_left_out_for_a_reason(tx: Transaction, table: str) -> None:
    there = {row["name"] for row in await tx.all("SELECT name FROM pragma_table_info(?)", (table,))}
    told = TABLES[table]

    assert there == told.columns.keys() | told.left_out.keys()
    assert not told.columns.keys() & told.left_out.keys()
    assert all(told.left_out.values())


async def test_every_table_that_is_exported_is_read(tx: Transaction) -> None:
    await _fill(tx, 7)

    rows = await export.rows_of(tx, 7)

    assert rows.keys() == TABLES.keys()
    assert all(rows.values())


@pytest.mark.parametrize("table", [name for name, table in TABLES.items() if table.restored])
async def test_what_a_table_may_hold_is_what_an_import_lets_in(tx: Transaction, table: str) -> None:
    (schema,) = [row["sql"] for row in await tx.all(_OURS) if row["name"] == table]

    for column, listed in re.findall(r"CHECK \((\w+) IN \(('[^)]*)\)\)", schema):
        for word in re.findall(r"'([^']*)'", listed):
            assert TABLES[table].columns[column].read(word, NOW) == word
        with pytest.raises(ValueError, match="is none of"):
            TABLES[table].columns[column].read("something else", NOW)


async def test_all_that_one_learner_has_goes_to_another_by_way_of_a_document(tx: Transaction) -> None:
    await _fill(tx, 7)
    await tx.execute(
        "INSERT INTO learners (id, language, zone, joined_at) VALUES (8, 'de', 'Europe/Berlin', ?)", (MS,)
    )
    of_seven = await export.rows_of(tx, 7)
    theirs = document.read(document.write(of_seven, NOW), NOW)

    changes = merging.merge(await export.rows_of(tx, 8), theirs, str, NOW.date())
    await importing.apply(tx, 8, changes)

    of_eight = await export.rows_of(tx, 8)
    for table, told in TABLES.items():
        if told.restored and table != "learners":
            names = told.columns.keys() - {"id", "asking_id", "drill_id"}
            assert [{n: row[n] for n in names} for row in of_eight[table]] == [
                {n: row[n] for n in names} for row in of_seven[table]
            ], table
    assert of_eight["reviews"][0]["asking_id"] == of_eight["askings"][0]["id"] == 2
    assert of_eight["askings"][0]["drill_id"] == of_eight["drills"][0]["id"] == 2
    assert not merging.merge(of_eight, theirs, str, NOW.date()).anything


async def test_ids_go_on_behind_those_that_were_imported(tx: Transaction) -> None:
    await _fill(tx, 7)
    theirs = document.read(document.write(await export.rows_of(tx, 7), NOW), NOW)
    await tx.execute("DELETE FROM learners")
    await tx.execute("INSERT INTO learners (id, zone, joined_at) VALUES (8, 'UTC', ?)", (MS,))
    await importing.apply(tx, 8, merging.merge(await export.rows_of(tx, 8), theirs, str, NOW.date()))

    after = await tx.insert(
        "INSERT INTO askings (learner_id, question_id, purpose, study_day, asked_at)"
        " VALUES (8, 'a/b', 'practice', ?, ?)",
        (DAY, MS),
    )

    assert [row["id"] for row in await tx.all("SELECT id FROM askings ORDER BY id")] == [2, after]
    assert after == 3  # the first asking's id was the deleted learner's, and is never given again


async def _fill(tx: Transaction, learner_id: int) -> None:
    """Something in every column of every table."""
    await tx.execute(
        "INSERT INTO learners (id, language, zone, zone_chosen, daily_time, role, topics, level, daily_count,"
        " rest_days, paused_until, joined_at, last_daily_on, next_daily_at, unreachable_at) VALUES (?, 'en',"
        " 'Asia/Tokyo', 1, '07:30', 'analyst', 'nlp llm', 'senior', 3, '67', ?, ?, ?, ?, ?)",
        (learner_id, DAY, MS, DAY, MS, MS),
    )
    await tx.execute(
        "UPDATE learners SET last_active_on = ?, reminders = 0, reminder_time = '19:30', last_reminder_on = ?,"
        " next_reminder_at = ?, streak_goal = 14, retention = 95, interview_on = ? WHERE id = ?",
        (DAY, DAY, MS, DAY, learner_id),
    )
    await tx.execute("INSERT INTO bookmarks VALUES (?, 'nlp/stems', ?)", (learner_id, MS))
    await tx.execute("INSERT INTO kept_days VALUES (?, ?, 'jumped')", (learner_id, DAY))
    await tx.execute("INSERT INTO set_aside VALUES (?, 'nlp/tokens', ?)", (learner_id, MS))
    await tx.execute(
        "INSERT INTO drills (id, learner_id, topic, facet, question_ids, started_at, caused_by, summed_up_at)"
        " VALUES (1, ?, 'nlp', 'text', 'nlp/tokens nlp/stems', ?, 5, ?)",
        (learner_id, MS, MS),
    )
    await tx.execute(
        "INSERT INTO askings (id, learner_id, question_id, purpose, because, study_day, slot, drill_id, place,"
        " asked_at, caused_by, send_after, late, message_id, feedback_message_id, picture_message_id, shown_at,"
        " hints, judged, judged_rating, ticked, rating, rated_at, rated_on, skipped_at)"
        " VALUES (1, ?, 'nlp/tokens', 'drill', '1 of 2',"
        " ?, 0, 1, 0, ?, 6, ?, 1, 10, 11, 12, ?, 2, ?, 3, 5, 4, ?, ?, ?)",
        (learner_id, DAY, MS, MS, MS, '[["covered", "wörter"], ["missed", null]]', MS, DAY, MS),
    )
    await tx.execute("UPDATE drills SET endless = 1, restores = ?", (DAY,))
    await tx.execute("UPDATE askings SET sent_at = ?", (MS,))
    await tx.execute(
        "INSERT INTO replies (asking_id, message_id, text, received_at, kind, file_id)"
        " VALUES (1, 13, 'wörter', ?, 'voice', 'AwAC')",
        (MS,),
    )
    await tx.execute(
        "INSERT INTO follow_ups (asking_id, number, asked_at, shown_at) VALUES (1, 0, ?, ?)", (MS, MS)
    )
    await tx.execute("INSERT INTO follow_up_replies VALUES (1, 0, 14, 'mehr', ?)", (MS,))
    await tx.execute(
        "INSERT INTO reports (learner_id, question_id, asking_id, kind, words, reported_at)"
        " VALUES (?, 'nlp/tokens', 1, 'typo', 'a word', ?)",
        (learner_id, MS),
    )
    await tx.execute(
        "INSERT INTO cards VALUES (?, 'nlp/tokens', 3.25, 5.5, ?, ?, 0, 2, 1)", (learner_id, DAY, DAY)
    )
    card = f'{{"stability": 1.5, "difficulty": 6.0, "due": "{DAY}", "reviewed_on": "{DAY}", "interval": 1, "reviews": 1, "lapses": 0}}'  # noqa: E501
    await tx.execute(
        "INSERT INTO reviews (learner_id, question_id, asking_id, what, rating, study_day, reviewed_at, card_before)"
        " VALUES (?, 'nlp/tokens', 1, 'rated', 4, ?, ?, ?)",
        (learner_id, DAY, MS, card),
    )
    await tx.execute("INSERT INTO groups (id, title, joined_at) VALUES (-9, 'Gruppe', ?)", (MS,))
    await tx.execute("INSERT INTO players VALUES (-9, ?, 'Ada', 'A.', 1)", (learner_id,))
    await tx.execute(
        "INSERT INTO quizzes (id, group_id, chat_id, starter_id, size, seconds, created_at)"
        " VALUES (1, -9, -9, ?, 5, 0, ?)",
        (learner_id, MS),
    )
    await tx.execute(
        "INSERT INTO quiz_rounds (quiz_id, place, question_id, options, option_order, right_options, seconds)"
        " VALUES (1, 0, 'nlp/tokens', '[]', '0 1', '0', 30)"
    )
    await tx.execute(
        "INSERT INTO quiz_votes VALUES (1, 0, ?, 'nlp/tokens', 1, ?, 900, -25, 0, 'p')", (learner_id, MS)
    )
