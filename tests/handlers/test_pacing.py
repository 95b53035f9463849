"""With Telegram's limits on: a broadcast, dailies and people at once, and nobody is ever told to wait."""

from datetime import timedelta

import pytest

from bot.pacing.pace import Pace
from playground.limits import Limits
from tests.bot.pacing.virtual_time import SkippedTime
from tests.fake_chat import BEGIN

PEOPLE = 200


@pytest.fixture
async def limited(running):
    """The bot keeping its pace on a clock on which waiting takes no time, and a Telegram that counts by it."""
    await running.stop()
    time = SkippedTime()
    running.pace = Pace(now=time.now, sleep=time.sleep)
    running.box.limits = Limits(lambda: BEGIN + timedelta(seconds=time.now()))
    await running.start()
    running.time = time
    return running


@pytest.fixture
async def many(limited):
    people = [f"learner{number}" for number in range(PEOPLE)]
    for person in people:
        limited.box.add_person(person)
        limited.box.say(person, person, "/start")
    await limited.quiet()
    return people


async def test_a_broadcast_to_two_hundred_while_people_answer_is_never_too_fast(limited, many, chat_of):
    alice = chat_of("alice")
    await alice.starts()
    await alice.says("/admin")
    await alice.taps("Broadcast")
    await alice.says("A word to all of you")
    begin = limited.time.now()
    await alice.taps("Send")

    for _ in range(11):
        for person in many[:20]:
            limited.box.say(person, person, "/help")
        await alice.waits(minutes=1)

    for person in many:
        assert [m.text for m in chat_of(person).from_bot].count("A word to all of you") == 1
    assert limited.coach.tally.told_to_wait == 0
    spoken = PEOPLE + 11 * 20
    assert spoken / 28 - 1 <= limited.time.now() - begin <= spoken / 28 * 3


async def test_one_who_taps_like_mad_is_answered_and_never_too_fast(limited, chat_of):
    alice = chat_of("alice")
    await alice.starts()
    for _ in range(12):
        await alice.taps("1 ☐") if "1 ☐" in alice.last.buttons else await alice.says("/random")

    assert limited.coach.tally.told_to_wait == 0


async def test_being_told_to_wait_goes_unnoticed_by_people(running, chat_of):
    alice = chat_of("alice")
    running.box.faults.order({"method": "*", "kind": "429", "share": 0.3, "seed": 5})
    await alice.starts()
    await alice.answers(text="my answer")

    assert running.coach.tally.told_to_wait > 0
    assert len(await alice.rows("SELECT * FROM reviews")) == 1
    assert await alice.rows("SELECT * FROM inbox WHERE set_aside_at IS NOT NULL") == []
