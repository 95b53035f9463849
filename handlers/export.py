"""/export: everything stored about a learner, as files of their own."""

from __future__ import annotations

import asyncio
from datetime import datetime

from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from interview.archive import document, ratings
from interview.archive.document import Rows
from storage import export, learners

WHOLE = "Everything I keep about you. Keep it safe: what you typed is in it. /import takes it back."
RATINGS = "Your ratings, one a row, for a spreadsheet."


async def send_export(context: Context, _: str = "") -> None:
    """The whole as JSON, and the log of ratings as CSV."""
    on, learner_id = context.on, context.learner_id
    async with on.db.transaction() as tx:
        learner = await learners.get(tx, learner_id)
        rows = await export.rows_of(tx, learner_id)
    whole, log = await asyncio.to_thread(_write, rows, context.now)

    name = f"interview-coach-{learner.today(context.now).isoformat()}"
    await chat.send_file(on, learner_id, whole, f"{name}.json", WHOLE)
    await chat.send_file(on, learner_id, log, f"{name}-ratings.csv", RATINGS)


def _write(rows: Rows, now: datetime) -> tuple[bytes, bytes]:
    return document.write(rows, now), ratings.write_ratings(rows)


FEATURE = Feature(name="export", commands=(Called("export", "everything about you, as files", send_export),))
