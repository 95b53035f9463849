"""Drills: a topic or several weak spots, a handful of questions one after the other, a summary at the end."""

from __future__ import annotations

from collections.abc import Sequence

from content.taxonomy import Match
from handlers.asking.ask import deliver, read_learning
from handlers.asking.presses import AskAnother
from handlers.kit import chat
from handlers.kit.context import Context, Dependencies
from handlers.kit.reply import Button, Reply, escape
from interview import selection
from interview.asking import Asking, Purpose
from interview.rating import Rating
from storage import askings, drills, learners, set_aside
from storage.database import Transaction
from storage.drills import Drill


async def start(context: Context, wanted: Sequence[Match], size: int) -> Drill | None:
    """Write down a drill of `size` questions at most; several topics or facets take turns. None where there are none.

    Run again for the same update it finds the drill that it wrote the first time. `go_on` puts the first question.
    """
    on = context.on
    async with on.db.transaction() as tx:
        drill = await drills.find_caused_by(tx, context.learner_id, context.update.update_id)
        if drill is not None:
            return drill
        learner = await learners.get(tx, context.learner_id)
        today = learner.today(context.now)
        learning = await read_learning(tx, on, learner, today)
        pools = [
            selection.drill(
                on.bank.live,
                learning,
                today,
                on.chance,
                topic=each.topic.slug,
                facet=each.facet.slug if each.facet else None,
                size=size,
            )
            for each in wanted
        ]
        question_ids = _taking_turns(pools, size)
        if not question_ids:
            return None
        single = wanted[0] if len(wanted) == 1 else None
        return await drills.add(
            tx,
            learner.id,
            single.topic.slug if single else drills.WEAK_SPOTS,
            single.facet.slug if single and single.facet else None,
            question_ids,
            now=context.now,
            caused_by=context.update.update_id,
        )


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
    """The newest question while it waits, else the one after it; None at the end.

    Only the newest counts: an older one may be open again, by Undo, without holding up the drill. Questions that
    left the bank, or that the learner set aside, are passed over.
    """
    asked = await askings.of_drill(tx, drill.learner_id, drill.id)
    newest = asked[-1] if asked else None
    if newest is not None and newest.rating is None and newest.skipped_at is None:
        return newest
    learner = await learners.get(tx, drill.learner_id)
    aside = await set_aside.of_learner(tx, drill.learner_id)
    first = newest.place + 1 if newest is not None and newest.place is not None else 0
    for place in range(first, len(drill.question_ids)):
        question_id = drill.question_ids[place]
        if context.on.bank.find(question_id) is None or question_id in aside:
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
    lines = [f"<b>{escape(_title(on, drill))}: drill done.</b>"]
    for asking in asked:
        question = on.bank.find(asking.question_id)
        outcome = asking.rating.label if asking.rating else "Skipped"
        lines.append(
            f"{_mark(asking.rating)} {outcome}: {escape(_short(question.stem if question else '…'))}"
        )
    recalled = sum(asking.rating is not None and asking.rating >= Rating.GOOD for asking in asked)
    lines.insert(1, f"You recalled {recalled} of {len(asked)}.\n")
    return Reply("\n".join(lines), ((Button("Another", AskAnother(asked[-1].id)),),) if asked else ())


def _taking_turns(pools: Sequence[Sequence[str]], size: int) -> tuple[str, ...]:
    """One of each pool in turn, each question once, until there are `size` or all pools are empty."""
    found: dict[str, None] = {}
    for place in range(max(map(len, pools), default=0)):
        found.update(dict.fromkeys(pool[place] for pool in pools if place < len(pool)))
    return tuple(found)[:size]


def _title(on: Dependencies, drill: Drill) -> str:
    if drill.topic == drills.WEAK_SPOTS:
        return "Weak spots"
    topic = on.taxonomy.topic(drill.topic)
    return topic.short if topic else drill.topic


def _mark(rating: Rating | None) -> str:
    return "–" if rating is None else ("☐", "◐", "☑", "☑")[rating - 1]


def _short(stem: str) -> str:
    return stem if len(stem) <= 80 else stem[:79].rstrip() + "…"
