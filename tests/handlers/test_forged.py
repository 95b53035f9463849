"""Callback data is the client's to forge: whatever a stranger presses, nothing of anybody else's changes."""

import dataclasses
from enum import Enum
from itertools import islice, product
from typing import get_type_hints

from handlers import FEATURES
from handlers.kit.press import Slug
from tests.fake_group import FakeGroup

PRESSES = [press for feature in FEATURES for press in feature.presses]
NUMBERS = (1, 2, 0, -1, 1001)
SLUGS = ("metrics", "metrics/question-3", "")
ZONES = ("Europe/Berlin", "UTC")
FORGERIES = 25
"""Of each press, at most: all numbers and slugs with all others, as far as they go."""

NOT_THEIRS = ("inbox",)


async def _a_life(chat):
    """A learner with something in every corner: answers, ratings, a drill, a report, a draft, a bookmark, a snooze."""
    await chat.starts(hour="09:00")
    await chat.answers(text="my answer")
    await chat.says("/topic metrics")
    await chat.answers("Missed")
    await chat.says("/bookmark")
    await chat.says("/question metrics/question-5")
    await chat.taps("⋯")
    await chat.taps("Report a problem")
    await chat.taps("Typo")
    await chat.says("/admin")
    await chat.taps("Broadcast")
    await chat.says("A word to all of you")
    await chat.waits(until="09:00 tomorrow")
    await chat.taps("⋯")
    await chat.taps("In 1 h")
    await chat.says("half an answer")


async def _tables(chat):
    async with chat.running.coach._db.transaction() as tx:
        names = await tx.all(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
        tables = [row["name"] for row in names if row["name"] not in NOT_THEIRS]
        return {table: [dict(row) for row in await tx.all(f"SELECT * FROM {table}")] for table in tables}


def _of_others(tables, person):
    """All rows but the person's own: theirs by name, or through the asking, drill or quiz they belong to."""
    own = {
        "asking_id": {row["id"] for row in tables["askings"] if row["learner_id"] == person},
        "drill_id": {row["id"] for row in tables["drills"] if row["learner_id"] == person},
        "quiz_id": {row["id"] for row in tables["quizzes"] if row["chat_id"] == person},
        "learner_id": {person},
    }
    return {
        name: [
            row
            for row in rows
            if not any(row.get(column) in ids for column, ids in own.items())
            and not (name == "learners" and row["id"] == person)
            and not (name == "quizzes" and row["chat_id"] == person)
        ]
        for name, rows in tables.items()
    }


def _forgeries(press):
    hints = get_type_hints(press)
    fields = [field.name for field in dataclasses.fields(press)]
    choices = [_values(hints[field]) for field in fields]
    for values in islice(product(*choices), FORGERIES):
        yield press(**dict(zip(fields, values, strict=True))).pack()


def _values(kind):
    if issubclass(kind, Enum):
        return [*kind][:3]
    if issubclass(kind, int):
        return list(map(kind, NUMBERS))
    return list(map(kind, SLUGS if issubclass(kind, Slug) else ZONES))


async def test_whoever_has_not_met_us_changes_no_row_at_all(chat, chat_of):
    await _a_life(chat)
    stranger = chat_of("bob")
    await stranger.says("hello")
    before = await _tables(chat)

    for press in PRESSES:
        for data in _forgeries(press):
            await stranger.presses(data)
            assert await _tables(chat) == before, data


async def test_another_learner_changes_nothing_but_what_is_their_own(chat, chat_of):
    await _a_life(chat)
    stranger = chat_of("bob")
    await stranger.starts()
    person = stranger.box.roster.person("bob").id
    before = _of_others(await _tables(chat), person)
    assert before["replies"]
    assert before["broadcasts"]

    for press in PRESSES:
        for data in _forgeries(press):
            await stranger.presses(data)
            assert _of_others(await _tables(chat), person) == before, data
            if not await chat.rows("SELECT * FROM learners WHERE id = ?", person):
                await stranger.starts()


async def test_what_is_no_press_of_ours_changes_no_row_at_all(chat):
    await _a_life(chat)
    before = await _tables(chat)

    for data in (
        "",
        "x",
        "rate",
        "rate.1",
        "rate.1:1:1:1:1:1",
        "rate.99:1:1",
        ":::",
        "rate.1:٣:1",
        "a" * 64,
    ):
        assert await chat.presses(data), data
        assert await _tables(chat) == before, data


async def test_a_vote_for_an_option_that_there_is_not_counts_for_nothing(running):
    group = FakeGroup(running)
    await group.says("alice", "/quiz metrics 3")
    await group.taps("alice", "Join")
    await group.taps("alice", "Start ▶")
    [put] = await group.rows("SELECT poll_id FROM quiz_rounds")
    for chosen in (-7, 4, 2**40):
        running.box.updates.add(
            "poll_answer",
            {
                "poll_id": put["poll_id"],
                "user": running.box.roster.person("bob").as_user(),
                "option_ids": [chosen],
                "option_persistent_ids": [str(chosen)],
            },
        )
    await running.quiet()

    await group.votes("bob")
    await group.closes()
    assert "1 of 1 right" in group.last.text
