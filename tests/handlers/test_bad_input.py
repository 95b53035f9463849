"""Bad input gets one sentence that says what to do, and changes nothing."""

import itertools

import pytest

from handlers import FEATURES


async def test_an_unknown_command_names_the_likely_one(chat):
    await chat.starts()
    await chat.says("/tpoic metrics")

    assert "Did you mean /topic?" in chat.last.text
    assert "/help" in chat.last.text


async def test_a_lone_slash_is_survived(chat):
    await chat.starts()
    await chat.says("/")

    assert "/help lists what I can do" in chat.last.text


@pytest.mark.parametrize("kind", ["sticker", "contact"])
async def test_what_is_no_answer_says_what_is(chat, kind):
    await chat.starts()
    await chat.sends(kind)

    assert "Type your answer, or use the buttons" in chat.last.text


MADE_UP = [
    "", "x", "rate", "rate.1", "rate.1:1", "rate.1:1:9", "rate.1:x:3", "rate.2:1:3", "rate.1:1:3:4",
    "rate.1:١:3", "zone.1:start:No/Where", "zone.1:start:../../etc/passwd", "hour.1:start:1e3", "show.1:-1",
    "tick.1:1:99:1", "hour.1:set:99999", "mix.1:set:cooking:1", "drill.1:cooking", "tick.1:1:-1:1",
    "show.1:99999999999999999999999", "show.1:9999999999999999999",
]  # fmt: skip


async def test_made_up_data_is_answered_and_changes_nothing(chat):
    await chat.starts()
    await chat.taps("Show answer")
    before = await _all(chat)

    for data in MADE_UP:
        popped_up = await chat.presses(data)

        assert popped_up or chat.new_messages, data
        assert await _all(chat) == before, data


async def test_a_strangers_press_changes_no_row(chat_of):
    alice, bob = chat_of("alice"), chat_of("bob")
    await alice.starts()
    await alice.answers()
    await bob.starts()
    before = await _all(alice, "WHERE learner_id = 1001")

    for press in _presses_about(1):
        await bob.presses(press)

    assert await _all(alice, "WHERE learner_id = 1001") == before


async def test_html_in_what_people_type_is_shown_as_typed(chat):
    await chat.starts()
    await chat.says("/topic <b>bold</b> & <i>")

    assert "“<b>bold</b> & <i>”" in chat.last.text


async def test_two_features_never_share_a_name():
    commands = [called.name for feature in FEATURES for called in feature.commands]
    presses = [press.name for feature in FEATURES for press in feature.presses]

    assert len(set(commands)) == len(commands)
    assert len(set(presses)) == len(presses)


def _presses_about(asking_id):
    one = [f"{name}.1:{asking_id}" for name in ("show", "skip", "undo", "more", "notmine")]
    two = [f"rate.1:{asking_id}:{rating}" for rating in (1, 2, 3, 4)]
    three = [f"tick.1:{asking_id}:{point}:{on}" for point, on in itertools.product((0, 1, 2), (0, 1))]
    return [*one, *two, *three, f"hint.1:{asking_id}:1"]


async def _all(chat, where=""):
    tables = ("askings", "cards", "reviews", "drills")
    rows = [await chat.rows(f"SELECT * FROM {table} {where}") for table in tables]
    return (
        rows
        if where
        else [*rows, await chat.rows("SELECT * FROM learners"), await chat.rows("SELECT * FROM replies")]
    )
