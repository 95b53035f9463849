"""Where the bot keeps things: what is in the way is said before a start, and the same by `doctor`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.config import Settings
from bot.operator.place_check import lost_database, problems_beside, problems_with_database

Given = Callable[..., Settings]


@pytest.fixture
def given(tmp_path: Path) -> Given:
    def given(**more: Any) -> Settings:
        return Settings(**{"database_path": tmp_path / "coach.sqlite3", **more}, _env_file=None)

    return given


def a_backup(settings: Settings, name: str = "coach-20260318T033007Z.sqlite3") -> None:
    settings.backups.mkdir(exist_ok=True)
    (settings.backups / name).write_bytes(b"x")


def test_a_first_start_finds_nothing_in_the_way(given):
    settings = given()

    assert problems_with_database(settings.database_path) == []
    assert problems_beside(settings) == []


@pytest.mark.parametrize("zero_length", [False, True])
def test_a_database_that_is_gone_while_backups_are_there_is_not_begun_anew_unasked(given, zero_length):
    settings = given()
    a_backup(settings)
    if zero_length:
        settings.database_path.touch()

    [problem] = problems_beside(settings)

    assert ("is empty" if zero_length else "is missing") in problem
    assert f"backups of it are in {settings.backups}" in problem
    assert "python -m bot restore FILE" in problem
    assert "python -m bot --new" in problem
    assert problems_beside(settings, begin_anew=True) == []


def test_one_whose_log_alone_is_left_is_not_either(given, tmp_path):
    log = tmp_path / "coach.sqlite3-wal"
    log.touch()
    assert lost_database(given()) is None

    log.write_bytes(b"x")
    assert f"its log {log} is there" in (lost_database(given()) or "")


def test_backups_of_another_database_mean_nothing(given):
    settings = given()
    a_backup(settings, "other-20260318T033007Z.sqlite3")

    assert problems_beside(settings) == []


def test_a_database_that_is_there_is_not_lost(given):
    settings = given()
    a_backup(settings)
    settings.database_path.write_bytes(b"x")

    assert problems_beside(settings) == []


def test_a_file_where_backups_are_to_go_is_told(given, tmp_path):
    (tmp_path / "file").touch()

    assert problems_beside(given(backup_path=tmp_path / "file")) == [
        f"BACKUP_PATH {tmp_path / 'file'} is a file: name a folder."
    ]


def test_a_health_file_that_cannot_be_is_told(given, tmp_path):
    [folder] = problems_beside(given(health_path=tmp_path))
    [nowhere] = problems_beside(given(health_path=tmp_path / "nowhere" / "h"))

    assert "HEALTH_PATH" in folder
    assert "is a folder: name a file in it" in folder
    assert "is in a folder that does not exist: make it" in nowhere
    assert problems_beside(given(health_path=tmp_path / "h")) == []


def test_a_home_is_known_by_its_sign(given, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))

    assert given(database_path="~/c.sqlite3").database_path == tmp_path / "c.sqlite3"
    assert given(backup_path="~/b").backups == tmp_path / "b"
    with pytest.raises(ValueError, match="write the whole path"):
        given(health_path="~nobody-of-that-name/h")
