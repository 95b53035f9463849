"""Writing to a learner who did not just write to us, and may have left."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from telegram.error import BadRequest, Forbidden

from handlers.kit import chat
from handlers.kit.context import Dependencies
from handlers.kit.reply import Reply
from storage import learners

_GONE = ("chat not found", "user is deactivated")

log = logging.getLogger(__name__)


async def reach(on: Dependencies, learner_id: int, reply: Reply, now: datetime) -> bool:
    """Send without sound; False where the learner cannot be reached, who is then left alone until they come back."""
    try:
        await chat.send(on, learner_id, reply)
    except (Forbidden, BadRequest) as refused:
        if isinstance(refused, BadRequest) and not any(gone in refused.message.lower() for gone in _GONE):
            raise
        log.info("learner %s cannot be reached: %s", learner_id, refused.message)
        async with on.db.transaction() as tx:
            learner = await learners.find(tx, learner_id)
            if learner is not None:
                await learners.put(tx, replace(learner, unreachable_at=now, next_daily_at=None))
        return False
    return True
