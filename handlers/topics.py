"""/topic: a drill of five questions on one topic, under any of its names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from content.taxonomy import Match, Unknown
from handlers.asking import drilling
from handlers.asking.ask import read_learning
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.press import Press, Slug
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, Buttons, Reply, escape, rows
from interview import selection
from storage import drills, learners

SIZE = 5


@dataclass(frozen=True, slots=True)
class DrillTopic(Press):
    """A drill on this."""

    name: ClassVar[str] = "drill"
    topic: Slug


@dataclass(frozen=True, slots=True)
class ListTopics(Press):
    """All topics."""

    name: ClassVar[str] = "topics"


async def topic(context: Context, words: str) -> None:
    """With a name: a drill on it. Without: the list."""
    if not words:
        await list_topics(context)
        return
    match context.on.taxonomy.find(words):
        case Match() as found:
            await _start(context, found)
        case Unknown() as unknown:
            raise Refusal(f"I don’t know the topic “{words[:60]}”. Did you mean:", _nearest(unknown.nearest))


async def list_topics(context: Context, _: ListTopics | None = None) -> None:
    """Every topic with the number of its questions."""
    bank = context.on.bank
    buttons = [
        Button(f"{each.short} · {len(bank.of_topic(each.slug))}", DrillTopic(Slug(each.slug)))
        for each in context.on.taxonomy.topics
        if bank.of_topic(each.slug)
    ]
    await chat.answer(context)
    text = "<b>Which topic?</b> Five questions, one after the other.\nOr type a name: /topic roc auc"
    await chat.send(context.on, context.learner_id, Reply(text, rows(buttons, 2)))


async def drill_topic(context: Context, press: DrillTopic) -> None:
    """A drill on the topic of the button."""
    taxonomy = context.on.taxonomy
    slug, _, facet_slug = press.topic.partition("/")
    found, facet = taxonomy.topic(slug), taxonomy.facet(slug, facet_slug)
    if found is None or (facet_slug and facet is None):
        raise Refusal("That topic is not there any more. /topic lists those that are.")
    await _start(context, Match(found, facet))


async def _start(context: Context, found: Match) -> None:
    """Start the drill; run again for the same update, go on with the one it started."""
    on = context.on
    async with on.db.transaction() as tx:
        drill = await drills.find_caused_by(tx, context.learner_id, context.update.update_id)
        if drill is None:
            learner = await learners.get(tx, context.learner_id)
            question_ids = selection.drill(
                on.bank.live,
                await read_learning(tx, on, learner),
                learner.today(context.now),
                on.chance,
                topic=found.topic.slug,
                facet=found.facet.slug if found.facet else None,
                size=SIZE,
            )
            if not question_ids:
                others = [found.other] if found.other is not None else []
                raise Refusal(f"There are no questions on {found.title} yet. What about:", _nearest(others))
            drill = await drills.add(
                tx,
                learner.id,
                found.topic.slug,
                found.facet.slug if found.facet else None,
                question_ids,
                now=context.now,
                caused_by=context.update.update_id,
            )
    if found.other is not None:
        other = Reply(
            f"Drilling {escape(found.title)}. Did you mean something else?",
            _nearest([found.other], everything=False),
        )
        await chat.send(on, context.learner_id, other)
    await drilling.go_on(context, drill.id)


def _nearest(matches: Sequence[Match], *, everything: bool = True) -> Buttons:
    buttons = [Button(match.title, DrillTopic(Slug(match.slug))) for match in matches]
    if everything:
        buttons.append(Button("All topics", ListTopics()))
    return rows(buttons, 2)


FEATURE = Feature(
    name="topics",
    commands=(Called("topic", "a drill: /topic metrics, /topic rag, /topic for the list", topic),),
    presses={DrillTopic: drill_topic, ListTopics: list_topics},
)
