"""Ids rise from one box to the next and stay within 31 bits."""

from datetime import UTC, datetime, timedelta
from typing import Any

from playground.__main__ import make_box
from playground.ids import first_id

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_a_box_begins_above_one_that_lived_before_it() -> None:
    assert first_id(NOW + timedelta(minutes=1)) - first_id(NOW) == 240
    assert first_id(datetime(2020, 1, 1, tzinfo=UTC)) == 1


def test_ids_fit_into_31_bits_for_years() -> None:
    assert first_id(datetime(2042, 12, 31, tzinfo=UTC)) < 2**31


async def test_a_box_gives_such_ids_to_messages_and_updates() -> None:
    box, clock = make_box()
    before = first_id(clock.now()) - 40

    message_id = box.say("alice", "alice", "x")
    (update,) = await box.updates.fetch(0, 10, 0)

    for given in (message_id, update["update_id"]):
        assert before < given < 2**31


async def test_ids_of_a_test_s_box_are_small_too(box: Any) -> None:
    box.say("alice", "alice", "x")

    (update,) = await box.updates.fetch(0, 10, 0)

    assert 0 < update["update_id"] < 2**31
