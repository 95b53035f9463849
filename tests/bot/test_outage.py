"""Since when no updates can be fetched: what the health file tells."""

from __future__ import annotations

from typing import Any

import pytest
from telegram.error import Conflict, NetworkError

from bot.outage import Outage, watched
from storage.in_place import Displaced


class Telegram:
    """Answers with updates, or raises what it is told to."""

    def __init__(self) -> None:
        self.trouble: Exception | None = None
        self.asked = 0

    async def fetch(self, offset: int, timeout: int) -> list[dict[str, Any]]:
        self.asked += 1
        if self.trouble is not None:
            raise self.trouble
        return [{"update_id": offset}]


def nothing_to_say() -> None:
    """The database is in its place."""


def lasts(outage: Outage) -> bool:
    return outage.seconds is not None and outage.seconds >= 0


async def test_it_lasts_from_the_first_failure_to_the_first_success():
    telegram, outage = Telegram(), Outage()
    fetch = watched(telegram.fetch, outage, nothing_to_say)
    assert await fetch(5, 0) == [{"update_id": 5}]
    assert not lasts(outage)

    telegram.trouble = NetworkError("gone")
    for _ in range(2):
        with pytest.raises(NetworkError):
            await fetch(5, 0)
    assert lasts(outage)
    assert outage.why == "waiting for Telegram"

    telegram.trouble = Conflict("terminated by other getUpdates request")
    with pytest.raises(Conflict):
        await fetch(5, 0)
    assert "another copy" in outage.why

    telegram.trouble = None
    await fetch(5, 0)
    assert not lasts(outage)


@pytest.mark.parametrize("good_looks, asked", [(0, 0), (1, 1)])
async def test_a_check_comes_before_asking_and_before_handing_over(good_looks, asked):
    telegram, looks = Telegram(), iter([True] * good_looks + [False])

    def check() -> None:
        if not next(looks):
            raise Displaced("gone")

    with pytest.raises(Displaced):
        await watched(telegram.fetch, Outage(), check)(5, 0)

    assert telegram.asked == asked
