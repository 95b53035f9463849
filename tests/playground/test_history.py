"""Somebody's days, played through the real bot."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from random import Random

from content.markup import to_plain
from playground.acting import Actor
from playground.clock import Clock
from playground.history import WHO, History, Plan
from playground.state import Box
from tests.fake_chat import BEGIN, FakeChat, a_running_bot

SHORT = Plan(
    missed=frozenset({8}),
    pause={5: 2},
    say={2: ("/topic metrics",), 3: ("/nothing-of-ours",)},
    settings={1: ("Questions a day", "2")},
)


async def played(tmp_path, name="coach.sqlite3"):
    """Ten days; the messages, and the days on which something was rated."""
    async with a_running_bot(tmp_path / name) as running:

        async def settled():
            await running.quiet()

        stems = {
            to_plain(each.stem): ["first point second point", "something else"]
            for each in running.shelf.bank.live
        }
        actor = Actor(running.box, WHO, settled)
        await History(actor, running.clock, stems, Random(7), SHORT).play(until=BEGIN + timedelta(days=10))
        dave = FakeChat(running, WHO)
        rows = await dave.rows("SELECT * FROM askings ORDER BY id")
        return dave.messages, rows, running.clock.now()


async def test_ten_days_are_practised_as_planned_and_the_last_ones_question_is_left_open(tmp_path):
    messages, askings, now = await played(tmp_path)

    assert now == BEGIN + timedelta(days=10)
    rated = {row["rated_on"] for row in askings if row["rated_on"]}
    assert rated == {f"2026-03-{day:02}" for day in (2, 3, 4, 5, 6, 7, 9, 11)}  # 8 is paused, 10 missed
    assert len({row["rating"] for row in askings}) >= 3
    assert any(row["judged"] for row in askings)
    assert sum(row["purpose"] == "drill" for row in askings) >= 5
    assert sum(row["study_day"] == "2026-03-05" and row["purpose"] == "daily" for row in askings) == 2
    texts = [message.text for message in messages]
    assert "/nothing-of-ours" not in texts
    assert "/pause 2" in texts
    assert not any("Something went wrong" in text or "no question open" in text for text in texts)

    assert askings[-1]["study_day"] == "2026-03-12"
    assert askings[-1]["rating"] is None
    assert "Show answer" in messages[-1].buttons

    again, _, _ = await played(tmp_path, "again.sqlite3")
    assert [message.text for message in again] == texts


async def test_an_actor_taps_the_newest_button_and_leaves_what_they_left():
    clock = Clock(lambda: BEGIN)
    box = Box(clock.now, strict=True)

    async def settled():
        await asyncio.sleep(0)

    actor = Actor(box, WHO, settled)
    assert actor.find("Show answer") is None
    assert not await actor.tap("Show answer")
    assert not actor.can("start")
    await actor.say("hello")
    assert box.messages(WHO)[-1]["text"] == "hello"
    box.close()
