"""/random: one question at random, of everything or of a topic, whatever is due and whatever the mix says."""

from __future__ import annotations

from handlers.asking.ask import NOTHING_LEFT, deliver, put_this
from handlers.asking.menu_views import AT_RANDOM
from handlers.asking.next_question import read_learning
from handlers.asking.topic_drills import named
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.refusal import Refusal
from interview import selection
from storage import askings, learners

NONE_ON = "There are no questions on {} yet. /topic lists what there is."


async def ask_at_random(context: Context, words: str = "") -> None:
    """Any question, of the topic named if one is, rather one not seen in the last days. Run again the same one."""
    on = context.on
    found = named(context, words) if words.strip() else None
    pool = on.bank.live
    if found is not None:
        pool = on.bank.of_facet(found.topic.slug, found.facet.slug) if found.facet else ()
        pool = pool or on.bank.of_topic(found.topic.slug)
    async with on.db.transaction() as tx:
        asking = await askings.find_caused_by(tx, context.learner_id, context.update.update_id)
        if asking is None:
            learner = await learners.get(tx, context.learner_id)
            today = learner.today(context.now)
            learning = await read_learning(tx, on, learner, today)
            question_id = selection.at_random(pool, learning, today, on.chance)
            if question_id is None:
                title = found.title if found is not None else ""
                raise Refusal(NOTHING_LEFT if found is None else NONE_ON.format(title))
            asking = await put_this(tx, context, question_id, AT_RANDOM)
    if asking.message_id is None:
        await deliver(on, asking, context.now)


FEATURE = Feature(
    name="random question",
    commands=(Called("random", "any question at all, or /random metrics", ask_at_random),),
)
