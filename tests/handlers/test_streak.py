"""The streak told whole: goals, milestones, and winning a lost one back."""

import dataclasses

import pytest

from storage import learners
from tests.run_again import run_the_last_update_again


async def days(chat, count):
    """Answer the daily on so many days, this one and the next."""
    for _ in range(count):
        await chat.says("/today")
        await chat.answers()
        await chat.waits(until="09:30 tomorrow")


async def lose(chat, length=4):
    """A streak of so many days; then one is missed, and it is the morning after."""
    await chat.starts(hour="09:00")
    await days(chat, length)
    await chat.waits(days=1)


async def set_goal(running, chat, goal):
    async with running.coach._db.transaction() as tx:
        learner = await learners.get(tx, chat.box.roster.person(chat.who).id)
        await learners.put(tx, dataclasses.replace(learner, streak_goal=goal))


async def stats(chat):
    await chat.says("/stats")
    return chat.last.text


async def test_the_daily_after_a_missed_day_offers_to_win_the_streak_back(chat):
    await lose(chat)

    assert "Your streak of 4 days broke: 3 extra questions win it back, until tomorrow." in chat.last.text
    assert chat.last.buttons[-1] == "Win back 4 days: 3 questions"


async def test_three_extra_questions_win_it_back(chat):
    await lose(chat)
    await chat.answers()
    assert "🔥 1 day" in chat.last.text
    await chat.taps("Win back 4 days: 3 questions")
    for number in (1, 2, 3):
        assert f"{number} of 3" in chat.last.text
        await chat.answers()

    assert "Winning back: drill done." in chat.last.text
    assert "Won back: 🔥 5 days in a row" in chat.with_button("Undo").text
    assert "🔥 5 days in a row" in await stats(chat)
    assert not any("Win back" in label for label in chat.last.buttons)


async def test_rating_the_daily_does_not_count_towards_the_three(chat):
    await lose(chat)
    await chat.taps("Win back 4 days: 3 questions")
    await chat.answers()
    await chat.answers()
    await chat.says("/today")
    await chat.answers()

    assert "Your streak of 4 days broke" in await stats(chat)


async def test_undo_takes_what_was_won_back_away_again(chat):
    await lose(chat)
    await chat.taps("Win back 4 days: 3 questions")
    for _ in range(3):
        await chat.answers()
    assert "🔥 5 days in a row" in await stats(chat)
    await chat.taps("Undo")
    assert not any("Won back" in message.text for message in chat.from_bot)

    assert "🔥 1 day in a row" in await stats(chat)
    assert "Win back 4 days: 3 questions" in chat.last.buttons
    await chat.taps("Win back 4 days: 3 questions")
    assert "1 of 1" in chat.last.text  # two of the three stand
    await chat.answers()
    assert "🔥 5 days in a row" in await stats(chat)


async def test_skipping_one_of_the_three_brings_another(chat):
    await lose(chat)
    await chat.taps("Win back 4 days: 3 questions")
    await chat.taps("Skip")
    for _ in range(3):
        await chat.answers()

    assert "Won back: 🔥 5 days in a row" in chat.with_button("Undo").text


async def test_after_48_hours_it_is_too_late(chat):
    await lose(chat)
    offer = chat.last.id
    await chat.waits(days=2)

    assert "within 48 hours" in await chat.taps("Win back 4 days: 3 questions", on=offer)
    assert "Win back" not in "".join(chat.last.buttons)


async def test_what_is_finished_after_48_hours_wins_nothing_back(chat):
    await lose(chat)
    await chat.taps("Win back 4 days: 3 questions")
    await chat.answers()
    second = chat.last.id
    await chat.waits(days=2)
    await chat.taps("Show answer", on=second)
    await chat.taps("Got it", on=second)
    assert "3 of 3" in chat.last.text
    await chat.answers()

    assert "The streak is not won back" in chat.last.text
    assert "🔥 1 day in a row" in await stats(chat)


async def test_a_second_tap_changes_nothing_and_a_later_one_goes_on(chat):
    await lose(chat)
    offer = chat.last.id
    await chat.taps("Win back 4 days: 3 questions")

    assert "waiting for you below" in await chat.taps("Win back 4 days: 3 questions", on=offer)
    assert len(await chat.rows("SELECT * FROM drills")) == 1


async def test_winning_back_may_run_twice(running, chat):
    await lose(chat)
    await chat.taps("Win back 4 days: 3 questions")
    before = await chat.rows("SELECT * FROM drills"), await chat.rows("SELECT * FROM askings")

    await run_the_last_update_again(running)

    assert (await chat.rows("SELECT * FROM drills"), await chat.rows("SELECT * FROM askings")) == before


async def test_whoever_lost_nothing_wins_nothing_back(chat):
    await chat.starts()

    assert "There is no streak to win back now" in await chat.presses("winback.1")
    assert await chat.rows("SELECT * FROM drills") == []


async def test_the_best_streak_is_remembered(chat):
    await lose(chat)

    assert "Your best streak: 4 days" in await stats(chat)


async def test_a_goal_is_counted_towards_and_its_end_said_once(running, chat):
    await chat.starts(hour="09:00")
    await set_goal(running, chat, 7)
    await days(chat, 6)
    assert "🔥 6 of 7 days in a row" in await stats(chat)
    await chat.says("/today")
    await chat.answers()
    assert "🔥 7 days 🎉 Your goal is reached · 1 freeze in store" in chat.last.text
    reached = chat.last.id
    await chat.says("/random")
    await chat.answers()
    assert "🔥 7 days · 1 freeze in store" in chat.last.text  # said once
    assert chat.last.buttons == ["Undo", "Another"]

    await chat.taps("Next goal: 14 days", on=reached)

    assert "🔥 7 of 14 days" in chat.message(reached).text
    assert "Next goal: 14 days" not in chat.message(reached).buttons
    [learner] = await chat.rows("SELECT streak_goal FROM learners")
    assert learner["streak_goal"] == 14


async def test_undo_takes_the_goal_and_the_milestone_back(running, chat):
    await chat.starts(hour="09:00")
    await set_goal(running, chat, 7)
    await days(chat, 6)
    await chat.says("/today")
    await chat.answers()
    await chat.taps("Undo")

    assert "🔥 6 of 7 days" in await stats(chat)
    assert "freeze" not in chat.last.text
    await chat.taps("Got it")
    assert "Your goal is reached" in chat.with_button("Undo").text


@pytest.mark.parametrize("goal", [-7, 8, 365])
async def test_made_up_goals_are_refused(chat, goal):
    await chat.starts()

    assert "7, 14, 30 or none" in await chat.presses(f"aim.1:{goal}")
    [learner] = await chat.rows("SELECT streak_goal FROM learners")
    assert learner["streak_goal"] is None


async def test_the_way_to_win_it_back_stays_where_more_dailies_follow(running, chat):
    await lose(chat)
    async with running.coach._db.transaction() as tx:
        learner = await learners.get(tx, chat.box.roster.person(chat.who).id)
        await learners.put(tx, dataclasses.replace(learner, daily_count=2))
    await chat.says("the answer in my own words")
    await chat.taps("Got it")

    rated = chat.with_button("Undo")
    assert "Win back 4 days: 3 questions" in rated.buttons
    await chat.taps("Win back 4 days: 3 questions", on=rated.id)
    assert "1 of 3" in chat.last.text
