"""An update whose answer does not get through to Telegram waits; one that is refused is not tried for ever."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.inbox import ATTEMPTS, Inbox
from bot.polling import Update
from storage.database import Database
from tests.bot.telegram_source import Source, message, running


@pytest.mark.parametrize(
    "error, rests",
    [
        (TimedOut(), [1, 2, 4, 8, 16, 30, 30, 30]),
        (NetworkError("Bad Gateway (502)"), [1, 2, 4, 8, 16, 30, 30, 30]),
        (RetryAfter(7), [7] * 8),
    ],
)
async def test_an_outage_is_waited_out_however_long(
    tmp_path: Path, error: TelegramError, rests: list[float]
) -> None:
    slept, ran = await _run(tmp_path, [error] * 8)

    assert slept == rests
    assert ran == 9


async def test_what_telegram_refuses_is_set_aside_after_three_attempts(tmp_path: Path) -> None:
    _, ran = await _run(tmp_path, [BadRequest("can't parse entities")] * 8)

    assert ran == ATTEMPTS


async def _run(tmp_path: Path, errors: list[TelegramError]) -> tuple[list[float], int]:
    """Let one update fail like that; the seconds rested between its attempts, and how many there were."""
    slept: list[float] = []
    ran = 0

    async def process(update: Update) -> None:
        nonlocal ran
        ran += 1
        if errors:
            raise errors.pop(0)

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async with await Database.open(tmp_path / "coach.sqlite3") as database:
        source = Source([message(1)])
        inbox = Inbox(
            database, source.fetch, process, now=lambda: datetime(2026, 3, 2, tzinfo=UTC), sleep=sleep
        )
        async with running(inbox):
            await source.all_confirmed()
            await inbox.quiet()
    return slept, ran
