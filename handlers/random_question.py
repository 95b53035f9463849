"""/random: one question at random, whatever is due and whatever the mix says."""

from __future__ import annotations

from handlers.asking.ask import NOTHING_LEFT, deliver, put_this, read_learning
from handlers.asking.menu_views import AT_RANDOM
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.refusal import Refusal
from interview import selection
from storage import askings, learners


async def ask_at_random(context: Context, _: str = "") -> None:
    """Any question, rather one not seen in the last days. Run again it is the same one."""
    on = context.on
    async with on.db.transaction() as tx:
        asking = await askings.find_caused_by(tx, context.learner_id, context.update.update_id)
        if asking is None:
            learner = await learners.get(tx, context.learner_id)
            today = learner.today(context.now)
            learning = await read_learning(tx, on, learner, today)
            question_id = selection.at_random(on.bank.live, learning, today, on.chance)
            if question_id is None:
                raise Refusal(NOTHING_LEFT)
            asking = await put_this(tx, context, question_id, AT_RANDOM)
    if asking.message_id is None:
        await deliver(on, asking, context.now)


FEATURE = Feature(name="random question", commands=(Called("random", "any question at all", ask_at_random),))
