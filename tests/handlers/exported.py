"""What the bot sent as a file, and a file as a learner sends it."""

from __future__ import annotations

import json
from typing import Any

from playground.files import Upload
from tests.fake_chat import FakeChat


def files_of(chat: FakeChat) -> dict[str, bytes]:
    """Every document the bot sent into this chat, by its name; of two with one name the newer."""
    found = {}
    for message in chat.box.messages(chat.who):
        if message["kind"] == "document" and message["from"] == chat.box.bot.username:
            stored = chat.box.files.at(message["document"].removeprefix("/files/"))
            assert stored is not None
            found[message["file_name"]] = stored.content
    return found


async def export_of(chat: FakeChat) -> bytes:
    """What /export gives this learner as JSON."""
    await chat.says("/export")
    return [content for name, content in files_of(chat).items() if name.endswith(".json")][-1]


async def document_of(chat: FakeChat) -> dict[str, Any]:
    """The same, read."""
    document: dict[str, Any] = json.loads(await export_of(chat))
    return document


async def sends_file(chat: FakeChat, content: bytes, name: str = "export.json") -> None:
    """Send a file with this content."""
    await chat.sends("document", upload=Upload(name, content, "application/json"))
