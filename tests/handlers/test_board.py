"""/board: who leads, under which name, who would rather not be seen; and the report of a quiz."""

import json
from datetime import timedelta

import pytest

from handlers.board.views import Standings, board
from handlers.kit.reply import length
from interview.board import Score, Span
from interview.group_streak import GroupStreak
from interview.quiz_figures import Figures
from tests.fake_chat import FakeChat
from tests.fake_group import FakeGroup
from tests.handlers.exported import files_of
from tests.played_quiz import put_played
from tests.run_again import run_the_last_update_again

ALICE, BOB, CAROL = 1001, 1002, 1003
FIRST, SECOND = "metrics/question-1", "metrics/question-2"


@pytest.fixture
async def group(running):
    return await FakeGroup.opens(running, "Night owls")


async def test_nobody_has_played_yet(group):
    await group.says("alice", "/board")

    assert "Nobody has played yet" in group.last.text
    assert group.last.buttons == ["✓ Week", "Month", "All time"]


async def test_while_the_first_quiz_runs_it_is_not_said_that_nobody_plays(group):
    await group.says("alice", "/quiz metrics 3")
    await group.taps("alice", "Start ▶")
    await group.votes("bob")
    await group.says("alice", "/board")

    assert "Nobody has finished a quiz yet this week: the one that is running counts" in group.last.text


async def test_medals_are_for_points_above_none(group):
    await _played(group, [(FIRST, {ALICE: 0, BOB: 1, CAROL: 1})])
    await group.says("alice", "/board")

    assert "🥇 Person 1001 80\n2. Person 1002 · Person 1003 0" in group.last.text


async def test_where_nobody_has_a_point_the_board_is_kind(group):
    await _played(group, [(FIRST, {ALICE: 1, BOB: 1, CAROL: 1})])
    await group.says("alice", "/board")

    assert "No points this week: the next right answer leads." in group.last.text
    assert "🥇" not in group.last.text


def test_a_name_and_its_points_stay_on_one_line():
    scores = [Score(1, "Ada", 80, 1, 1), Score(2, "Bo", 0, 1, 0)]
    known = Standings("Night owls", Span.WEEK, scores, GroupStreak(0, False), [], {})

    assert "Ada\N{NO-BREAK SPACE}80\nBo\N{NO-BREAK SPACE}0" in board(known).text


async def test_nobody_goes_by_the_bots_name(group):
    await group.says("alice", f"/board alias {group.box.bot.username}")

    assert "Somebody here goes by that name already" in group.last.text


async def test_three_players_are_ranked_and_ties_share_a_medal(group):
    await _played(group, [(FIRST, {ALICE: 0, BOB: 0, CAROL: 0}), (SECOND, {ALICE: 0, BOB: 1})])
    await group.says("alice", "/board")

    assert "🥇 Person 1001 160\n🥈 Person 1002 · Person 1003 80" in group.last.text
    assert "Night owls, this week" in group.last.text


async def test_two_players_are_listed_without_ranks(group):
    await _played(group, [(FIRST, {ALICE: 0, BOB: 1})])
    await group.says("alice", "/board")

    assert "Person 1001 80\nPerson 1002 0\nRanks begin with 3 players." in group.last.text
    assert "🥇" not in group.last.text


async def test_the_board_changes_its_span_in_place(group):
    await _played(group, [(FIRST, {ALICE: 0, BOB: 0, CAROL: 1})], days_ago=40)
    await _played(group, [(FIRST, {ALICE: 1, BOB: 0, CAROL: 1})])
    await group.says("alice", "/board")
    shown = group.last
    assert "🥇 Person 1002 80" in shown.text

    assert await group.taps("alice", "All time") == "You: number 2 of 3, 80 points."

    assert group.last.id == shown.id
    assert "🥇 Person 1002 160\n🥈 Person 1001 80" in group.last.text
    assert group.last.buttons == ["Week", "Month", "✓ All time"]


@pytest.mark.parametrize(
    ("typed", "head"), [("month", "this month"), ("all", "of all time"), ("", "this week")]
)
async def test_a_span_can_be_typed(group, typed, head):
    await group.says("alice", f"/board {typed}")

    assert f"Night owls, {head}" in group.last.text


async def test_anything_else_is_answered_with_what_there_is(group):
    await group.says("alice", "/board nonsense")

    assert "/board alias Ada" in group.last.text


async def test_the_hardest_questions_stand_in_a_short_line_each(group):
    await _played(group, [(FIRST, {ALICE: 0, BOB: 1, CAROL: 1}), (SECOND, {ALICE: 0, BOB: 0})])
    await group.says("alice", "/board")

    assert "Hardest this week and how many were right\n“Which is true of metrics 1, if" in group.last.text
    assert "c>d?” 1 of 3" in group.last.text
    assert "metrics 2" not in group.last.text


async def test_days_in_a_row_are_told(group):
    for days_ago in (0, 1, 2):
        await _played(group, [(FIRST, {ALICE: 0, BOB: 1})], days_ago=days_ago)
    await group.says("alice", "/board")

    assert "🔥 3 days in a row with a quiz of 2 or more" in group.last.text


async def test_a_long_streak_is_counted_to_its_beginning(group):
    for days_ago in range(1, 101):
        await _played(group, [(FIRST, {ALICE: 0, BOB: 1})], days_ago=days_ago)
    await group.says("alice", "/board")

    assert "🔥 100 days in a row with a quiz of 2 or more, today’s is still to come" in group.last.text


async def test_an_alias_stands_on_the_board_and_is_taken_back(running, group):
    await _played(group, [(FIRST, {ALICE: 0, BOB: 1, CAROL: 1})])
    await group.says("alice", "/board alias Ada <3 & co")
    await run_the_last_update_again(running)
    await group.says("bob", "/board")
    assert "🥇 Ada <3 & co 80" in group.last.text

    await group.says("alice", "/board alias off")
    await group.says("bob", "/board")
    assert "🥇 Alice 80" in group.last.text


@pytest.mark.parametrize("alias", ["Bob", "bob", "x" * 33, "/start"])
async def test_nobody_passes_for_another_or_for_nonsense(group, alias):
    await group.says("bob", "/board show")
    await group.says("alice", f"/board alias {alias}")

    assert "/board alias Ada" in group.last.text
    assert await group.rows("SELECT * FROM players WHERE alias IS NOT NULL") == []


async def test_whoever_hides_is_off_the_board_and_comes_back(group):
    await _played(group, [(FIRST, {ALICE: 0, BOB: 0, CAROL: 0}), (SECOND, {ALICE: 0})])
    await group.says("alice", "/board hide")
    assert "Alice is off the board" in group.last.text

    await group.says("bob", "/board")
    assert "Alice" not in group.last.text
    assert "off the board" in (await group.taps("alice", "Month") or "")

    await group.says("alice", "/board show")
    await group.says("bob", "/board")
    assert "🥇 Alice 160" in group.last.text


async def test_the_button_moves_whoever_presses_and_nobody_else(group):
    await group.says("alice", "/board hide")
    await group.taps("bob", "Put me on the board")

    assert {row["person_id"]: row["hidden"] for row in await group.rows("SELECT * FROM players")} == {
        ALICE: 1,
        BOB: 0,
    }
    await group.taps("alice", "Put me on the board")
    assert await group.rows("SELECT * FROM players WHERE hidden = 1") == []


@pytest.mark.parametrize(
    "points", [lambda number: 100, lambda number: number], ids=["one rank", "many ranks"]
)
def test_the_board_of_a_large_group_fits_one_message(points):
    name = "<&" * 64
    scores = [Score(number, name, points(number), 1, 1) for number in range(1, 201)]
    hard = [Figures(f"metrics/{number}", 200, 1, name, 190) for number in range(3)]
    stems = {each.question_id: "<" * 300 for each in hard}

    reply = board(Standings(name, Span.WEEK, scores, GroupStreak(100, today_done=True), hard, stems))

    assert length(reply.text) <= 2_000
    assert "… and 180 more" in reply.text


async def test_a_group_sees_its_own_board_alone(running, group):
    other = await FakeGroup.opens(running, "Early birds")
    await _played(other, [(FIRST, {ALICE: 0, BOB: 0, CAROL: 0})])
    await group.says("alice", "/board all")

    assert "Nobody has played yet" in group.last.text


async def test_after_forget_the_points_stay_under_someone(running, group):
    alice = FakeChat(running, "alice")
    await alice.starts()
    await _played(group, [(FIRST, {ALICE: 0, BOB: 0, CAROL: 1})])
    await group.says("alice", "/board alias Ada")
    await alice.says("/forget")
    await alice.taps("Delete everything")
    await group.says("bob", "/board")

    assert "someone" in group.last.text
    assert "Ada" not in group.last.text
    assert "160" not in group.last.text


async def test_in_private_the_board_says_where_it_works(chat):
    await chat.starts()
    await chat.says("/board")

    assert "study groups" in chat.last.text


async def test_the_starter_gets_the_report_in_private(running, group):
    alice = FakeChat(running, "alice")
    await alice.starts()
    await _played(group, [(FIRST, {ALICE: 0, BOB: 1})])
    await group.says("alice", "/quizreport")

    assert "in our private chat" in group.last.text
    document = _document(running, "alice")
    assert document["group"] == "Night owls"
    assert [player["points"] for player in document["players"]] == [80, 0]


async def test_who_never_wrote_to_us_hears_how_to_get_the_report(group):
    await _played(group, [(FIRST, {ALICE: 0, BOB: 1})])
    await group.says("alice", "/quizreport")

    assert f"open @{group.box.bot.username}" in group.last.text


async def test_a_report_is_its_starters_alone(running, group):
    bob = FakeChat(running, "bob")
    await bob.starts()
    await _played(group, [(FIRST, {ALICE: 0, BOB: 1})])
    await group.says("bob", "/quizreport")
    assert "You have started no quiz here" in group.last.text

    assert "whoever started" in (await bob.presses("qreport.1:1") or "")
    assert "whoever started" in (await bob.presses("qreport.1:99") or "")


@pytest.mark.parametrize(
    ("starter", "who", "gets_it"),
    [(ALICE, "alice", True), (BOB, "alice", False), (0, "alice", True), (0, "bob", False)],
)
async def test_the_button_is_for_the_starter_and_of_a_daily_quiz_for_admins(
    running, group, starter, who, gets_it
):
    await FakeChat(running, who).starts()
    await _played(group, [(FIRST, {ALICE: 0, BOB: 1})], starter_id=starter)
    await group.says(who, "/board")

    answer = await group.taps_data(who, group.last.id, "qreport.1:1") or ""

    assert ("private chat." in answer) is gets_it
    assert bool(files_of(FakeChat(running, who))) is gets_it


async def test_in_private_the_newest_quizzes_are_listed(running, group):
    alice = FakeChat(running, "alice")
    await alice.starts()
    await alice.says("/quizreport")
    assert "There is no quiz of yours" in alice.last.text

    await _played(group, [(FIRST, {ALICE: 0, BOB: 1})])
    await alice.says("/quizreport")
    await alice.taps("Night owls, Metrics, 1")

    assert _document(running, "alice")["topic"] == "metrics"


async def _played(group, rounds, *, days_ago=0, starter_id=ALICE):
    at = group.clock.now() - timedelta(days=days_ago, minutes=6)
    async with group.running.coach._db.transaction() as tx:
        await put_played(tx, group.id, at, rounds, starter_id=starter_id)


def _document(running, who):
    [(_, content)] = files_of(FakeChat(running, who)).items()
    return json.loads(content)


async def test_the_bare_alias_shows_it_and_how_to_change_it(group):
    await group.says("alice", "/board alias")
    assert "Here you are Alice, your name at Telegram." in group.last.text
    assert await group.rows("SELECT * FROM players") == []

    await group.says("alice", "/board alias Ada")
    await group.says("alice", "/board alias")
    assert "Your alias here is Ada." in group.last.text
    assert "/board alias off goes back to Alice." in group.last.text


async def test_who_hides_does_not_make_ranks_of_two(group):
    await _played(group, [(FIRST, {ALICE: 0, BOB: 0, CAROL: 1})])
    await group.says("carol", "/board hide")
    await group.says("alice", "/board")

    assert "Ranks begin with 3 players." in group.last.text
    assert "🥇" not in group.last.text


async def test_who_hid_and_is_forgotten_does_not_come_back_as_someone(running, group):
    alice = FakeChat(running, "alice")
    await alice.starts()
    await _played(group, [(FIRST, {ALICE: 0, BOB: 0, CAROL: 1})])
    await group.says("alice", "/board hide")
    await alice.says("/forget")
    await alice.taps("Delete everything")
    await group.says("bob", "/board")

    assert "someone" not in group.last.text
    assert await group.rows("SELECT * FROM players WHERE person_id = ?", ALICE) == []


async def test_in_private_an_alias_is_set_for_all_groups_unseen(running, group):
    other = await FakeGroup.opens(running, "Early birds")
    alice = FakeChat(running, "alice")
    await alice.starts()
    await alice.says("/alias")
    assert "No study group knows you yet" in alice.last.text
    for each in (group, other):
        await _played(each, [(FIRST, {ALICE: 0, BOB: 0, CAROL: 0})])
        await each.says("alice", "/board show")
    said = len(group.from_bot)

    await alice.says("/alias Ada")
    await run_the_last_update_again(running)
    assert "Night owls: Ada, an alias" in alice.last.text
    assert "Early birds: Ada, an alias" in alice.last.text
    assert len(group.from_bot) == said
    await group.says("bob", "/board")
    assert "Ada · " in group.last.text

    await alice.says("/alias hide")
    assert "Night owls: “someone”, off the board (else Ada, an alias)" in alice.last.text
    await other.says("bob", "/board")
    assert "Ada" not in other.last.text

    await alice.says("/alias show")
    await alice.says("/alias off")
    assert "Night owls: Alice\n" in alice.last.text
    assert {row["alias"] for row in await group.rows("SELECT alias FROM players")} == {None}


async def test_in_private_nobody_takes_anothers_name(running, group):
    alice = FakeChat(running, "alice")
    await alice.starts()
    await group.says("alice", "/board show")
    await group.says("bob", "/board show")
    await alice.says("/alias Bob")

    assert "In “Night owls” somebody goes by that name already." in alice.last.text


async def test_whoever_only_plays_names_and_hides_themselves_in_private(running, group):
    bob = FakeChat(running, "bob")
    await _played(group, [(FIRST, {ALICE: 0, BOB: 0, CAROL: 0})])
    await group.says("bob", "/board show")

    await bob.says("/alias Bo")
    assert "Night owls: Bo, an alias" in bob.last.text
    await bob.says("/alias hide")
    assert "Night owls: “someone”" in bob.last.text
    await bob.says("/export")
    document = json.loads(next(iter(files_of(bob).values())))
    assert [player["alias"] for player in document["players"]] == ["Bo"]
    assert list(files_of(bob)) == ["interview-coach-2026-03-02.json"]
    assert await bob.rows("SELECT * FROM learners") == []


async def test_of_a_stranger_nothing_is_kept_and_that_is_said(running):
    bob = FakeChat(running, "bob")
    await bob.says("/export")
    assert "I keep nothing about you." in bob.last.text
    await bob.says("/alias Bo")
    assert "No study group knows you yet." in bob.last.text


async def test_the_word_of_a_report_names_nobody_who_hides(running, group):
    await FakeChat(running, "alice").starts()
    await _played(group, [(FIRST, {ALICE: 0, BOB: 1})])
    await group.says("alice", "/board alias Ada")
    await group.says("alice", "/quizreport")
    assert group.last.text == "Ada, the report is in our private chat."

    await group.says("alice", "/board hide")
    await group.says("alice", "/quizreport")
    assert group.last.text == "The report is in our private chat."
