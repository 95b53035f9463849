"""/topic: a drill of five questions on one topic, under any of its names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from content.taxonomy import Match, Unknown
from handlers.asking import drilling
from handlers.asking.presses import DrillTopic, ShowWeakSpots
from handlers.asking.recall import read_recall
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.press import Press, Slug
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, Buttons, Reply, escape, rows
from interview.progress import percent
from interview.question import Topic
from interview.weak_spots import WEAK, Estimate
from storage import learners

SIZE = 5


@dataclass(frozen=True, slots=True)
class ListTopics(Press):
    """All topics."""

    name: ClassVar[str] = "topics"


async def topic(context: Context, words: str) -> None:
    """With a name: a drill on it. Without: the list."""
    if not words or words.strip().lower() in ("list", "all", "topics"):
        await list_topics(context)
        return
    match context.on.taxonomy.find(words):
        case Match() as found:
            await _start(context, found)
        case Unknown() as unknown:
            meant = "Did you mean:" if unknown.near else "Some that there are:"
            raise Refusal(f"I don’t know the topic “{words[:60]}”. {meant}", _nearest(unknown.nearest))


async def list_topics(context: Context, _: ListTopics | None = None) -> None:
    """Every topic with the learner's recall, or the number of its questions while that is not known."""
    on = context.on
    async with on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        known = (await read_recall(tx, on, learner.id, learner.today(context.now))).topics
    topics = [(each, len(on.bank.of_topic(each.slug))) for each in on.taxonomy.topics]
    await chat.answer(context)
    await chat.send(on, context.learner_id, _list([each for each in topics if each[1]], known))


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
    drill = await drilling.start(context, [found], SIZE)
    if drill is None:
        others = [found.other] if found.other is not None else []
        raise Refusal(f"There are no questions on {found.title} yet. What about:", _nearest(others))
    if found.other is not None:
        other = Reply(
            f"Drilling {escape(found.title)}. Did you mean something else?",
            _nearest([found.other], everything=False),
        )
        await chat.send(context.on, context.learner_id, other)
    await drilling.go_on(context, drill.id)


def _list(topics: Sequence[tuple[Topic, int]], known: Mapping[str, Estimate]) -> Reply:
    recall = " The figures are your recall." if known else ""
    text = f"<b>Which topic?</b> Five questions, one after the other.{recall}\nOr type a name: /topic roc auc"
    buttons = [
        Button(_label(each, count, known.get(each.slug)), DrillTopic(Slug(each.slug)))
        for each, count in topics
    ]
    weak_spots = ((Button("My weak spots", ShowWeakSpots()),),) if known else ()
    return Reply(text, rows(buttons, 2) + weak_spots)


def _label(topic: Topic, count: int, estimate: Estimate | None) -> str:
    if estimate is None:
        return f"{topic.short} · {count}"
    return f"{topic.short} {percent(estimate.recall)}{' ⚠' if estimate.recall < WEAK else ''}"


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
