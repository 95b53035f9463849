"""The fake chat as fixtures."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.fake_chat import FakeChat, Running, a_running_bot


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    async with a_running_bot(tmp_path / "coach.sqlite3") as running:
        yield running


@pytest.fixture
def chat(running: Running) -> FakeChat:
    return FakeChat(running)


@pytest.fixture
def chat_of(running: Running) -> Callable[[str], FakeChat]:
    return lambda who: FakeChat(running, who)


@pytest.fixture
def bot_from(tmp_path: Path) -> Callable[[datetime], Any]:
    """A bot whose time begins elsewhere: `async with bot_from(moment) as running`."""
    return lambda begin: a_running_bot(tmp_path / "coach.sqlite3", begin)
