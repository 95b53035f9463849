"""/privacy: one screen, and true."""

from handlers.privacy import TEXT
from playground.html_text import parse

ONE_SCREEN = 1_900  # characters


async def test_privacy_says_what_is_kept_in_one_message(chat):
    await chat.starts()
    await chat.says("/privacy")

    assert len(chat.new_messages) == 1
    for heading in ("What I keep", "Not kept", "How long", "Who sees it", "Backups"):
        assert heading in chat.last.text
    for command in ("/export", "/import", "/forget"):
        assert command in chat.last.text
    assert chat.last.html.index("expandable") < chat.last.html.index("Who sees it")


async def test_privacy_fits_one_screen():
    assert len(parse(TEXT)[0]) <= ONE_SCREEN


async def test_neither_name_nor_place_is_kept(chat):
    await chat.says("/start")
    await chat.sends("location", latitude=35.6812, longitude=139.7671)

    kept = ""
    for table in [
        row["name"] for row in await chat.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
    ]:
        kept += str(await chat.rows(f"SELECT * FROM {table}"))

    assert "Asia/Tokyo" in kept
    for told in ("Alice", "alice", "35.68", "139.76"):
        assert told not in kept
