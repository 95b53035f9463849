"""Which questions a drill is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from content.taxonomy import Match
from handlers.asking.next_question import read_learning
from handlers.kit.context import Context
from interview import selection
from interview.learner import Learner
from storage import learners, reviews
from storage.database import Transaction
from storage.drills import Drill


async def of_topics(tx: Transaction, context: Context, wanted: Sequence[Match], size: int) -> tuple[str, ...]:
    """So many questions of these topics and facets, which take turns."""
    return _taking_turns(await _pools(tx, context, wanted, size), size)


async def more_of_topic(tx: Transaction, context: Context, drill: Drill, count: int) -> tuple[str, ...]:
    """So many questions more of the drill's topic, none twice."""
    topic = context.on.taxonomy.topic(drill.topic)
    if topic is None or count <= 0:
        return ()
    facet = context.on.taxonomy.facet(topic.slug, drill.facet) if drill.facet else None
    [pool] = await _pools(tx, context, [Match(topic, facet)], None)
    return tuple(each for each in pool if each not in drill.question_ids)[:count]


async def _pools(
    tx: Transaction, context: Context, wanted: Sequence[Match], size: int | None
) -> list[tuple[str, ...]]:
    """The questions of each topic or facet in the order of a drill, `size` at most."""
    on = context.on
    learner = await learners.get(tx, context.learner_id)
    today = learner.today(context.now)
    learning = replace(
        await read_learning(tx, on, learner, today), mistakes=await reviews.mistakes(tx, learner.id)
    )
    return [
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


async def some_of_all(tx: Transaction, context: Context, learner: Learner, count: int) -> tuple[str, ...]:
    """So many questions as the daily would choose them one after the other: what is due, then what is new."""
    on, today = context.on, learner.today(context.now)
    learning = await read_learning(tx, on, learner, today)
    found: dict[str, None] = {}
    for _ in range(count):
        left = [question for question in on.bank.live if question.id not in found]
        choice = selection.choose(left, learning, today, on.chance)
        if choice is None:
            break
        found[choice.question_id] = None
        learning = replace(learning, last_topic=choice.because.topic)
    return tuple(found)


def _taking_turns(pools: Sequence[Sequence[str]], size: int) -> tuple[str, ...]:
    """One of each pool in turn, each question once, until there are `size` or all pools are empty."""
    found: dict[str, None] = {}
    for place in range(max(map(len, pools), default=0)):
        found.update(dict.fromkeys(pool[place] for pool in pools if place < len(pool)))
    return tuple(found)[:size]
