"""Everybody's measure: who taps fast notices nothing, who floods is passed over for half a minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.flood import A_MINUTE, REFILL_SECONDS, SWEEP_EVERY, Flood, Verdict

AT_ONCE = A_MINUTE // 2
BEGIN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class Watch:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = BEGIN

    def now(self) -> datetime:
        return self.at

    def waits(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def flood(watch: Watch) -> Flood:
    return Flood(watch.now)


def tap(person: int = 1) -> dict[str, Any]:
    return {"update_id": 1, "callback_query": {"from": {"id": person}, "data": "x"}}


def written(sent: datetime, person: int = 1) -> dict[str, Any]:
    return {"update_id": 1, "message": {"from": {"id": person}, "date": int(sent.timestamp()), "text": "x"}}


def test_sixty_at_once_are_taken_the_next_is_excused_and_then_there_is_silence(flood: Flood) -> None:
    verdicts = [flood.judge(tap()) for _ in range(AT_ONCE + 40)]

    assert verdicts == [Verdict.TAKE] * AT_ONCE + [Verdict.EXCUSE] + [Verdict.PASS_OVER] * 39
    assert flood.passed_over == 40


def test_two_a_second_may_go_on_for_ever(flood: Flood, watch: Watch) -> None:
    for _ in range(1_000):
        assert flood.judge(tap()) is Verdict.TAKE
        watch.waits(60 / A_MINUTE)


def test_after_half_a_minute_all_is_forgiven_though_the_flood_went_on(flood: Flood, watch: Watch) -> None:
    for _ in range(AT_ONCE + 1):
        flood.judge(tap())
    for _ in range(29):
        watch.waits(1)
        assert flood.judge(tap()) is Verdict.PASS_OVER
    watch.waits(1)

    verdicts = [flood.judge(tap()) for _ in range(AT_ONCE + 1)]

    assert verdicts == [Verdict.TAKE] * AT_ONCE + [Verdict.EXCUSE]


def test_one_persons_flood_is_nobody_elses(flood: Flood) -> None:
    for _ in range(AT_ONCE + 5):
        flood.judge(tap(1))

    assert flood.judge(tap(2)) is Verdict.TAKE


def test_what_was_written_over_hours_and_comes_all_at_once_is_taken(flood: Flood) -> None:
    for minute in range(600, 0, -1):
        assert flood.judge(written(BEGIN - timedelta(minutes=minute))) is Verdict.TAKE


def test_a_message_from_the_future_is_from_now(flood: Flood) -> None:
    verdicts = [flood.judge(written(BEGIN + timedelta(days=day))) for day in range(AT_ONCE + 1)]

    assert verdicts[-1] is Verdict.EXCUSE


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1, "my_chat_member": {"from": {"id": 1}, "date": 1}},
        {"update_id": 1, "something_new": {"from": {"id": 1}}},
        {"update_id": 1, "message": {"text": "from nobody"}},
        {"update_id": 1, "message": None},
        {"update_id": 1, "callback_query": {"from": {"id": "x"}}},
        {"update_id": 1},
    ],
    ids=str,
)
def test_what_nobody_sends_on_purpose_is_always_taken(flood: Flood, update: dict[str, Any]) -> None:
    for _ in range(AT_ONCE + 5):
        flood.judge(tap())

    assert flood.judge(update) is Verdict.TAKE


def test_who_is_quiet_is_forgotten(flood: Flood, watch: Watch) -> None:
    for person in range(SWEEP_EVERY - 1):
        flood.judge(tap(person))
    for _ in range(AT_ONCE + 1):
        flood.judge(tap(-1))
    watch.waits(REFILL_SECONDS + 1)
    for _ in range(SWEEP_EVERY):
        flood.judge(tap(5))

    assert flood.remembered == 1
