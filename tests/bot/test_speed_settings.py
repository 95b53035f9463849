"""How fast the bot speaks and listens is for the operator to say; what makes no sense is told in a sentence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.config import Misconfigured, read_settings
from bot.serving import _flood, _pace

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def test_the_usual_is_just_below_telegrams_limit_and_two_updates_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("MESSAGES_PER_SECOND", "UPDATES_PER_MINUTE"):
        monkeypatch.delenv(name, raising=False)

    settings = read_settings()

    assert (settings.messages_per_second, settings.updates_per_minute) == (28, 120)
    assert _flood(settings, lambda: NOW) is not None
    assert _pace(settings) is not None


@pytest.mark.parametrize(
    "name, wrong, sentence",
    [
        ("MESSAGES_PER_SECOND", "-1", "MESSAGES_PER_SECOND must be a whole number from 0 to 10000."),
        ("MESSAGES_PER_SECOND", "fast", "MESSAGES_PER_SECOND must be a whole number from 0 to 10000."),
        ("UPDATES_PER_MINUTE", "-1", "UPDATES_PER_MINUTE must be a whole number from 0 to 60000."),
    ],
)
def test_what_makes_no_sense_is_told(
    monkeypatch: pytest.MonkeyPatch, name: str, wrong: str, sentence: str
) -> None:
    monkeypatch.setenv(name, wrong)
    with pytest.raises(Misconfigured) as told:
        read_settings()

    assert told.value.problems == [sentence]


def test_both_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPDATES_PER_MINUTE", "0")
    monkeypatch.setenv("MESSAGES_PER_SECOND", "0")

    assert _flood(read_settings(), lambda: NOW) is None
    assert _pace(read_settings()) is None


def test_in_a_playground_that_walks_the_clock_both_are_off_unless_they_are_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BOT_CLOCK_URL", "http://127.0.0.1:1/people/clock")
    monkeypatch.setenv("BOT_API_BASE_URL", "http://127.0.0.1:1")
    assert _flood(read_settings(), lambda: NOW) is None
    assert _pace(read_settings()) is None

    monkeypatch.setenv("UPDATES_PER_MINUTE", "120")
    monkeypatch.setenv("MESSAGES_PER_SECOND", "28")
    assert _flood(read_settings(), lambda: NOW) is not None
    assert _pace(read_settings()) is not None
