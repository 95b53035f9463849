"""A file .env that cannot be read is told in a sentence, whatever was to be done."""

from __future__ import annotations

import pytest

from bot.config import Misconfigured, read_settings
from bot.readiness import look_around


@pytest.fixture
def here(tmp_path, monkeypatch):
    for name in ("TELEGRAM_BOT_TOKEN", "DATABASE_PATH", "QUESTIONS_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_one_that_is_not_utf_8_is_told_and_nothing_else_falls_over_it(here):
    (here / ".env").write_bytes("# café\nTELEGRAM_BOT_TOKEN=42:abc\n".encode("latin-1"))

    with pytest.raises(Misconfigured) as wrong:
        read_settings()

    assert wrong.value.problems == [f"The file {here / '.env'} is not UTF-8 text: save it as such."]
    assert look_around(None)[1] == []


def test_one_that_is_read_counts(here):
    (here / ".env").write_text("TELEGRAM_BOT_TOKEN=42:abc\nDATABASE_PATH=é.sqlite3\n", encoding="utf-8")

    settings = read_settings()

    assert settings.telegram_bot_token is not None
    assert str(settings.database_path) == "é.sqlite3"
