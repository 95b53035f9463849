"""Boards, figures, streaks and reports, as the tables of quizzes tell them."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from interview import quiz_report
from interview.group import Player
from interview.quiz_daily import QuizDaily
from interview.quiz_figures import Figures, figures
from storage import boards, groups, players, quiz_dailies, quiz_reports
from storage.database import Database, Transaction
from tests.played_quiz import put_played

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
GROUP, OTHER = -100, -200
ADA, BOB, EVE = 1001, 1002, 1003


@pytest.fixture
async def tx(tmp_path: Path) -> AsyncIterator[Transaction]:
    async with await Database.open(tmp_path / "bot.db") as database, database.transaction() as tx:
        await groups.meet(tx, GROUP, "Study group", NOW)
        await groups.meet(tx, OTHER, "Another", NOW)
        yield tx


async def test_points_are_summed_over_the_groups_own_quizzes(tx):
    await put_played(tx, GROUP, NOW, [("metrics/a", {ADA: 0, BOB: 1}), ("metrics/b", {ADA: 0})])
    await put_played(tx, GROUP, NOW, [("metrics/a", {BOB: 0})])
    await put_played(tx, OTHER, NOW, [("metrics/a", {BOB: 0})])

    scores = await boards.scores(tx, GROUP, None)

    assert [(each.person_id, each.points, each.votes, each.right) for each in scores] == [
        (ADA, 160, 2, 2),
        (BOB, 80, 2, 1),
    ]


async def test_a_span_counts_what_ended_in_it(tx):
    await put_played(tx, GROUP, NOW - timedelta(days=8), [("metrics/a", {ADA: 0})])
    await put_played(tx, GROUP, NOW - timedelta(minutes=5), [("metrics/a", {BOB: 0})])

    assert [each.person_id for each in await boards.scores(tx, GROUP, NOW)] == [BOB]
    assert [each.person_id for each in await boards.records(tx, GROUP, None, NOW)] == [ADA]


async def test_a_quiz_that_runs_counts_when_it_is_over(tx):
    quiz_id = await put_played(tx, GROUP, NOW, [("metrics/a", {ADA: 0})])
    await tx.execute("UPDATE quizzes SET stage = 'running' WHERE id = ?", (quiz_id,))

    assert await boards.scores(tx, GROUP, None) == []
    assert await quiz_reports.find(tx, quiz_id) is None


async def test_people_are_called_by_alias_then_newest_name_then_the_name_they_played_under(tx):
    await put_played(tx, GROUP, NOW, [("metrics/a", {ADA: 0, BOB: 0, EVE: 0, -1: 0})])
    await players.put(tx, Player(GROUP, ADA, "Ada Lovelace", alias="Countess"))
    await players.put(tx, Player(GROUP, BOB, "Bob", hidden=True))

    scores = await boards.scores(tx, GROUP, None)

    assert {each.person_id: (each.name, each.hidden) for each in scores} == {
        -1: ("someone", False),
        ADA: ("Countess", False),
        BOB: ("Bob", True),
        EVE: ("Person 1003", False),
    }


async def test_figures_of_a_question_come_from_all_its_rounds(tx):
    await put_played(tx, GROUP, NOW, [("metrics/a", {ADA: 0, BOB: 1})])
    await put_played(tx, GROUP, NOW, [("metrics/a", {ADA: 1, BOB: 2})])
    await put_played(tx, OTHER, NOW, [("metrics/a", {ADA: 2})])

    found = figures(await boards.chosen(tx, GROUP, None))

    assert found == (Figures("metrics/a", votes=4, right=1, trap="wrong one", trapped=2),)


async def test_only_quizzes_with_their_quorum_count_for_a_streak(tx):
    await put_played(tx, GROUP, NOW, [("metrics/a", {ADA: 0, BOB: 1})])
    await put_played(tx, GROUP, NOW + timedelta(days=1), [("metrics/a", {ADA: 0}), ("metrics/b", {ADA: 0})])

    assert await boards.played_at(tx, GROUP, None, 2) == [NOW]
    assert await boards.played_at(tx, GROUP, NOW + timedelta(hours=1), 2) == []


async def test_a_report_holds_every_vote_and_nobodys_number(tx):
    quiz_id = await put_played(
        tx, GROUP, NOW, [("metrics/a", {BOB: 1, ADA: 0}), ("metrics/b", {ADA: 0, -1: 2})]
    )
    await players.put(tx, Player(GROUP, ADA, "Ada <b>", alias=None))

    played = await quiz_reports.find(tx, quiz_id)
    assert played is not None
    written = quiz_report.write(played, NOW)
    document = json.loads(written)

    assert (document["format"], document["version"]) == (quiz_report.FORMAT, quiz_report.VERSION)
    assert (document["group"], document["topic"], document["ended_because"]) == (
        "Study group",
        "metrics",
        "played",
    )
    assert document["players"] == [
        {"player": 1, "name": "Ada <b>", "points": 160, "right": 2, "votes": 2},
        {"player": 2, "name": "Person 1002", "points": 0, "right": 0, "votes": 1},
        {"player": 3, "name": "someone", "points": 0, "right": 0, "votes": 1},
    ]
    assert document["questions"][0]["votes"] == [
        {"player": 1, "chosen": 0, "took": 6000, "points": 80, "is_right": True},
        {"player": 2, "chosen": 1, "took": 6000, "points": 0, "is_right": False},
    ]
    assert document["questions"][0]["opened_at"] == "2026-11-20T12:00:00.000Z"
    assert b"1001" not in written


async def test_sessions_are_those_one_started_and_somebody_played(tx):
    older = await put_played(tx, GROUP, NOW - timedelta(days=1), [("metrics/a", {BOB: 0})])
    newer = await put_played(tx, OTHER, NOW, [("metrics/a", {BOB: 0}), ("metrics/b", {})])
    await put_played(tx, GROUP, NOW, [("metrics/a", {BOB: 0})], starter_id=BOB)
    await put_played(tx, GROUP, NOW, [("metrics/a", {})])

    sessions = await boards.sessions_of(tx, ADA, 5)

    assert [(each.quiz_id, each.title, each.questions) for each in sessions] == [
        (newer, "Another", 2),
        (older, "Study group", 1),
    ]
    assert await boards.newest_in(tx, GROUP, ADA) == older


async def test_a_daily_is_written_and_read_whole(tx):
    daily = QuizDaily(
        GROUP, 7, time(18), "metrics", "calibration", 5, ADA, NOW, date(2026, 11, 19), unplayed=2
    )
    await quiz_dailies.put(tx, daily)

    assert await quiz_dailies.find(tx, GROUP, 7) == daily
    assert await quiz_dailies.find(tx, GROUP, 0) is None
    assert await quiz_dailies.due(tx, NOW, 5) == [daily]
    assert await quiz_dailies.due(tx, NOW - timedelta(milliseconds=1), 5) == []

    await quiz_dailies.rest_in(tx, GROUP)
    assert await quiz_dailies.next_at(tx) is None


@pytest.mark.parametrize(
    ("votes", "because", "played"),
    [({ADA: 1}, "played", True), ({}, "silence", False), ({}, "stopped", True), ({}, "removed", True)],
)
async def test_a_daily_nobody_voted_in_was_not_played_unless_it_was_cut_short(tx, votes, because, played):
    await put_played(tx, GROUP, NOW, [("metrics/a", votes)], daily_on="2026-11-20", because=because)

    assert await quiz_dailies.was_played(tx, GROUP, 0, date(2026, 11, 20)) is played
    assert await quiz_dailies.had_quiz(tx, GROUP, 0, date(2026, 11, 20))
    assert not await quiz_dailies.had_quiz(tx, GROUP, 0, date(2026, 11, 21))
