"""Laws that hold whatever happens: one daily a study day, and an Undo that undoes."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interview.day import study_day
from interview.learner import Learner
from storage import learners
from tests.fake_chat import FakeChat, Running, a_running_bot

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Pacific/Honolulu",
         "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago", "Pacific/Kiritimati"]  # fmt: skip
MOMENTS = [
    datetime(2026, 3, 27, 12, tzinfo=UTC),
    datetime(2026, 10, 23, 12, tzinfo=UTC),
    datetime(2026, 3, 6, 7, tzinfo=UTC),
]
_law = settings(max_examples=12, suppress_health_check=list(HealthCheck))

walks = st.tuples(st.just("walk"), st.integers(1, 60 * 40))
hops = st.tuples(st.just("zone"), st.sampled_from(ZONES))
hours = st.tuples(st.just("hour"), st.integers(0, 23 * 60 + 59))
restarts = st.tuples(st.just("restart"), st.integers(0, 60 * 8))
asks = st.tuples(st.just("today"), st.just(0))
lives = st.lists(st.one_of(walks, walks, hops, hours, restarts, asks), min_size=3, max_size=12)


@_law
@given(st.sampled_from(MOMENTS), st.sampled_from(ZONES), lives)
def test_there_is_at_most_one_daily_a_study_day_and_it_comes_on_time(begin, zone, life):
    asyncio.run(_live(begin, zone, life))


async def _live(begin: datetime, zone: str, life: list[tuple[str, int | str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with a_running_bot(Path(folder) / "coach.sqlite3", begin) as running:
            chat = FakeChat(running)
            await chat.starts(zone=zone, hour="02:30")
            for what, how in life:
                await _do(running, chat, what, how)

            await chat.waits(minutes=1)
            askings = await chat.rows("SELECT * FROM askings WHERE slot IS NOT NULL ORDER BY id")
            days = [asking["study_day"] for asking in askings]
            assert len(set(days)) == len(days)
            assert len(chat.questions) >= len(askings)
            assert all(asking["message_id"] is not None for asking in askings)
            learner = await _learner(chat)
            assert learner.next_daily_at is not None
            assert learner.next_daily_at > chat.clock.now()
            assert learner.last_daily_on is not None
            assert study_day(learner.next_daily_at, learner.zone) > learner.last_daily_on


async def _do(running: Running, chat: FakeChat, what: str, how: int | str) -> None:
    match what:
        case "walk":
            await chat.waits(minutes=int(how))
        case "zone":
            await chat.says("/settings")
            await chat.taps("Zone")
            await chat.says(str(how))
        case "hour":
            await chat.says("/settings")
            await chat.taps("Hour")
            await chat.says(f"{int(how) // 60:02}:{int(how) % 60:02}")
        case "restart":
            await running.stop()
            await chat.waits(minutes=int(how))
            await running.start()
            await running.quiet()
            await chat.waits(minutes=1)
        case "today":
            await chat.says("/today")


async def _learner(chat: FakeChat) -> Learner:
    assert chat.running.coach is not None
    async with chat.running.coach._db.transaction() as tx:
        return await learners.get(tx, chat.box.roster.person(chat.who).id)


@_law
@given(
    st.lists(
        st.tuples(st.sampled_from(["Missed", "Partly", "Got it", "Easy"]), st.integers(1, 40)), max_size=6
    )
)
def test_undo_restores_the_card_exactly_whatever_was_rated_before(history):
    asyncio.run(_undo(history))


async def _undo(history: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with a_running_bot(Path(folder) / "coach.sqlite3") as running:
            chat = FakeChat(running)
            await chat.starts()
            for rating, days in history:
                if any("Show answer" in label for label in chat.last.buttons):
                    await chat.answers(rating)
                await chat.clock.walk_to(chat.clock.now() + timedelta(days=days))
            await chat.says("/today")
            if not any("Show answer" in label for label in chat.last.buttons):
                return
            await chat.taps("Show answer")
            before = await chat.rows("SELECT * FROM cards"), await chat.rows("SELECT * FROM askings")

            await chat.taps("Got it")
            assert (
                await chat.rows("SELECT * FROM cards"),
                await chat.rows("SELECT * FROM askings"),
            ) != before
            await chat.taps("Undo")

            assert (
                await chat.rows("SELECT * FROM cards"),
                await chat.rows("SELECT * FROM askings"),
            ) == before
