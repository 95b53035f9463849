"""Writing to a learner who did not just write to us, and may have left."""

from __future__ import annotations

import logging
from datetime import datetime

from telegram.error import BadRequest, Forbidden

from handlers.kit import chat
from handlers.kit.context import Dependencies
from handlers.kit.reply import Reply
from handlers.kit.voice import LastLook
from storage import learners

_GONE = ("chat not found", "user is deactivated")

log = logging.getLogger(__name__)


async def reach(
    on: Dependencies,
    learner_id: int,
    reply: Reply,
    now: datetime,
    *,
    silent: bool = True,
    last_look: LastLook | None = None,
) -> int | None:
    """Send, and return the message's id; None where the learner cannot be reached, who is then left alone until they
    come back."""
    try:
        return await chat.send(on, learner_id, reply, silent=silent, last_look=last_look)
    except (Forbidden, BadRequest) as refused:
        if isinstance(refused, BadRequest) and not any(gone in refused.message.lower() for gone in _GONE):
            raise
        log.info("learner %s cannot be reached: %s", learner_id, refused.message)
    async with on.db.transaction() as tx:
        learner = await learners.find(tx, learner_id)
        if learner is not None:
            await learners.put(tx, learner.out_of_reach(now))
    return None
