from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.config import Settings
from bot.operator.private import keep_private


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "backups").mkdir(mode=0o755)
    return Settings(database_path=tmp_path / "coach.sqlite3", _env_file=None)


def made(path: Path, mode: int) -> Path:
    path.touch()
    path.chmod(mode)
    return path


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_what_everybody_could_read_only_its_account_can(settings, tmp_path, caplog):
    caplog.set_level("INFO")
    names = [
        "coach.sqlite3",
        "coach.sqlite3-wal",
        "coach.sqlite3.lock",
        "coach.replaced-20260318T120000Z.sqlite3",
    ]
    files = [made(tmp_path / name, 0o644) for name in names]
    files.append(made(tmp_path / "backups" / "coach-20260318T033007Z.sqlite3", 0o644))

    keep_private(settings)

    assert [mode_of(file) for file in files] == [0o600] * 5
    assert "and 4 more; only this account can now" in caplog.text
    assert keep_private(settings) == []


def test_a_group_that_was_let_in_stays_and_what_is_not_the_bots_is_left_alone(settings, tmp_path):
    shared = made(tmp_path / "coach.sqlite3", 0o640)
    strange = made(tmp_path / "backups" / "holidays.jpg", 0o644)

    assert keep_private(settings) == []

    assert (mode_of(shared), mode_of(strange), mode_of(tmp_path / "backups")) == (0o640, 0o644, 0o755)


def test_what_belongs_to_another_account_is_left_alone(settings, tmp_path):
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    theirs = made(tmp_path / "coach.sqlite3", 0o644)
    os.chown(theirs, 65_534, 65_534)

    assert keep_private(settings) == []
    assert mode_of(theirs) == 0o644
