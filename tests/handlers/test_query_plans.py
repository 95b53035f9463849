"""No statement that people or the heartbeat lead to reads a large table from end to end."""

from __future__ import annotations

import re
import sqlite3
from datetime import date, timedelta
from random import Random

import pytest

from tests.fake_chat import FakeChat, a_running_bot
from tests.fuzz.crawl import Crawler

REVIEWS = 100_000
SMALL = ("broadcasts", "groups", "quizzes", "sqlite_schema")
"""Tables of a few rows for ever."""

WALK = (
    "/today", "/review", "/topic metrics", "/random", "/weak", "/stats", "/history", "/bookmarks", "/settings",
    "/pause 2", "/pause off", "/export", "/question metrics", "/privacy", "/tips", "/topics", "/help", "/admin",
    "first point 1",
)  # fmt: skip
ALLOWED = {
    "inbox_unfinished": "holds nothing but what is asked for",
    "inbox_by_receipt": "read from its end, one row",
}
"""Indexes that may be read from end to end, and why."""


BY_HAND = ("SELECT people.*, asked.*,",)  # the operator's numbers
"""How statements begin that may take their time."""


@pytest.fixture
async def statements(tmp_path):
    """Every statement, as it was run, of somebody who goes through the features and then tries everything."""
    seen: set[str] = set()
    async with a_running_bot(tmp_path / "coach.sqlite3") as running:
        assert running.coach is not None
        connection = running.coach._db._connection
        await connection.set_trace_callback(seen.add)
        chat = FakeChat(running)
        await chat.starts()
        for said in WALK:
            await chat.says(said)
        await chat.waits(until="09:01 tomorrow")
        crawler = Crawler(running, "bob", Random(3))
        await crawler.begins()
        await crawler.crawls(60)
        await chat.waits(days=2)
        await connection.set_trace_callback(None)  # type: ignore[arg-type]
    return {_form(sql): sql for sql in sorted(seen) if re.match(r"(SELECT|INSERT|UPDATE|DELETE|WITH)\b", sql)}


@pytest.fixture
def tables(tmp_path, statements):
    """The same tables with a hundred thousand reviews in them."""
    database = sqlite3.connect(tmp_path / "coach.sqlite3")
    [learner] = database.execute("SELECT min(id) FROM learners").fetchone()
    database.execute("PRAGMA foreign_keys = OFF")
    first = date(2020, 1, 1)
    database.executemany(
        "INSERT INTO reviews (learner_id, question_id, asking_id, what, rating, study_day, reviewed_at)"
        " VALUES (?, ?, ?, 'rated', 3, ?, ?)",
        (
            (learner + n % 500, f"t/q{n % 300}", n, (first + timedelta(days=n % 2_000)).isoformat(), n)
            for n in range(REVIEWS)
        ),
    )
    yield database
    database.close()


def test_hot_statements_find_their_rows_by_an_index(statements, tables):
    assert len(statements) > 120, "the walk has become shorter"
    plan = [row[3] for row in tables.execute("EXPLAIN QUERY PLAN SELECT * FROM reviews WHERE rating = 3")]
    assert scans(plan), "a statement without an index is found out"

    scanning = {}
    for form, sql in statements.items():
        plan = [row[3] for row in tables.execute(f"EXPLAIN QUERY PLAN {sql}")]
        if (found := scans(plan)) and not form.startswith(BY_HAND):
            scanning[form] = found

    assert not scanning


def scans(plan: list[str]) -> list[str]:
    """The steps that read a table, or an index of it, from end to end."""
    return [step for step in plan if step.startswith("SCAN ") and not _is_small(step)]


def _is_small(step: str) -> bool:
    what, index = step.split()[1], step.split()[-1]
    if index in ALLOWED:
        return True
    return "VIRTUAL TABLE" in step or what in SMALL or what.startswith(("CONSTANT", "(", "json_"))


def _form(sql: str) -> str:
    """A statement without its values, so that each is looked at once."""
    return re.sub(r"\s+", " ", re.sub(r"'(?:[^']|'')*'|\b-?\d+(?:\.\d+)?\b", "?", sql))
