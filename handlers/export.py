"""/export: everything stored about a learner, as files of their own."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from zoneinfo import ZoneInfo

from content import flashcards as anki
from content.bank import Bank
from content.taxonomy import Taxonomy
from handlers.kit import chat
from handlers.kit.context import Context, Dependencies
from handlers.kit.feature import Called, Feature
from handlers.kit.refusal import Refusal
from interview.archive import document, flashcards, ratings
from interview.archive.document import Rows
from interview.archive.flashcards import Flashcard, Learned
from interview.day import study_day
from storage import anki_file, export, learners

WHOLE = "Everything I keep about you. Keep it safe: what you typed is in it. /import takes it back."
AS_PLAYER = "Everything I keep about you: your name, your alias and your votes in study groups."
NOTHING = "I keep nothing about you. /start begins: four taps, then the first question."
RATINGS = "Your ratings, one a row, for a spreadsheet."
DECK = (
    "Your questions as a deck for Anki, due there when they are due here. Tick “Import any learning progress” as you "
    "import it. A later file updates the same notes and makes no doubles."
)


async def send_export(context: Context, _: str = "") -> None:
    """The whole as JSON, the log of ratings as CSV, and the questions seen as a deck for Anki.

    Whoever is known from groups alone has nothing but the first.
    """
    on, learner_id = context.on, context.learner_id
    async with on.db.transaction() as tx:
        learner = await learners.find(tx, learner_id)
        rows = await export.rows_of(tx, learner_id)
    if learner is None:
        await _send_players(context, rows)
        return
    whole, log, deck = await asyncio.to_thread(_write, rows, on, context.now, learner.zone)

    name = _named(learner.today(context.now))
    await chat.send_file(on, learner_id, whole, f"{name}.json", WHOLE)
    await chat.send_file(on, learner_id, log, f"{name}-ratings.csv", RATINGS)
    if deck is not None:
        await chat.send_file(on, learner_id, deck, f"{name}.apkg", DECK)


async def _send_players(context: Context, rows: Rows) -> None:
    """What is kept of somebody who plays in groups; a Refusal where that is nothing."""
    if not any(rows.values()):
        raise Refusal(NOTHING)
    whole = await asyncio.to_thread(document.write, rows, context.now)
    name = f"{_named(study_day(context.now, ZoneInfo('UTC')))}.json"
    await chat.send_file(context.on, context.learner_id, whole, name, AS_PLAYER)


def _named(day: date) -> str:
    return f"interview-coach-{day.isoformat()}"


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
