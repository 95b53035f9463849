"""Drills on one topic or facet: begun, gone on with where one was left, or begun anew."""

from __future__ import annotations

from content.taxonomy import Match
from handlers.asking import drill_views, drilling
from handlers.asking.drill_presses import ListTopics
from handlers.asking.presses import DrillTopic
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.press import Slug
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, Reply, escape, rows
from interview import drill as rules
from storage import askings, drills
from storage.drills import Drill


async def open_drill(context: Context, found: Match, size: int | None = None) -> None:
    """A drill on this; where one was left in the middle, the choice to go on with it.

    `size` is `rules.ENDLESS` or a number of questions; None where none was named.
    """
    facet = found.facet.slug if found.facet else None
    async with context.on.db.transaction() as tx:
        drill = await drills.find_caused_by(tx, context.learner_id, context.update.update_id)
        left = None if drill is not None else await drilling.running(tx, context, found.topic.slug, facet)
        asked = await askings.of_drill(tx, context.learner_id, left.id) if left is not None else []
        begun = any(asking.rating is not None or asking.skipped_at is not None for asking in asked)
        if left is not None and not begun and size is not None:
            await drilling.resize(tx, context, left, size)
        if drill is None and left is None:
            drill = await drilling.start_in(tx, context, [found], rules.USUAL if size is None else size)
    if left is not None and begun:
        offer = drill_views.offer(left, asked, found.title, rules.USUAL if size is None else size)
        await chat.answer(context)
        await chat.send(context.on, context.learner_id, offer)
    elif left is not None:
        await drilling.resume(context, left.id)
    else:
        await _put(context, found, drill, size or 0)


async def open_anew(context: Context, found: Match, size: int) -> None:
    """A new drill on this; the one that was left is over, without a summary."""
    facet = found.facet.slug if found.facet else None
    async with context.on.db.transaction() as tx:
        drill = await drills.find_caused_by(tx, context.learner_id, context.update.update_id)
        left = None if drill is not None else await drilling.running(tx, context, found.topic.slug, facet)
        asked = await askings.of_drill(tx, context.learner_id, left.id) if left is not None else []
        if any((asking.message_id or 0) > context.message.message_id for asking in asked):
            raise Refusal(drilling.BELOW)  # tapped twice
        if left is not None:
            await drills.mark_summed_up(tx, left.id, context.now)
        if drill is None:
            drill = await drilling.start_in(tx, context, [found], size)
    await _put(context, found, drill, size)


def named(context: Context, words: str) -> Match:
    """The topic or facet of that name; a Refusal with the nearest where there is none."""
    found = context.on.taxonomy.find(words)
    if isinstance(found, Match):
        return found
    meant = "Did you mean:" if found.near else "Some that there are:"
    buttons = [Button(match.title, DrillTopic(Slug(match.slug))) for match in found.nearest]
    raise Refusal(
        f"I don’t know the topic “{words[:60]}”. {meant}",
        rows([*buttons, Button("All topics", ListTopics())], 2),
    )


def topic_of(context: Context, slug: str) -> Match:
    """The topic or `topic/facet` that a button names; a Refusal where there is none."""
    taxonomy = context.on.taxonomy
    topic_slug, _, facet_slug = slug.partition("/")
    topic, facet = taxonomy.topic(topic_slug), taxonomy.facet(topic_slug, facet_slug)
    if topic is None or (facet_slug and facet is None):
        raise Refusal("That topic is not there any more. /topic lists those that are.")
    return Match(topic, facet)


async def _put(context: Context, found: Match, drill: Drill | None, size: int) -> None:
    if drill is None:
        others = [found.other] if found.other is not None else []
        raise Refusal(
            f"There are no questions on {found.title} yet. /topic lists what there is.",
            rows([Button(other.title, DrillTopic(Slug(other.slug))) for other in others], 2),
        )
    if found.other is not None:
        other = Button(found.other.title, DrillTopic(Slug(found.other.slug)))
        text = f"Drilling {escape(found.title)}. Did you mean something else?"
        await chat.send(context.on, context.learner_id, Reply(text, ((other,),)))
    await drilling.go_on(context, drill.id, drill_views.fewer(context.on.taxonomy, drill, size))
