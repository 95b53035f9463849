"""/export: everything stored about a learner, as files of their own."""

from __future__ import annotations

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

from content import flashcards as anki
from content.bank import Bank
from content.taxonomy import Taxonomy
from handlers.kit import chat
from handlers.kit.context import Context, Dependencies
from handlers.kit.feature import Called, Feature
from interview.archive import document, flashcards, ratings
from interview.archive.document import Rows
from interview.archive.flashcards import Flashcard, Learned
from storage import anki_file, export, learners

WHOLE = "Everything I keep about you. Keep it safe: what you typed is in it. /import takes it back."
RATINGS = "Your ratings, one a row, for a spreadsheet."
DECK = (
    "Your questions as a deck for Anki, due there when they are due here. Tick “Import any learning progress” as you "
    "import it. A later file updates the same notes and makes no doubles."
)


async def send_export(context: Context, _: str = "") -> None:
    """The whole as JSON, the log of ratings as CSV, and the questions seen as a deck for Anki."""
    on, learner_id = context.on, context.learner_id
    async with on.db.transaction() as tx:
        learner = await learners.get(tx, learner_id)
        rows = await export.rows_of(tx, learner_id)
    whole, log, deck = await asyncio.to_thread(_write, rows, on, context.now, learner.zone)

    name = f"interview-coach-{learner.today(context.now).isoformat()}"
    await chat.send_file(on, learner_id, whole, f"{name}.json", WHOLE)
    await chat.send_file(on, learner_id, log, f"{name}-ratings.csv", RATINGS)
    if deck is not None:
        await chat.send_file(on, learner_id, deck, f"{name}.apkg", DECK)


def _write(rows: Rows, on: Dependencies, now: datetime, zone: ZoneInfo) -> tuple[bytes, bytes, bytes | None]:
    """The three files; no deck for somebody who has seen no question that is still in the bank."""
    seen = [
        _flashcard(each, on.bank, on.taxonomy)
        for each in flashcards.learned(rows)
        if each.question_id in on.bank
    ]
    deck = anki_file.write(seen, anki.KIND, now, zone) if seen else None
    return document.write(rows, now), ratings.write_ratings(rows), deck


def _flashcard(learned: Learned, bank: Bank, taxonomy: Taxonomy) -> Flashcard:
    question = bank.get(learned.question_id)
    topic = taxonomy.topic(question.topic)
    title = topic.title if topic else question.topic
    tags = (
        question.topic,
        question.level,
        *([f"{question.topic}::{question.facet}"] if question.facet else []),
    )
    return Flashcard(learned, anki.fields(question, title), title, tags)


FEATURE = Feature(name="export", commands=(Called("export", "everything about you, as files", send_export),))
