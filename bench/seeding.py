"""Databases to measure on: learners with a history, written in one go."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from interview.day import study_day
from storage.database import MIGRATIONS
from storage.migrating import prepare
from storage.moments import to_ms

_UTC = ZoneInfo("UTC")

RATED = 20
"""Questions in each learner's history, one a day up to yesterday."""


@dataclass(frozen=True, slots=True)
class Seed:
    """Learners `first_id` and on, who have rated `history` questions each.

    The first `open_askings` of them have had today's daily and seen its answer, but not rated it: asking 1 is the first
    learner's, and so on. All others have their next daily `daily_in` from now.
    """

    first_id: int
    learners: int
    daily_in: timedelta = timedelta(hours=1)
    history: int = RATED
    open_askings: int = 0


def seed(path: Path, plan: Seed, questions: Sequence[str], now: datetime) -> None:
    """Make the database file."""
    prepare(path, MIGRATIONS)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # only the making is fast and loose; whoever opens the file decides anew
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        _write_learners(connection, plan, now)
        _write_open_askings(connection, plan, questions, now)
        _write_history(connection, plan, questions, now)
        connection.execute("COMMIT")


def _write_learners(connection: sqlite3.Connection, plan: Seed, now: datetime) -> None:
    connection.execute(
        "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :learners)"
        " INSERT INTO learners"
        " (id, language, zone, zone_chosen, joined_at, last_active_on, last_daily_on, next_daily_at)"
        " SELECT :first + n, 'en', 'UTC', 1, :joined, :today, iif(n < :open, :today, NULL),"
        " iif(n < :open, :tomorrow, :daily) FROM numbers",
        {
            "learners": plan.learners,
            "first": plan.first_id,
            "joined": to_ms(now - timedelta(days=60)),
            "today": study_day(now, _UTC).isoformat(),
            "open": plan.open_askings,
            "tomorrow": to_ms(now + timedelta(hours=20)),
            "daily": to_ms(now + plan.daily_in),
        },
    )


def _write_open_askings(
    connection: sqlite3.Connection, plan: Seed, questions: Sequence[str], now: datetime
) -> None:
    before = to_ms(now - timedelta(minutes=5))
    today = study_day(now, _UTC).isoformat()
    connection.executemany(
        "INSERT INTO askings (id, learner_id, question_id, purpose, because, study_day, slot, asked_at, sent_at,"
        " message_id, shown_at, feedback_message_id) VALUES (?, ?, ?, 'daily', 'new', ?, 0, ?, ?, 1, ?, 1)",
        (
            (n + 1, plan.first_id + n, questions[n % len(questions)], today, before, before, before)
            for n in range(plan.open_askings)
        ),
    )


def _write_history(
    connection: sqlite3.Connection, plan: Seed, questions: Sequence[str], now: datetime
) -> None:
    connection.execute("CREATE TEMP TABLE picks (number INTEGER PRIMARY KEY, question_id TEXT)")
    connection.executemany("INSERT INTO picks VALUES (?, ?)", enumerate(questions))
    for ago in range(1, plan.history + 1):
        at = now - timedelta(days=ago)
        told = {
            "first": plan.first_id,
            "ago": ago,
            "all": len(questions),
            "at": to_ms(at),
            "day": study_day(at, _UTC).isoformat(),
            "due": study_day(now + timedelta(days=ago), _UTC).isoformat(),
        }
        picked = "FROM learners JOIN picks ON picks.number = (learners.id - :first + :ago) % :all"
        connection.execute(
            "INSERT INTO askings (learner_id, question_id, purpose, because, study_day, slot, asked_at, sent_at,"
            " message_id, shown_at, feedback_message_id, rating, rated_at, rated_on)"
            " SELECT learners.id, question_id, 'daily', 'new', :day, 0, :at, :at, -:ago, :at, -:ago, 3, :at, :day"
            f" {picked}",
            told,
        )
        connection.execute(
            "INSERT INTO cards (learner_id, question_id, stability, difficulty, due, reviewed_on, interval, reviews,"
            f" lapses) SELECT learners.id, question_id, 5.0 + :ago, 5.3, :due, :day, 2 * :ago, 1, 0 {picked}",
            told,
        )
    connection.execute(
        "INSERT INTO reviews (learner_id, question_id, asking_id, what, rating, study_day, reviewed_at)"
        " SELECT learner_id, question_id, id, 'rated', rating, study_day, rated_at FROM askings"
        " WHERE rating IS NOT NULL"
    )
