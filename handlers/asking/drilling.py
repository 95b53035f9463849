"""Drills: a handful of questions one after the other, a summary at the end; left in the middle, they wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from content.taxonomy import Match
from handlers.asking import drill_questions, drill_views
from handlers.asking.ask import bring_again, deliver
from handlers.asking.streaks import read_streak
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.refusal import Refusal
from interview import drill as rules
from interview.asking import Asking, Purpose, Step
from interview.learner import Learner
from interview.streak import RESTORED_BY, last_chance
from storage import askings, cards, drills, learners, set_aside
from storage.database import Transaction
from storage.drills import Drill

OVER = "That drill is over. /topic starts another."
BELOW = "The question is waiting for you below."


async def start(context: Context, wanted: Sequence[Match], size: int) -> Drill | None:
    """Write down a drill of `size` questions at most; several topics or facets take turns. None where there are none.

    Run again for the same update it finds the drill that it wrote the first time. `go_on` puts the first question.
    """
    async with context.on.db.transaction() as tx:
        return await start_in(tx, context, wanted, size)


async def start_in(tx: Transaction, context: Context, wanted: Sequence[Match], size: int) -> Drill | None:
    """The same inside a transaction; a size of `rules.ENDLESS` never ends by itself before the topic does."""
    before = await drills.find_caused_by(tx, context.learner_id, context.update.update_id)
    if before is not None:
        return before
    question_ids = await drill_questions.of_topics(tx, context, wanted, size or rules.USUAL)
    single = wanted[0] if len(wanted) == 1 else None
    return await begin(
        tx,
        context,
        single.topic.slug if single else rules.WEAK_SPOTS,
        question_ids,
        facet=single.facet.slug if single and single.facet else None,
        endless=size == rules.ENDLESS,
    )


async def begin(
    tx: Transaction,
    context: Context,
    topic: str,
    question_ids: Sequence[str],
    *,
    facet: str | None = None,
    endless: bool = False,
    restores: date | None = None,
) -> Drill | None:
    """Write down a drill on exactly these questions; None where there are none.

    Run again for the same update it finds the drill that it wrote the first time.
    """
    before = await drills.find_caused_by(tx, context.learner_id, context.update.update_id)
    if before is not None or not question_ids:
        return before
    return await drills.add(
        tx,
        context.learner_id,
        topic,
        facet,
        question_ids,
        now=context.now,
        caused_by=context.update.update_id,
        endless=endless,
        restores=restores,
    )


async def running(
    tx: Transaction, context: Context, topic: str | None = None, facet: str | None = None
) -> Drill | None:
    """The newest drill (on this topic, and this facet of it) that was left in the middle and can be gone on with."""
    found = await drills.unfinished(tx, context.learner_id, context.now - rules.RESUMED_WITHIN)
    return next(
        (
            drill
            for drill in found
            if drill.topic != rules.LINK
            if topic is None or (drill.topic, drill.facet) == (topic, facet)
        ),
        None,
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """A drill to go on with; one that was `left` in the middle brings its open question again."""

    drill_id: int
    left: bool


async def open_in(
    tx: Transaction, context: Context, topic: str, question_ids: Sequence[str]
) -> Opened | None:
    """The drill on this that was left in the middle, else a new one on these questions; None where there are none."""
    before = await drills.find_caused_by(tx, context.learner_id, context.update.update_id)
    left = await running(tx, context, topic) if before is None else None
    if left is not None:
        return Opened(left.id, left=True)
    drill = before or await begin(tx, context, topic, question_ids)
    return Opened(drill.id, left=False) if drill is not None else None


async def put(context: Context, opened: Opened) -> None:
    """Put the question that an opened drill has to put."""
    await (resume if opened.left else go_on)(context, opened.drill_id)


async def own(tx: Transaction, context: Context, drill_id: int) -> Drill:
    """The learner's drill of that id; a Refusal where it is not theirs or is over."""
    drill = await drills.find(tx, drill_id, context.learner_id)
    if drill is None or drill.summed_up_at is not None:
        raise Refusal(OVER)
    return drill


async def go_on(context: Context, drill_id: int, note: str = "") -> None:
    """Put the drill's next question, or its summary, once. Run again it sends only what was not sent.

    The note (plain text) stands above a question that is put now.
    """
    on = context.on
    async with on.db.transaction() as tx:
        drill = await drills.get(tx, drill_id)
        asking = None if drill.summed_up_at is not None else await put_next(tx, context, drill, note)

    if asking is not None:
        if asking.message_id is None:
            await deliver(on, asking, context.now)
    elif drill.summed_up_at is None:
        await sum_up(context, drill_id)


async def resume(context: Context, drill_id: int) -> None:
    """Bring a drill's open question again, below everything, or go on with the next one."""
    on = context.on
    async with on.db.transaction() as tx:
        asking = await put_next(tx, context, await own(tx, context, drill_id))
    pressed = context.update.callback_query is not None
    if asking is None:
        await sum_up(context, drill_id)
    elif asking.message_id is None:
        await deliver(on, asking, context.now)
    elif pressed and asking.message_id > context.message.message_id:
        raise Refusal(BELOW)  # a second tap, or this press running again
    else:
        await chat.answer(context)
        await bring_again(on, asking, context.now)


async def sum_up(context: Context, drill_id: int) -> None:
    """Say how the drill went, and note that it is over."""
    on = context.on
    async with on.db.transaction() as tx:
        drill = await drills.get(tx, drill_id)
        asked = await askings.of_drill(tx, drill.learner_id, drill_id)
        learner = await learners.get(tx, drill.learner_id)
        streak = await read_streak(tx, learner, learner.today(context.now))
        aside = await set_aside.of_learner(tx, drill.learner_id)
    counted = [asking for asking in asked if (asking.place or 0) < len(drill.question_ids)]
    lost = drill.restores is not None and not drill_views.won_back(drill, streak)
    more = [each.id for each in on.bank.of_topic(drill.topic) if each.id not in {*aside, *drill.question_ids}]
    shown = drill_views.summary(on.bank, on.taxonomy, drill, counted, lost=lost, more=bool(more))
    await chat.send(on, context.learner_id, shown)
    async with on.db.transaction() as tx:
        await drills.mark_summed_up(tx, drill_id, context.now)


async def end(context: Context, drill_id: int) -> Asking | None:
    """End a drill before its last question and say how it went; the open question it leaves, now skipped, if any."""
    on = context.on
    async with on.db.transaction() as tx:
        drill = await own(tx, context, drill_id)
        asked = await askings.of_drill(tx, drill.learner_id, drill_id)
        newest = asked[-1] if asked else None
        kept = 0 if newest is None or newest.place is None else newest.place + 1
        if newest is not None and newest.step in (Step.ASKED, Step.SHOWN):
            kept -= 1
            if newest.step is Step.ASKED:
                await askings.mark_skipped(tx, newest.id, context.now)
        await drills.put_questions(tx, drill_id, drill.question_ids[:kept], endless=False)
        await drills.mark_ended_by(tx, drill_id, context.update.update_id)
    return newest


async def resize(tx: Transaction, context: Context, drill: Drill, size: int) -> Drill:
    """Give a topic's drill another size: what was asked stays, more is chosen as it was at the start."""
    asked = await askings.of_drill(tx, drill.learner_id, drill.id)
    newest = asked[-1] if asked else None
    kept = 0 if newest is None or newest.place is None else newest.place + 1
    question_ids = drill.question_ids
    if size != rules.ENDLESS:
        question_ids = question_ids[: max(size, kept)]
        question_ids += await drill_questions.more_of_topic(tx, context, drill, size - len(question_ids))
    drill = await drills.put_questions(tx, drill.id, question_ids, endless=size == rules.ENDLESS)
    if newest is not None and newest.place is not None:
        await askings.replace_question(tx, newest.id, newest.question_id, _because(drill, newest.place))
    return drill


async def put_next(tx: Transaction, context: Context, drill: Drill, note: str = "") -> Asking | None:
    """The newest question while it waits, else the one after it; None at the end.

    Only the newest counts: an older one may be open again, by Undo, without holding up the drill. Questions that
    left the bank, that the learner set aside, or that are no longer due in a review of what is due, are passed over.
    """
    bank = context.on.bank
    asked = await askings.of_drill(tx, drill.learner_id, drill.id)
    newest = asked[-1] if asked else None
    waits = newest is not None and newest.rating is None and newest.skipped_at is None
    if newest is not None and waits and bank.find(newest.question_id) is not None:
        return newest
    learner = await learners.get(tx, drill.learner_id)
    aside = await set_aside.of_learner(tx, drill.learner_id)
    today = learner.today(context.now)
    place = newest.place + 1 if newest is not None and newest.place is not None else 0
    while True:
        if place >= len(drill.question_ids):
            drill = await _longer(tx, context, drill, learner)
        if place >= len(drill.question_ids):
            return None
        question_id = drill.question_ids[place]
        gone = bank.find(question_id) is None or question_id in aside
        undue = drill.topic == rules.DUE and not await _is_due(tx, learner.id, question_id, today)
        if not gone and not undue:
            break
        place += 1
    return await askings.add(
        tx,
        learner.id,
        question_id,
        Purpose.DRILL,
        because=_because(drill, place),
        study_day=today,
        now=context.now,
        drill_id=drill.id,
        place=place,
        note=note,
    )


async def still_to_win_back(tx: Transaction, learner_id: int, missed: date) -> int:
    """How many ratings are lacking until the streak that broke on this day is won back."""
    rated_on = (await drills.winning_back(tx, learner_id)).get(missed, [])
    return max(0, RESTORED_BY - len(rated_on))


async def _longer(tx: Transaction, context: Context, drill: Drill, learner: Learner) -> Drill:
    """More questions at the end of an endless drill, and of one that wins a streak back where some were skipped."""
    more: tuple[str, ...] = ()
    if drill.endless:
        more = await drill_questions.more_of_topic(tx, context, drill, rules.USUAL)
    elif drill.restores is not None and learner.today(context.now) <= last_chance(drill.restores):
        lacking = await still_to_win_back(tx, learner.id, drill.restores)
        known = set(drill.question_ids)
        chosen = await drill_questions.some_of_all(tx, context, learner, lacking + len(known))
        more = tuple(each for each in chosen if each not in known)[:lacking]
    if not more:
        return drill
    return await drills.put_questions(tx, drill.id, (*drill.question_ids, *more), endless=drill.endless)


async def _is_due(tx: Transaction, learner_id: int, question_id: str, today: date) -> bool:
    card = await cards.find(tx, learner_id, question_id)
    return card is not None and card.due <= today


def _because(drill: Drill, place: int) -> str:
    """Where a question stands in its drill, as its header says."""
    return f"question {place + 1}" if drill.endless else f"{place + 1} of {len(drill.question_ids)}"
