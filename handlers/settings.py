"""/settings: all that can be set, in one message edited in place."""

from __future__ import annotations

from handlers.choosing import views
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from storage import learners


async def show_settings(context: Context, _: str = "") -> None:
    """What is set, with a button for each."""
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
    await chat.send(context.on, context.learner_id, views.settings(learner, context.now))


FEATURE = Feature(
    name="settings",
    commands=(Called("settings", "zone, hour, topics, level, reminder, interview date", show_settings),),
)
