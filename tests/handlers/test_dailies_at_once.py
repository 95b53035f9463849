"""Dailies are put twenty at a time and are on their way while more are put: each is sent once, none holds up others."""

import asyncio
import sqlite3

import pytest

from handlers.asking.ask import deliver, put_owed, send_owed
from handlers.daily import BATCH, CLAIMED_AT_ONCE, RETRY_AFTER
from handlers.kit.alone import Alone
from interview.day import study_day
from storage import learners
from storage.moments import to_ms
from tests.fake_chat import _Wire


async def _people_due(running, count):
    """So many people whose daily is due now, in the order of their ids."""
    people = [f"learner{number}" for number in range(count)]
    for person in people:
        running.box.add_person(person)
        running.box.say(person, person, "/start")
    await running.quiet()
    async with running.coach._db.transaction() as tx:
        await tx.execute(
            "UPDATE learners SET setup_step = NULL, next_daily_at = ?", (to_ms(running.clock.now()),)
        )
    return people


async def _put(running, learner_id):
    on, now = running.coach._on, running.clock.now()
    async with on.db.transaction() as tx:
        learner = await learners.get(tx, learner_id)
        day = study_day(now, learner.zone)
        return await put_owed(tx, on, learner, now, day=day, late=False, until=now + RETRY_AFTER)


async def _only_learner(running):
    async with running.coach._db.transaction() as tx:
        return (await tx.one("SELECT min(id) AS id FROM learners"))["id"]


async def test_more_dailies_than_a_batch_are_all_put_and_sent_in_one_step(running, chat_of):
    people = await _people_due(running, BATCH + 5)

    await running.beat(running.clock.now())

    for person in people:
        assert len(chat_of(person).questions) == 1


async def test_a_daily_that_was_put_is_sent_once_though_its_learner_wants_it_that_moment(running, chat_of):
    [person] = await _people_due(running, 1)
    known = await _put(running, await _only_learner(running))
    on, now = running.coach._on, running.clock.now()

    await asyncio.gather(deliver(on, known.asking, now), send_owed(on, known, now))

    assert len(chat_of(person).questions) == 1
    assert len(on.alone) == 0


async def test_what_stands_in_the_slot_already_is_left_to_whoever_put_it(running, chat_of):
    [person] = await _people_due(running, 1)
    await chat_of(person).says("/today")

    assert await _put(running, await _only_learner(running)) is None

    assert len(running.coach._on.alone) == 0
    assert len(chat_of(person).questions) == 1


async def test_what_was_put_counts_as_perhaps_there_until_another_beat_finds_it_unsent(running, chat_of):
    [person] = await _people_due(running, 1)
    known = await _put(running, await _only_learner(running))
    on, now = running.coach._on, running.clock.now()
    on.alone.leave(known.asking.id)  # whoever was to send it has come to nothing

    await running.coach.beat(now)
    assert not chat_of(person).questions
    await running.coach.beat(now + RETRY_AFTER)

    assert len(chat_of(person).questions) == 1
    assert known.asking.sent_at == now.replace(microsecond=now.microsecond // 1000 * 1000)


async def test_one_learner_in_trouble_costs_nobody_else_a_daily_and_holds_nothing(running, chat_of):
    people = await _people_due(running, 3)
    second = running.box.roster.person(people[1]).id
    async with running.coach._db.transaction() as tx:
        await tx.execute("INSERT INTO cards VALUES (?, 'llm/question-1', 1, 5, '0', '0', 1, 1, 0)", (second,))

    async with asyncio.timeout(20):
        await running.coach.beat(running.clock.now())

    assert [len(chat_of(person).questions) for person in people] == [1, 0, 1]
    assert len(running.coach._on.alone) == 0


async def test_dailies_are_on_their_way_before_the_last_of_the_batch_is_put(running):
    await _people_due(running, 3 * CLAIMED_AT_ONCE)
    connection = running.coach._db._connection
    said: list[str] = []
    await connection.set_trace_callback(said.append)

    await running.coach.beat(running.clock.now())

    await connection.set_trace_callback(None)
    put = [place for place, sql in enumerate(said) if sql.startswith("INSERT INTO askings")]
    noted = [place for place, sql in enumerate(said) if sql.startswith("UPDATE askings SET sent_at")]
    assert len(put) == len(noted) == 3 * CLAIMED_AT_ONCE
    assert put[0] < noted[0] < put[-1]
    assert 3 * CLAIMED_AT_ONCE < BATCH


async def test_one_that_cannot_be_noted_lets_the_others_come_to_their_end(running, chat_of):
    people = await _people_due(running, 4)
    first = running.box.roster.person(people[0]).id
    async with running.coach._db.transaction() as tx:
        await tx.execute(
            "CREATE TEMP TRIGGER trouble BEFORE UPDATE OF message_id ON askings"
            f" WHEN NEW.learner_id = {first} BEGIN SELECT RAISE(ABORT, 'trouble'); END"
        )

    with pytest.raises(sqlite3.IntegrityError, match="trouble"):
        await running.coach.beat(running.clock.now())

    assert len(running.coach._on.alone) == 0, "all have come to their end"
    assert [len(chat_of(person).questions) for person in people] == [1, 1, 1, 1]
    async with running.coach._db.transaction() as tx:
        rows = await tx.all("SELECT learner_id FROM askings WHERE send_after IS NOT NULL")
    assert [row["learner_id"] for row in rows] == [first]


async def test_trouble_with_one_is_told_when_all_others_have_ended_and_not_before(running, monkeypatch):
    people = await _people_due(running, 3)
    first = running.box.roster.person(people[0]).id
    async with running.coach._db.transaction() as tx:
        await tx.execute(
            "CREATE TEMP TRIGGER trouble BEFORE UPDATE OF message_id ON askings"
            f" WHEN NEW.learner_id = {first} BEGIN SELECT RAISE(ABORT, 'trouble'); END"
        )
    real, answered = _Wire.do_request, asyncio.Event()

    async def do_request(wire, url, *given, **more):
        if url.endswith("/sendMessage") and more["request_data"].parameters["chat_id"] != first:
            await answered.wait()
        return await real(wire, url, *given, **more)

    monkeypatch.setattr(_Wire, "do_request", do_request)
    beat = asyncio.create_task(running.coach.beat(running.clock.now()))
    async with asyncio.timeout(20):
        while not len(running.coach._on.alone):  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0)
        while len(running.coach._on.alone) > 2:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0)
        for _ in range(20):
            await asyncio.sleep(0)
        assert not beat.done()
        answered.set()

        with pytest.raises(sqlite3.IntegrityError, match="trouble"):
            await beat
    assert len(running.coach._on.alone) == 0


async def test_who_is_alone_with_a_thing_is_so_until_they_leave_it():
    alone, seen = Alone(), []
    await alone.take("a question")

    async def wait():
        async with alone("a question"):
            seen.append("second")

    waiting = asyncio.create_task(wait())
    await asyncio.sleep(0)
    async with alone("something else"):
        seen.append("other")
    alone.leave("a question")
    await waiting

    assert seen == ["other", "second"]
    assert len(alone) == 0


async def test_who_is_cancelled_while_they_wait_leaves_the_thing_to_others():
    alone = Alone()
    await alone.take(1)
    waiting = asyncio.create_task(alone.take(1))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    alone.leave(1)

    assert len(alone) == 0
