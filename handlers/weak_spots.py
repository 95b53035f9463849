"""/weak: where a learner loses points, how sure that is, and a drill for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from content.taxonomy import Match, Taxonomy
from handlers.asking import drilling
from handlers.asking.drill_presses import DrillWeakSpots
from handlers.asking.due import mistakes_button
from handlers.asking.presses import BringToday, DrillTopic, ShowWeakSpots
from handlers.asking.recall import Recall, read_recall
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.press import Slug
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, Reply, escape
from interview.progress import percent
from interview.weak_spots import LEAST_RATINGS, Estimate, weakest
from interview.words import plural
from storage import learners, reviews

SIZE = 10
_NEARLY = 3  # topics of which it is said how many ratings are missing
_DOTS = 5


async def show_weak_spots(context: Context, _: ShowWeakSpots | str = "") -> None:
    """The weakest three, or how many ratings are missing until there is something to say."""
    known = await _recall(context)
    taxonomy = context.on.taxonomy
    async with context.on.db.transaction() as tx:
        missed = len(await reviews.mistakes(tx, context.learner_id))
    await chat.answer(context)
    if not known.estimates:
        reply = _too_early(known, taxonomy)
    elif spots := _spots(known, taxonomy):
        reply = _listed(spots)
    else:
        reply = _none_weak(known)
    assert isinstance(reply.buttons, tuple), "the buttons are inline"
    reply = replace(reply, buttons=(*reply.buttons, *mistakes_button(missed)))
    await chat.send(context.on, context.learner_id, reply)


async def drill_weak_spots(context: Context, _: DrillWeakSpots) -> None:
    """Ten questions on what is weakest now, the topics taking turns."""
    spots = _spots(await _recall(context), context.on.taxonomy)
    drill = await drilling.start(context, [match for match, _ in spots], SIZE)
    if drill is None:
        raise Refusal("There is no weak spot to drill just now. /topic lists all topics.")
    await drilling.go_on(context, drill.id)


async def _recall(context: Context) -> Recall:
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        return await read_recall(tx, context.on, learner.id, learner.today(context.now))


def _spots(known: Recall, taxonomy: Taxonomy) -> list[tuple[Match, Estimate]]:
    """The weakest three with their names."""
    return [
        (match, each) for each in weakest(known.estimates) if (match := _match(taxonomy, each)) is not None
    ]


def _match(taxonomy: Taxonomy, estimate: Estimate) -> Match | None:
    topic = taxonomy.topic(estimate.topic)
    facet = taxonomy.facet(estimate.topic, estimate.facet) if estimate.facet else None
    return Match(topic, facet) if topic else None


def _listed(spots: Sequence[tuple[Match, Estimate]]) -> Reply:
    lines = [_line(number, match, estimate) for number, (match, estimate) in enumerate(spots, 1)]
    foot = f"<i>From {LEAST_RATINGS} ratings up; the newest count most.</i>"
    text = "\n\n".join(["<b>Where you lose points</b>", *lines, foot])
    each = tuple(
        Button(f"Drill {number}" if len(spots) > 1 else "Drill it", DrillTopic(Slug(match.slug)))
        for number, (match, _) in enumerate(spots, 1)
    )
    everything = {2: "Both", 3: "All three"}.get(len(spots))
    together = ((Button(f"{everything}, {SIZE} questions", DrillWeakSpots()),),) if everything else ()
    return Reply(text, (each, *together))


def _line(number: int, match: Match, estimate: Estimate) -> str:
    full = round(_DOTS * estimate.recall)
    dots = "●" * full + "○" * (_DOTS - full)
    from_so_many = f"from {plural(estimate.ratings, 'rating')}, {estimate.sureness}"
    return f"{number}  <b>{escape(match.title)}</b>   {percent(estimate.recall)}  {dots}\n     {from_so_many}"


def _none_weak(known: Recall) -> Reply:
    lowest = min(known.topics.values(), key=lambda each: each.recall)
    text = (
        f"<b>No weak spot in sight.</b>\nIn all you have rated {LEAST_RATINGS} times or more your recall is"
        f" {percent(lowest.recall)} or better. /topic shows what you have not tried yet."
    )
    return Reply(text)


def _too_early(known: Recall, taxonomy: Taxonomy) -> Reply:
    """Kind words, and the topics that come first with what they still need."""
    rated = Counter(one.topic for one in known.history)
    nearest = [
        (topic, LEAST_RATINGS - rated[topic.slug])
        for topic in sorted(taxonomy.topics, key=lambda topic: -rated[topic.slug])[:_NEARLY]
        if rated[topic.slug]
    ]
    head = "<b>Too early to tell</b>\nI name a weak spot once you have rated three questions of a topic"
    if not nearest:
        text = f"{head}; so far you have rated none. Your first three are soon done:"
        return Reply(text, ((Button("Today’s question", BringToday()),),))
    lines = [f"{escape(topic.short)}: {plural(missing, 'more rating')}" for topic, missing in nearest]
    buttons = tuple((Button(f"Drill {topic.short}", DrillTopic(Slug(topic.slug))),) for topic, _ in nearest)
    return Reply("\n".join([f"{head}. You are nearly there:\n", *lines]), buttons)


FEATURE = Feature(
    name="weak spots",
    commands=(Called("weak", "your weak spots, with a drill for each", show_weak_spots),),
    presses={ShowWeakSpots: show_weak_spots, DrillWeakSpots: drill_weak_spots},
)
