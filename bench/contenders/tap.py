"""The tap as it is usually written: aiosqlite, a lock, a transaction. Rules, texts and SQL are the coach's own."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import aiosqlite

from handlers.asking import state
from handlers.asking.presses import Rate
from handlers.kit.reply import Reply
from interview import spacing
from storage import askings, cards, reviews
from storage.reviews import Review


class Statements:
    """What the coach's storage asks of a transaction, each a statement of aiosqlite."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def execute(self, sql: str, parameters: Any = ()) -> int:
        return (await self._connection.execute(sql, parameters)).rowcount

    async def all(self, sql: str, parameters: Any = ()) -> list[sqlite3.Row]:
        return list(await self._connection.execute_fetchall(sql, parameters))

    async def one(self, sql: str, parameters: Any = ()) -> sqlite3.Row | None:
        rows = await self.all(sql, parameters)
        return rows[0] if rows else None


class Tap:
    """Rates one asking, once."""

    def __init__(self, connection: aiosqlite.Connection, on: Any, now: Callable[[], datetime]) -> None:
        self._connection, self._on, self._now = connection, on, now
        self._tx: Any = Statements(connection)
        self._lock = asyncio.Lock()

    async def __call__(self, learner_id: int, data: str) -> Reply:
        press = Rate.unpack(data)
        assert press is not None
        async with self._lock:
            await self._connection.execute("BEGIN IMMEDIATE")
            try:
                reply = await self._rate(learner_id, press, self._now())
            except BaseException:
                await self._connection.rollback()
                raise
            await self._connection.commit()
        return reply

    async def _rate(self, learner_id: int, press: Rate, now: datetime) -> Reply:
        tx, on = self._tx, self._on
        found = await state.find(tx, on, learner_id, press.asking_id, now)
        asking, today = found.asking, found.today
        if asking.rating is None:
            before = await cards.find(tx, learner_id, asking.question_id)
            card = spacing.review(before, press.rating, today, key=state.key(asking))
            await cards.put(tx, learner_id, asking.question_id, card)
            await askings.mark_rated(tx, asking.id, press.rating, now=now, study_day=today)
            line = Review(learner_id, asking.question_id, asking.id, press.rating, today, now, before)
            await reviews.add(tx, line)
            found = replace(found, asking=await askings.get(tx, asking.id, learner_id))
        return (await state.read_all_of(tx, on, found)).reply(in_place=True)
