"""Where a link leads: at once for a learner, after the first conversation for who is new."""

from __future__ import annotations

from dataclasses import dataclass

from content.bank import Bank
from content.markup import to_plain
from content.taxonomy import Match, Taxonomy
from handlers.asking import drill_views, drilling
from handlers.asking.ask import deliver, put_this
from handlers.asking.drill_presses import AskThis, GoOnWithDrill
from handlers.asking.due import review_due
from handlers.asking.menu_views import CHOSEN
from handlers.asking.topic_drills import open_drill
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.press import Slug
from handlers.kit.reply import Button, Reply, escape
from handlers.quiz.mistakes import missed_in, why_nothing
from handlers.quiz.playing import offer_missed
from interview import drill as rules
from interview import link
from interview.link import LinkTo
from interview.question import Question
from interview.words import plural
from storage import askings, drills
from storage.database import Transaction
from storage.drills import Drill

WAITING = "Your mistakes from the quiz wait behind these four taps."
_STEM = 200


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: to a topic, to a question, to what was missed in a quiz, else to what is due."""

    match: Match | None = None
    question: Question | None = None
    quiz_id: int | None = None


def target_of(bank: Bank, taxonomy: Taxonomy, payload: str) -> Target | None:
    """What the payload of a link means; None where it leads nowhere (any more)."""
    read = link.read(payload)
    if read is None:
        return None
    if read.to is LinkTo.TOPIC:
        found = taxonomy.find(read.name)
        return Target(match=found) if isinstance(found, Match) else None
    if read.to is LinkTo.QUESTION:
        question = _question(bank, read.name)
        return Target(question=question) if question else None
    if read.to is LinkTo.QUIZ:
        return Target(quiz_id=int(read.name))
    return Target()


async def follow(context: Context, target: Target) -> None:
    """Go where the link leads."""
    if target.match is not None:
        await open_drill(context, target.match)
    elif target.question is not None:
        async with context.on.db.transaction() as tx:
            asking = await put_this(tx, context, target.question.id, CHOSEN)
        if asking.message_id is None:
            await deliver(context.on, asking, context.now)
    elif target.quiz_id is not None:
        await offer_missed(context, target.quiz_id)
    else:
        await review_due(context)


async def keep(tx: Transaction, context: Context, target: Target) -> None:
    """Keep a newcomer's link until the first conversation is over; the newest counts. Nothing is due for them yet."""
    if await drills.find_caused_by(tx, context.learner_id, context.update.update_id) is not None:
        return
    for before in await _kept(tx, context):
        await drills.mark_summed_up(tx, before.id, context.now)
    if target.match is not None:
        await drilling.start_in(tx, context, [target.match], rules.USUAL)
    elif target.question is not None:
        await drilling.begin(tx, context, rules.LINK, (target.question.id,))
    elif target.quiz_id is not None:
        missed = await missed_in(tx, context.on, target.quiz_id, context.learner_id)
        await drilling.begin(tx, context, rules.LINK, missed, facet=link.to_quiz(target.quiz_id))


async def greeting(tx: Transaction, context: Context, target: Target | None) -> str | None:
    """What a newcomer who comes from a quiz may look forward to; None for everybody else."""
    if target is None or target.quiz_id is None:
        return None
    return await why_nothing(tx, context.on, target.quiz_id, context.learner_id) or WAITING


async def offer(context: Context) -> None:
    """After the first conversation: a button that goes where the link led which brought the learner here; what was
    missed in a quiz at once."""
    on = context.on
    async with on.db.transaction() as tx:
        kept = await _kept(tx, context)
    if not kept:
        return
    drill = kept[0]
    quiz = link.read(drill.facet or "") if drill.topic == rules.LINK else None
    if quiz is not None:
        await offer_missed(context, int(quiz.name))
        async with on.db.transaction() as tx:
            await drills.mark_summed_up(tx, drill.id, context.now)
        return
    question = on.bank.find(drill.question_ids[0])
    if drill.topic == rules.LINK and question is None:
        return
    await chat.send(on, context.learner_id, _offer(on.taxonomy, drill, question))
    if drill.topic == rules.LINK:
        async with on.db.transaction() as tx:
            await drills.mark_summed_up(tx, drill.id, context.now)


def _offer(taxonomy: Taxonomy, drill: Drill, question: Question | None) -> Reply:
    head = "<b>Your link is waiting here</b> for when you have had your first question, just below."
    if drill.topic == rules.LINK and question is not None:
        stem = " ".join(to_plain(question.stem).split())
        short = stem if len(stem) <= _STEM else stem[: _STEM - 1].rstrip() + "…"
        return Reply(
            f"{head}\n\n{escape(short)}", ((Button("Ask me this one", AskThis(Slug(question.id))),),)
        )
    title = drill_views.title(taxonomy, drill)
    start = Button(f"{title}: {plural(len(drill.question_ids), 'question')}", GoOnWithDrill(drill.id))
    return Reply(head, ((start,),))


async def _kept(tx: Transaction, context: Context) -> list[Drill]:
    """Drills written down of which nothing was asked yet, the newest first."""
    open_ones = await drills.unfinished(tx, context.learner_id, context.now - rules.RESUMED_WITHIN)
    return [
        drill
        for drill in open_ones
        if drill.question_ids and not await askings.of_drill(tx, drill.learner_id, drill.id)
    ]


def _question(bank: Bank, name: str) -> Question | None:
    """By its whole id, or by the end of it where only one ends so."""
    found = [bank.find(name)] if "/" in name else [one for one in bank.live if one.id.endswith(f"/{name}")]
    return found[0] if len(found) == 1 and found[0] is not None and not found[0].retired else None
