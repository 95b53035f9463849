"""Drills: one topic, a handful of questions one after the other, a summary at the end."""

from __future__ import annotations

from handlers.asking.ask import deliver
from handlers.asking.presses import AskAnother
from handlers.kit import chat
from handlers.kit.context import Context, Dependencies
from handlers.kit.reply import Button, Reply, escape
from interview.asking import Asking, Purpose
from interview.rating import Rating
from storage import askings, drills, learners
from storage.database import Transaction
from storage.drills import Drill


async def go_on(context: Context, drill_id: int) -> None:
    """Put the drill's next question, or its summary, once. Run again it sends only what was not sent."""
    on = context.on
    async with on.db.transaction() as tx:
        drill = await drills.get(tx, drill_id)
        asking = await _next(tx, context, drill)
        asked = await askings.of_drill(tx, context.learner_id, drill_id)

    if asking is not None:
        if asking.message_id is None:
            await deliver(on, asking, context.now)
    elif drill.summed_up_at is None:
        await chat.send(on, context.learner_id, summary(on, drill, asked))
        async with on.db.transaction() as tx:
            await drills.mark_summed_up(tx, drill_id, context.now)


async def _next(tx: Transaction, context: Context, drill: Drill) -> Asking | None:
    """The question that waits, else the next one; None at the end. Questions that left the bank are passed over."""
    asked = await askings.of_drill(tx, drill.learner_id, drill.id)
    for asking in asked:
        if asking.rating is None and asking.skipped_at is None and context.on.bank.find(asking.question_id):
            return asking
    learner = await learners.get(tx, drill.learner_id)
    first = asked[-1].place + 1 if asked and asked[-1].place is not None else 0
    for place in range(first, len(drill.question_ids)):
        if context.on.bank.find(drill.question_ids[place]) is None:
            continue
        return await askings.add(
            tx,
            learner.id,
            drill.question_ids[place],
            Purpose.DRILL,
            because=f"{place + 1} of {len(drill.question_ids)}",
            study_day=learner.today(context.now),
            now=context.now,
            drill_id=drill.id,
            place=place,
        )
    return None


def summary(on: Dependencies, drill: Drill, asked: list[Asking]) -> Reply:
    """How the drill went, in one screen."""
    topic = on.taxonomy.topic(drill.topic)
    lines = [f"<b>{escape(topic.short if topic else drill.topic)}: drill done.</b>"]
    for asking in asked:
        question = on.bank.find(asking.question_id)
        outcome = asking.rating.label if asking.rating else "Skipped"
        lines.append(
            f"{_mark(asking.rating)} {outcome}: {escape(_short(question.stem if question else '…'))}"
        )
    recalled = sum(asking.rating is not None and asking.rating >= Rating.GOOD for asking in asked)
    lines.insert(1, f"You recalled {recalled} of {len(asked)}.\n")
    return Reply("\n".join(lines), ((Button("Another", AskAnother(asked[-1].id)),),) if asked else ())


def _mark(rating: Rating | None) -> str:
    return "–" if rating is None else ("☐", "◐", "☑", "☑")[rating - 1]


def _short(stem: str) -> str:
    return stem if len(stem) <= 80 else stem[:79].rstrip() + "…"
