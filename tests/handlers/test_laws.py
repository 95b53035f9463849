"""Laws that hold whatever happens: one daily a study day, and an Undo that undoes."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

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
_law = settings(max_examples=settings().max_examples // 8, suppress_health_check=list(HealthCheck))

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
            assert learner.last_daily_on is not None
            assert (learner.next_daily_at is None) == learner.rhythm.stopped
            if learner.next_daily_at is not None:
                assert learner.next_daily_at > chat.clock.now()
                assert study_day(learner.next_daily_at, learner.zone) > learner.last_daily_on


NEARBY = ["UTC", "Europe/Berlin", "Africa/Cairo", "Asia/Kolkata", "America/New_York"]
evenings = st.tuples(st.just("hour"), st.integers(14 * 60, 22 * 60))
snoozes = st.tuples(st.just("snooze"), st.sampled_from(["In 1 h", "Tonight"]))
answers = st.tuples(st.just("answer"), st.just(0))
quiet_days = st.tuples(st.just("walk"), st.integers(60 * 12, 60 * 24 * 5))
evening_lives = st.lists(
    st.one_of(
        walks, quiet_days, st.tuples(st.just("zone"), st.sampled_from(NEARBY)), evenings, snoozes, answers, restarts
    ),
    min_size=3,
    max_size=10,
)  # fmt: skip


@_law
@given(st.sampled_from(MOMENTS), st.sampled_from(NEARBY), evening_lives)
def test_unasked_there_are_two_messages_a_day_at_most_and_none_at_night_but_the_daily(begin, zone, life):
    asyncio.run(_live_through_evenings(begin, zone, life))


async def _live_through_evenings(begin: datetime, zone: str, life: list[tuple[str, int | str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with a_running_bot(Path(folder) / "coach.sqlite3", begin) as running:
            chat = FakeChat(running)
            await chat.starts(zone=zone, hour="09:00")
            await chat.answers()
            for _ in range(2):
                await chat.waits(until="09:00 tomorrow")
                await chat.answers()
            seen, unasked = chat.last.id, Counter[date]()
            for what, how in [("walk", 60 * 24), *life, ("walk", 60 * 24)]:
                await _do(running, chat, what, how)
                learner = await _learner(chat)
                if what in ("walk", "restart"):
                    unasked.update(_unasked(chat, learner, seen))
                seen = chat.messages[-1].id
            assert all(count <= 2 for count in unasked.values()), unasked
            assert (
                await chat.rows("SELECT id FROM askings WHERE snoozed_until < ?", _ms(chat.clock.now())) == []
            )


def _unasked(chat: FakeChat, learner: Learner, seen: int) -> list[date]:
    """The study days of what came by itself; what was snoozed comes because somebody wanted it."""
    found = []
    said = [message for message in chat.box.messages("alice") if message["from"] == chat.box.bot.username]
    for message in said:
        if message["message_id"] <= seen:
            continue
        at = datetime.fromisoformat(message["date"])
        if "in a row" in message["text"]:
            assert message["silent"]
            assert 8 <= at.astimezone(learner.zone).hour < 22
            before = [datetime.fromisoformat(each["date"]) for each in said if "What is " in each["text"]]
            assert all(abs(at - daily) > timedelta(hours=2) for daily in before)
            found.append(study_day(at, learner.zone))
        elif not _came_before(said, message, learner):
            found.append(study_day(at, learner.zone))
    return found


def _came_before(said: list[dict[str, Any]], message: dict[str, Any], learner: Learner) -> bool:
    """Whether the same question had been put earlier that day."""

    def day_and_stem(each: dict[str, Any]) -> tuple[date, str]:
        stem = next(line for line in each["text"].splitlines() if line.startswith("What is "))
        return study_day(datetime.fromisoformat(each["date"]), learner.zone), stem

    questions = [each for each in said if "What is " in each["text"]]
    earlier = [each for each in questions if each["message_id"] < message["message_id"]]
    return day_and_stem(message) in map(day_and_stem, earlier)


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


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
        case "answer":
            if "Show answer" in chat.last.buttons:
                await chat.answers()
        case "snooze":
            if "⋯" in chat.last.buttons:
                await chat.taps("⋯")
                await chat.taps(str(how) if str(how) in chat.last.buttons else "Back")


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
