"""/topic: a drill on one topic, under any of its names, of five questions, ten, or as many as you like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from handlers.asking.drill_presses import ListTopics
from handlers.asking.presses import DrillTopic, ShowWeakSpots
from handlers.asking.recall import read_recall
from handlers.asking.topic_drills import named, open_drill, topic_of
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.press import Slug
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, Reply, rows
from interview import drill as rules
from interview.progress import percent
from interview.question import Topic
from interview.weak_spots import WEAK, Estimate
from storage import learners

_NUMBERS = " The figures are the number of questions."
_NUMBER = re.compile(r"[-−+]?\d+([.,]\d+)?", re.ASCII)
_ENDLESS = ("endless", "∞", "forever")


async def topic(context: Context, words: str) -> None:
    """With a name, and a size behind it or not: a drill on it. Without: the list."""
    if not words or words.strip().lower() in ("list", "all", "topics"):
        await list_topics(context)
        return
    words, size = _sized(words)
    await open_drill(context, named(context, words), size)


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
    await open_drill(context, topic_of(context, press.topic))


def _sized(words: str) -> tuple[str, int | None]:
    """A name and the size behind it, `rules.ENDLESS` or a number of questions; None where none is named."""
    name, _, last = words.strip().rpartition(" ")
    if not name:
        return words, None
    if last.casefold() in _ENDLESS:
        return name, rules.ENDLESS
    if not _NUMBER.fullmatch(last):
        return words, None
    if not last.isdigit() or len(last) > 4 or not 1 <= int(last) <= rules.MOST:
        raise Refusal(f"A drill has 1 to {rules.MOST} questions, or no end: /topic {name[:40]} endless.")
    return name, int(last)


def _list(topics: Sequence[tuple[Topic, int]], known: Mapping[str, Estimate]) -> Reply:
    recall = " The figures are your recall, after a dot the number of questions." if known else _NUMBERS
    text = (
        f"<b>Which topic?</b> Five questions, one after the other.{recall}\n"
        "Or type a name: /topic roc auc, /topic metrics 10, /topic metrics endless"
    )
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


FEATURE = Feature(
    name="topics",
    commands=(Called("topic", "a drill: /topic metrics, /topic rag, /topic for the list", topic),),
    presses={DrillTopic: drill_topic, ListTopics: list_topics},
)
