"""The measurements run; what they say is not judged here."""

import pytest

from bench import playground_ceiling
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


def test_a_bench_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sea-level"]) == 2

    assert capsys.readouterr().err == "There is no bench sea-level; there are playground.\n"
