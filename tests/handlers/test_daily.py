"""The daily: the learner's own hour, once a study day, whatever the clock does."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from content.bank import Bank
from tests.fake_chat import FakeChat


async def test_the_daily_question_comes_at_the_learners_own_hour(chat):
    await chat.starts(zone="Asia/Tokyo", hour="09:00")

    await chat.waits(until="08:59 tomorrow")
    assert not chat.new_messages

    await chat.waits(minutes=1)
    assert chat.last.buttons[0] == "Show answer"


async def test_only_the_daily_rings(chat):
    await chat.starts()
    await chat.waits(days=1)
    daily = chat.last
    await chat.says("/topic metrics")

    assert not daily.silent
    assert chat.last.silent


async def test_every_day_brings_one(chat):
    await chat.starts(zone="America/New_York", hour="07:00")

    for _ in range(5):
        await chat.waits(days=2)
        await chat.says("/tips")  # in a silence they would become fewer

    assert len(chat.questions) == 11
    days = [row["study_day"] for row in await chat.rows("SELECT study_day FROM askings ORDER BY id")]
    assert len(set(days)) == 11


async def test_an_hour_that_does_not_exist_is_asked_at_the_first_minute_that_does(bot_from):
    async with bot_from(datetime(2026, 3, 27, 12, 0, tzinfo=UTC)) as running:
        chat = FakeChat(running)
        await chat.starts(zone="Europe/Berlin", hour="02:30")

        await chat.waits(until="2026-03-29 01:59")
        before = len(chat.questions)
        await chat.waits(minutes=1)  # the clocks show 03:00 now

        assert len(chat.questions) == before + 1


async def test_an_hour_that_comes_twice_is_asked_the_first_time_only(bot_from):
    async with bot_from(datetime(2026, 10, 23, 12, 0, tzinfo=UTC)) as running:
        chat = FakeChat(running)
        await chat.starts(zone="Europe/Berlin", hour="02:30")

        await chat.waits(until="2026-10-25 02:29")
        before = len(chat.questions)
        await chat.waits(minutes=1)
        assert len(chat.questions) == before + 1

        await chat.waits(minutes=120)  # 02:30 came again on the way
        assert len(chat.questions) == before + 1


async def test_a_day_begins_at_four_in_the_morning(bot_from):
    async with bot_from(datetime(2026, 3, 3, 3, 30, tzinfo=UTC)) as running:
        chat = FakeChat(running)
        await chat.starts(zone="UTC", hour="09:00")  # at 03:30 it is still Monday, as study days go
        await chat.answers()

        await chat.waits(until="09:00")
        assert len(chat.questions) == 2
        await chat.answers()

        assert "🔥 2 days" in chat.last.text


async def test_after_a_short_outage_it_comes_late_and_says_so(running, chat):
    await chat.starts(hour="09:00")
    await running.stop()
    await chat.waits(until="10:30 tomorrow")

    await running.start()
    await running.quiet()
    await chat.waits(minutes=1)

    assert "I was away at your hour" in chat.last.text
    assert len(chat.questions) == 2


async def test_after_a_long_outage_the_missed_one_is_left_out(running, chat):
    await chat.starts(hour="09:00")
    await running.stop()
    await chat.waits(until="12:01 tomorrow")

    await running.start()
    await running.quiet()
    await chat.waits(minutes=1)
    assert len(chat.questions) == 1

    await chat.waits(until="09:00 tomorrow")
    assert len(chat.questions) == 2
    assert "away" not in chat.last.text


async def test_a_restart_at_the_very_minute_sends_no_second_one(running, chat):
    await chat.starts(hour="09:00")
    await chat.waits(until="09:00 tomorrow")

    await running.stop()
    await running.start()
    await running.quiet()
    await chat.waits(minutes=5)

    assert len(chat.questions) == 2


async def test_yesterdays_question_still_answers(chat):
    await chat.starts()
    yesterday = chat.last
    await chat.waits(days=1)

    await chat.taps("Show answer", on=yesterday.id)
    await chat.taps("Got it", on=yesterday.id)

    assert "Got it. Back" in chat.message(yesterday.id).text


async def test_today_brings_the_question_again(chat):
    await chat.starts()
    first = chat.last

    await chat.says("/today")

    assert chat.last.id > first.id
    assert chat.last.data == first.data


async def test_today_before_its_hour_is_the_days_daily(chat):
    await chat.starts(hour="09:00")
    await chat.waits(until="06:00 tomorrow")

    await chat.says("/today")
    assert len(chat.questions) == 2

    await chat.waits(until="23:00")
    assert len(chat.questions) == 2


async def test_today_brings_back_what_was_skipped(chat):
    await chat.starts()
    await chat.taps("Skip")
    await chat.says("/today")
    assert chat.last.buttons[0] == "Show answer"

    await chat.says("now I know it")
    assert "Not my answer" in chat.last.buttons


async def test_an_answer_just_after_four_in_the_morning_is_still_one(bot_from):
    async with bot_from(datetime(2026, 3, 3, 3, 55, tzinfo=UTC)) as running:
        chat = FakeChat(running)
        await chat.starts()
        await chat.waits(minutes=20)
        await chat.says("it took me a while")

        assert "Not my answer" in chat.last.buttons


async def test_an_hour_moved_to_what_has_passed_is_asked_at_once(chat):
    await chat.starts(hour="09:00")
    await chat.waits(until="08:30 tomorrow")
    await chat.says("/settings")
    await chat.taps("Hour")
    await chat.says("08:00")
    await chat.waits(minutes=1)
    assert len(chat.questions) == 2

    await chat.waits(until="23:00")
    assert len(chat.questions) == 2


async def test_one_learners_trouble_is_not_everybodys(chat_of):
    alice, bob = chat_of("alice"), chat_of("bob")
    await alice.starts(hour="09:00")
    await bob.starts(hour="09:00")
    async with alice.running.coach._db.transaction() as tx:
        await tx.execute("UPDATE learners SET role = 'astronaut' WHERE id = 1001")

    await bob.waits(until="09:00 tomorrow")

    assert len(bob.questions) == 2
    assert len(alice.questions) == 1


async def test_a_daily_whose_question_has_left_the_bank_is_replaced(chat):
    await chat.starts()
    await chat.running.stop()
    others = [q for q in chat.running.shelf.bank.live if q.stem not in chat.last.text]
    chat.running.shelf = replace(chat.running.shelf, bank=Bank(others))
    await chat.running.start()
    await chat.running.quiet()

    await chat.says("/today")

    assert chat.last.buttons[0] == "Show answer"


async def test_today_when_done_says_when_the_next_one_comes(chat):
    await chat.starts(zone="Europe/Berlin", hour="09:00")
    await chat.answers()

    await chat.says("/today")

    assert "The next one comes Tuesday at 09:00" in chat.last.text


async def test_who_blocks_the_bot_is_left_alone_until_they_come_back(chat):
    await chat.starts(hour="09:00")
    chat.box.block("alice")
    await chat.running.quiet()
    await chat.waits(days=3)
    assert not chat.new_messages

    chat.box.unblock("alice")
    await chat.says("/start")
    await chat.waits(days=1)

    assert len(chat.questions) == 2


async def test_a_journey_west_brings_no_second_daily_on_the_same_date(chat):
    await chat.starts(
        zone="Pacific/Auckland", hour="09:00"
    )  # 01:00 on Tuesday, which is still Monday's study day
    await chat.waits(until="09:00")
    assert len(chat.questions) == 2

    await chat.says("/settings")
    await chat.taps("Zone")
    await chat.says("Pacific/Honolulu")  # Monday there

    chat.zone = ZoneInfo("Pacific/Honolulu")
    await chat.waits(until="2026-03-03 23:00")
    assert len(chat.questions) == 2
    await chat.waits(until="2026-03-04 09:00")
    assert len(chat.questions) == 3


async def test_a_journey_east_over_a_date_keeps_the_streak(chat):
    await chat.starts(zone="Pacific/Pago_Pago", hour="09:00")  # 01:00 on Monday there, Sunday's study day
    await chat.answers()
    await chat.says("/settings")
    await chat.taps("Zone")
    await chat.says("Pacific/Kiritimati")  # 02:00 on Tuesday there, Monday's study day

    chat.zone = ZoneInfo("Pacific/Kiritimati")
    await chat.waits(until="09:00")
    await chat.answers()

    assert "🔥 2 days" in chat.last.text


async def test_an_hour_moved_later_brings_no_second_daily(chat):
    await chat.starts(hour="09:00")
    await chat.waits(until="09:00 tomorrow")
    await chat.says("/settings")
    await chat.taps("Hour")
    await chat.says("15:00")

    await chat.waits(until="23:00")

    assert len(chat.questions) == 2


@pytest.mark.parametrize("who", ["alice", "bob", "carol"])
async def test_learners_do_not_share_their_dailies(chat_of, who):
    chats = [chat_of(name) for name in ("alice", "bob", "carol")]
    for each in chats:
        await each.starts(hour="09:00")

    await chats[0].waits(days=1)

    assert len(chat_of(who).questions) == 2
