"""/quizdaily: a quiz every day at the group's hour, once, until nobody wants it."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from playground import membership
from tests.fake_group import BOT, FakeGroup
from tests.played_quiz import put_played
from tests.run_again import run_the_last_update_again

ALICE, BOB, CAROL = 1001, 1002, 1003
PLAYED_OUT = 15  # minutes, by the end of which a quiz that nobody votes in is over


@pytest.fixture
async def group(running):
    return await FakeGroup.opens(running, "Night owls")


async def test_it_comes_at_the_groups_own_hour_and_asks_a_minute_later(group):
    await group.says("alice", "/quizsettings Tokyo")
    await group.says("alice", "/quizdaily 22:30 metrics 5")
    assert "A quiz every day at 22:30: Metrics, 5 questions." in group.last.text
    assert "today at 22:30" in group.last.text

    await group.waits(until=_at("2026-03-02 22:29", zone="Asia/Tokyo"))
    assert not group.new_messages

    await group.waits(until=_at("2026-03-02 22:30", zone="Asia/Tokyo"))
    assert "The first question comes in a minute." in group.last.text
    assert not group.polls

    await group.waits(until=_at("2026-03-02 22:31", zone="Asia/Tokyo"))
    assert len(group.polls) == 1


async def test_every_day_has_one(group):
    await group.says("alice", "/quizdaily 18:00")
    for day in (2, 3):
        await group.waits(until=_at(f"2026-03-0{day} 18:01"))
        await group.votes("bob")
        await group.waits(minutes=PLAYED_OUT)

    days = [row["daily_on"] for row in await group.rows("SELECT daily_on FROM quizzes ORDER BY id")]
    assert days == ["2026-03-02", "2026-03-03"]


@pytest.mark.parametrize(
    "begin", [datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)]
)
async def test_a_change_of_the_clock_makes_neither_two_nor_none(bot_from, begin):
    async with bot_from(begin) as running:
        group = await FakeGroup.opens(running, "Night owls")
        await group.says("alice", "/quizsettings Berlin")
        await group.says("alice", "/quizdaily 02:30")
        await group.waits(days=2.5)

        days = [row["daily_on"] for row in await group.rows("SELECT daily_on FROM quizzes ORDER BY id")]
        assert days == [str(begin.date()), str(begin.date() + timedelta(days=1))]


async def test_a_restart_brings_no_second_one(running, group):
    await group.says("alice", "/quizdaily 18:00")
    await group.waits(until=_at("2026-03-02 18:01"))
    await running.stop()
    await running.start()
    await group.waits(minutes=60)

    assert len(await group.rows("SELECT * FROM quizzes")) == 1


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("request_number", [0, 1])
async def test_dying_while_it_begins_makes_neither_two_nor_none(running, group, request_number, after):
    await group.says("alice", "/quizdaily 18:00")
    await running.dies_at(request_number, after=after)
    await _walk_until_it_dies(running, group, "2026-03-02 18:01")
    await running.stop()
    await running.start()
    await group.waits(minutes=2)

    assert [row["daily_on"] for row in await group.rows("SELECT * FROM quizzes")] == ["2026-03-02"]
    assert [row["last_on"] for row in await group.rows("SELECT * FROM quiz_dailies")] == ["2026-03-02"]
    assert group.polls


async def test_after_an_outage_a_little_late_is_better_than_never(running, group):
    await group.says("alice", "/quizdaily 18:00")
    await running.stop()
    await group.waits(until=_at("2026-03-02 18:50"))
    await running.start()
    await group.waits(minutes=2)
    assert len(group.polls) == 1


async def test_after_an_outage_too_late_is_left_out(running, group):
    await group.says("alice", "/quizdaily 18:00")
    await running.stop()
    await group.waits(until=_at("2026-03-02 19:30"))
    await running.start()
    await group.waits(minutes=60)
    assert not group.polls

    await group.waits(until=_at("2026-03-03 18:01"))
    assert len(group.polls) == 1


async def test_it_waits_for_the_quiz_that_runs(group):
    await group.says("alice", "/quizdaily 12:01")
    await group.says("alice", "/quiz metrics 5")
    await group.taps("alice", "Start")
    await group.waits(until=_at("2026-03-02 12:01"))
    assert len(await group.rows("SELECT * FROM quizzes")) == 1

    await group.says("alice", "/stop")
    await group.waits(minutes=2)

    assert [row["daily_on"] for row in await group.rows("SELECT * FROM quizzes ORDER BY id")] == [
        None,
        "2026-03-02",
    ]


async def test_after_three_that_nobody_played_it_pauses_and_one_tap_brings_it_back(group):
    await group.says("alice", "/quizdaily 18:00")
    for day in (2, 3, 4):
        await group.waits(until=_at(f"2026-03-0{day} 18:01"))
        await group.waits(minutes=PLAYED_OUT)
    assert len(await group.rows("SELECT * FROM quizzes")) == 3

    await group.waits(until=_at("2026-03-05 18:01"))
    assert "Nobody played the last 3 daily quizzes" in group.last.text
    await group.waits(until=_at("2026-03-06 20:00"))
    assert not group.new_messages
    assert len(await group.rows("SELECT * FROM quizzes")) == 3

    await group.taps("bob", "Resume")
    assert "A quiz every day at 18:00" in group.last.text
    for day in (7, 8, 9):
        await group.waits(until=_at(f"2026-03-0{day} 18:01"))
        await group.waits(minutes=PLAYED_OUT)

    assert len(await group.rows("SELECT * FROM quizzes")) == 6


async def test_one_that_was_played_keeps_it_going(group):
    await group.says("alice", "/quizdaily 18:00")
    for day in (2, 3, 4, 5):
        await group.waits(until=_at(f"2026-03-0{day} 18:01"))
        if day == 4:
            await group.votes("bob")
        await group.waits(minutes=PLAYED_OUT)

    assert len(await group.rows("SELECT * FROM quizzes")) == 4
    assert [row["unplayed"] for row in await group.rows("SELECT unplayed FROM quiz_dailies")] == [0]


async def test_a_day_on_which_nobody_comes_costs_three_messages_and_gives_no_answer_away(group):
    await group.says("alice", "/quizdaily 18:00")
    await group.waits(until=_at("2026-03-02 17:59"))
    before = len(group.from_bot)
    await group.waits(until=_at("2026-03-02 19:00"))

    card, said = group.from_bot[before:]
    assert card.text.startswith("Quiz: A mix, 7 questions")
    assert said.text.startswith("Nobody came to today’s quiz")
    assert len(group.polls) == 1
    assert await group.rows("SELECT stage, ended_because, next_at FROM quizzes") == [
        {"stage": "over", "ended_because": "silence", "next_at": None}
    ]


async def test_who_wants_the_first_question_skipped_is_there(group):
    await group.says("alice", "/quizdaily 18:00")
    await group.waits(until=_at("2026-03-02 18:01"))
    async with group.running.coach._db.transaction() as tx:
        await tx.execute(
            "INSERT INTO quiz_players (quiz_id, person_id, name, joined_at) VALUES (1, 1002, 'Bob', 0)"
        )
    await group.taps("bob", "Skip")
    await group.waits(minutes=1)

    assert len(group.polls) == 2


async def test_a_topic_with_fewer_questions_is_said_when_it_is_set(group):
    await group.says("alice", "/quizdaily 18:00 statistics 20")

    assert "every day at 18:00: Statistics, 8 questions." in group.last.text
    assert group.last.text.endswith("Statistics has 8 quiz questions.")


async def test_a_second_resume_changes_nothing(running, group):
    await group.says("alice", "/quizdaily 18:00")
    async with running.coach._db.transaction() as tx:
        await tx.execute("UPDATE quiz_dailies SET next_at = NULL, unplayed = 3")
    await group.says("bob", "/quizdaily")
    assert "is paused" in group.last.text
    await group.taps("bob", "Resume")
    before = await group.rows("SELECT * FROM quiz_dailies")

    await run_the_last_update_again(running)

    assert await group.rows("SELECT * FROM quiz_dailies") == before


async def test_off_ends_it(group):
    await group.says("alice", "/quizdaily 18:00")
    await group.says("alice", "/quizdaily off")
    assert "No more daily quiz" in group.last.text

    await group.waits(days=2)
    assert not group.polls
    await group.says("alice", "/quizdaily")
    assert "There is no daily quiz here" in group.last.text


async def test_only_admins_set_it_and_everybody_may_look(group):
    await group.says("bob", "/quizdaily 18:00")
    assert "Only admins" in group.last.text
    assert await group.rows("SELECT * FROM quiz_dailies") == []

    await group.says("alice", "/quizdaily 18:00")
    await group.says("bob", "/quizdaily off")
    assert "Only admins" in group.last.text
    await group.says("bob", "/quizdaily")
    assert "every day at 18:00" in group.last.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("metrics", "no time I can read"),
        ("25:00", "no time I can read"),
        ("18:00 xyzzyqqq", "I don’t know the topic"),
        ("18:00 metrics 99", "1 to 20 questions"),
        ("18:00 deep learning", "no polls on that topic"),
    ],
)
async def test_what_cannot_be_read_is_answered_with_how_to_type_it(group, typed, said):
    await group.says("alice", f"/quizdaily {typed}")

    assert said in group.last.text
    assert await group.rows("SELECT * FROM quiz_dailies") == []


async def test_evening_may_be_typed_the_american_way(group):
    await group.says("alice", "/quizdaily 6 pm metrics")

    assert "every day at 18:00: Metrics, 7 questions" in group.last.text


async def test_set_again_after_todays_quiz_it_comes_tomorrow(group):
    await group.says("alice", "/quizdaily 12:30")
    await group.waits(until=_at("2026-03-02 12:31"))
    await group.votes("alice")
    await group.waits(minutes=PLAYED_OUT)
    await group.says("alice", "/quizdaily 18:00")
    await group.waits(until=_at("2026-03-02 23:00"))

    assert len(await group.rows("SELECT * FROM quizzes")) == 1


async def test_each_forum_topic_has_its_own(running):
    group = await FakeGroup.opens(running, "Night owls", forum=True)
    thread = membership.open_topic(running.box, group.name, "Metrics")
    await running.quiet()
    group.thread = thread
    await group.says("alice", "/quizdaily 18:00 metrics")
    await group.waits(until=_at("2026-03-02 18:01"))

    assert [poll.question for poll in group.polls]
    assert [row["thread_id"] for row in await group.rows("SELECT * FROM quizzes")] == [thread]


async def test_in_a_forum_topic_its_own_pauses_and_comes_back(running):
    group = await FakeGroup.opens(running, "Night owls", forum=True)
    group.thread = membership.open_topic(running.box, group.name, "Metrics")
    await running.quiet()
    await group.says("alice", "/quizdaily 18:00 metrics")
    async with running.coach._db.transaction() as tx:
        await tx.execute("UPDATE quiz_dailies SET unplayed = 3")
    await group.waits(until=_at("2026-03-02 18:01"))
    assert "so they pause" in group.last.text

    await group.taps("bob", "Resume")

    assert "A quiz every day at 18:00: Metrics" in group.last.text


async def test_a_group_that_put_us_out_has_none(group):
    await group.says("alice", "/quizdaily 18:00")
    await group.does(membership.remove, "alice", group.name, BOT)
    await group.waits(days=2)

    assert await group.rows("SELECT * FROM quizzes") == []


async def test_a_group_that_moved_has_it_in_its_new_place(group):
    await group.says("alice", "/quizdaily 18:00")
    await group.does(membership.migrate, group.name)
    await group.waits(until=_at("2026-03-02 18:01"))

    assert len(group.polls) == 1
    assert [row["chat_id"] for row in await group.rows("SELECT chat_id FROM quizzes")] == [group.id]


async def test_last_week_is_told_with_the_first_of_this_week_alone(running, group):
    await _played(
        group, -10, [("metrics/question-1", {ALICE: 0})] * 2 + [("metrics/question-1", {ALICE: 1})] * 3
    )
    await _played(group, -3, [("metrics/question-2", {ALICE: 0, BOB: 1})] * 5)
    await group.says("alice", "/board alias Ada <3")
    await group.says("alice", "/quizdaily 18:00")
    await group.waits(until=_at("2026-03-02 18:01"))

    [digest] = [message for message in group.from_bot if "Last week here" in message.text]
    assert "Hardest: “Which is true of metrics 2" in digest.text
    assert "5 of 10 right, 5 fell for “wrong one”." in digest.text
    assert "Most improved: Ada <3, from 40 % to 100 % right." in digest.text

    await group.votes("bob")
    await group.waits(until=_at("2026-03-03 18:01"))
    assert len([message for message in group.from_bot if "Last week here" in message.text]) == 1


async def test_a_week_without_a_quiz_is_not_told(group):
    await group.says("alice", "/quizdaily 18:00")
    await group.waits(until=_at("2026-03-02 18:01"))

    assert not [message for message in group.from_bot if "Last week here" in message.text]
    assert [
        row["digest_on"]
        for row in await group.rows("SELECT digest_on FROM groups WHERE digest_on IS NOT NULL")
    ] == ["2026-W10"]


def _at(moment, zone="UTC"):
    """The moment at which that zone's clock shows `2026-03-02 18:00`."""
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))


async def _played(group, days, rounds):
    async with group.running.coach._db.transaction() as tx:
        await put_played(tx, group.id, group.clock.now() + timedelta(days=days), rounds)


async def _walk_until_it_dies(running, group, until):
    walking = asyncio.create_task(group.waits(until=_at(until)))
    dead = asyncio.create_task(running._wire.dead.wait())
    await asyncio.wait({walking, dead}, return_when=asyncio.FIRST_COMPLETED)
    assert dead.done()
    walking.cancel()
    await asyncio.gather(walking, return_exceptions=True)


async def test_where_polls_are_forbidden_it_is_said_when_it_is_set(group):
    await group.does(membership.allow, "alice", group.name, {"can_send_polls": False})
    await group.says("alice", "/quizdaily 18:00")

    assert "A quiz every day at 18:00" in group.last.text
    assert "An admin can allow polls" in group.last.text


async def test_a_daily_quiz_rings_once_with_its_announcement(group):
    await group.says("alice", "/quizdaily 18:00")
    await group.waits(until=group.clock.now().replace(hour=18, minute=2, second=0))

    rung = [each for each in group.box.messages(group.name) if each.get("kind") == "poll"]
    assert [each["silent"] for each in rung] == [True]
    announced = next(each for each in group.from_bot if "The first question comes in a minute" in each.text)
    assert not announced.silent


async def test_days_in_a_row_of_this_week_alone_are_not_told_as_last_weeks(group):
    await group.waits(until=_at("2026-03-04 17:00"))  # a Wednesday
    for ago in (2, 1):
        await _played(group, -ago, [("metrics/question-1", {ALICE: 0, BOB: 0})])
    await group.says("alice", "/quizdaily 18:00")
    await group.waits(until=_at("2026-03-04 18:01"))

    assert not [message for message in group.from_bot if "Last week here" in message.text]


async def test_days_in_a_row_that_began_last_week_are_told(group):
    await group.waits(until=_at("2026-03-04 17:00"))
    for ago in (3, 2, 1):
        await _played(group, -ago, [("metrics/question-1", {ALICE: 0, BOB: 0})])
    await group.says("alice", "/quizdaily 18:00")
    await group.waits(until=_at("2026-03-04 18:01"))

    [digest] = [message for message in group.from_bot if "Last week here" in message.text]
    assert "🔥 3 days in a row" in digest.text
