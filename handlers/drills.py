"""Drills under way: their size, their end, going on where one was left, and once more what was missed."""

from __future__ import annotations

from handlers.asking import drill_views, drilling, state
from handlers.asking.drill_presses import DrillAnew, DrillMissed, EndDrill, GoOnWithDrill, ResizeDrill
from handlers.asking.show import redraw
from handlers.asking.topic_drills import open_anew, topic_of
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.refusal import Refusal
from handlers.quiz import playing
from interview import drill as rules
from storage import askings, drills
from storage.database import Transaction
from storage.drills import Drill

NOTHING = "No drill or quiz is running. /topic and /quiz start one, /pause stops the daily questions."


async def resize(context: Context, press: ResizeDrill) -> None:
    """Make the drill longer, shorter or endless; its questions so far stay."""
    if press.size not in (*rules.SIZES, rules.ENDLESS):
        raise Refusal("A drill has 5 or 10 questions, or is endless. /topic metrics 7 makes one of seven.")
    on = context.on
    async with on.db.transaction() as tx:
        drill = await drilling.own(tx, context, press.drill_id)
        if on.taxonomy.topic(drill.topic) is None:
            raise Refusal("Only a drill on a topic can be made longer. /topic starts one.")
        drill = await drilling.resize(tx, context, drill, press.size)
        shown = await askings.find_by_message(tx, context.learner_id, context.message.message_id)
        if shown is None:
            raise Refusal("That is done; the next question knows it.")
        known = await state.read(tx, on, context.learner_id, shown.id, context.now)
    await redraw(context, known, toast=drill_views.fewer(on.taxonomy, drill, press.size) or None)


async def end_drill(context: Context, press: EndDrill) -> None:
    """Sum up what was done so far."""
    await _end(context, press.drill_id)


async def stop(context: Context, _: str = "") -> None:
    """End what was asked last, a drill or a quiz played alone; this running again ends no other one that waits."""
    async with context.on.db.transaction() as tx:
        since = context.now - rules.RESUMED_WITHIN
        drill = await drills.find_caused_by(tx, context.learner_id, context.update.update_id)
        if drill is not None and drill.summed_up_at is not None:
            return
        if drill is None and await playing.was_stopped_by(tx, context):
            return
        quiz_at = await playing.asked_alone_at(tx, context) if drill is None else None
        drill = drill or await drills.asked_last(tx, context.learner_id, since)
        drill_at = await _asked_at(tx, drill) if drill is not None else 0
    if quiz_at is not None and quiz_at > drill_at:
        await playing.stop_here(context)
    elif drill is not None:
        await _end(context, drill.id)
    else:
        raise Refusal(NOTHING)


async def go_on(context: Context, press: GoOnWithDrill) -> None:
    """Go on where the drill was left."""
    await drilling.resume(context, press.drill_id)


async def start_anew(context: Context, press: DrillAnew) -> None:
    """A new drill instead of the one that was left."""
    if not 0 <= press.size <= rules.MOST:
        raise Refusal(f"A drill has 1 to {rules.MOST} questions. /topic starts one.")
    await open_anew(context, topic_of(context, press.topic), press.size)


async def drill_missed(context: Context, press: DrillMissed) -> None:
    """A drill over exactly what was missed, recalled in part or skipped in that one."""
    async with context.on.db.transaction() as tx:
        of = await drills.find(tx, press.drill_id, context.learner_id)
        if of is None:
            raise Refusal(drilling.OVER)
        asked = await askings.of_drill(tx, of.learner_id, of.id)
        drill = await drills.find_caused_by(tx, of.learner_id, context.update.update_id)
        wanted = tuple(dict.fromkeys(drill_views.missed(asked[: len(of.question_ids)])))
        open_ones = await drills.unfinished(tx, of.learner_id, context.now - rules.RESUMED_WITHIN)
        same = [each for each in open_ones if each.id > of.id and each.question_ids == wanted]
        left = same[0] if same and drill is None else None
        if drill is None and left is None:
            topic = rules.AGAIN if of.topic == rules.DUE else of.topic
            drill = await drilling.begin(tx, context, topic, wanted, facet=of.facet)
    if left is not None:
        await drilling.resume(context, left.id)
    elif drill is not None:
        await drilling.go_on(context, drill.id)
    else:
        raise Refusal(
            "There is nothing left to repeat: you have recalled it all. /topic starts another drill."
        )


async def _asked_at(tx: Transaction, drill: Drill) -> int:
    """The message of the drill's newest question; 0 where none has come yet."""
    asked = await askings.of_drill(tx, drill.learner_id, drill.id)
    return max((each.message_id or 0 for each in asked), default=0)


async def _end(context: Context, drill_id: int) -> None:
    left = await drilling.end(context, drill_id)
    await chat.answer(context, "Drill ended.")
    if left is not None and left.message_id is not None:
        async with context.on.db.transaction() as tx:
            known = await state.read(tx, context.on, context.learner_id, left.id, context.now)
        in_place = known.asking.feedback_message_id in (None, known.asking.message_id)
        if in_place:  # a typed answer's feedback shows no button of the drill
            await chat.edit(context.on, context.learner_id, left.message_id, known.reply(in_place=True))
    await drilling.sum_up(context, drill_id)


FEATURE = Feature(
    name="drills",
    commands=(Called("stop", "end the drill or quiz that is running", stop),),
    presses={
        ResizeDrill: resize,
        EndDrill: end_drill,
        GoOnWithDrill: go_on,
        DrillAnew: start_anew,
        DrillMissed: drill_missed,
    },
)
