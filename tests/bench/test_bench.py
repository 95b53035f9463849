"""The measurements run; what they say is not judged here."""

import pytest

from bench import dailies, large, playground_ceiling, taps
from bench.__main__ import main


@pytest.mark.processes
def test_the_playgrounds_ceiling_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(playground_ceiling, "CALLS", 320)
    monkeypatch.setattr(playground_ceiling, "ROUNDS", 1)

    assert main(["playground"]) == 0

    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split()[:2] == ["call", "calls/s"]
    assert [row[:24].strip() for row in rows] == [
        "sendMessage, plain",
        "sendMessage, buttons",
        "answerCallbackQuery",
        "getMe",
    ]


@pytest.mark.processes
def test_taps_are_measured_beside_each_other_and_each_counts_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(taps, "TAPS", 10)
    monkeypatch.setattr(taps, "ROUNDS", 1)

    assert main(["taps"]) == 0

    _, *rows = capsys.readouterr().out.splitlines()
    assert [row[:34].strip() for row in rows] == list(taps.CONTENDERS.values())
    assert rows[2].split()[-2] == "1.00"  # aiogram beside itself


@pytest.mark.processes
def test_dailies_and_the_waits_beside_them_are_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dailies, "DAILIES", 10)
    monkeypatch.setattr(dailies, "ROUNDS", 1)
    monkeypatch.setattr(dailies, "TAPS", 3)
    monkeypatch.setattr(dailies, "TAPS_APART", 0.1)

    assert main(["dailies", "waits"]) == 0

    sent, waits = capsys.readouterr().out.splitlines()
    assert sent.startswith("dailies chosen, written down, sent: ")
    assert "28 a second, 3 of them" in waits


@pytest.mark.processes
def test_heartbeat_start_and_memory_are_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(large, "SIZES", (20,))
    monkeypatch.setattr(large, "BEATS", 10)
    monkeypatch.setattr(large, "ROUNDS", 1)

    assert main(["large"]) == 0

    head, row = capsys.readouterr().out.splitlines()
    assert head.split()[0] == "learners"
    assert row.split()[0] == "20"


def test_a_bench_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sea-level"]) == 2

    said = "There is no bench sea-level; there are taps, dailies, waits, large, playground.\n"
    assert capsys.readouterr().err == said
