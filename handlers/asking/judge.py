"""Asks the judge which key points a typed answer covers; without it the points are a plain checklist."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from handlers.asking.said import in_one_message, said, words_of
from handlers.asking.state import State
from handlers.kit.context import Dependencies
from interview.rating import Rating
from interview.verdict import PointState, PointVerdict, covered
from judging.engines import judge_question
from storage import askings, replies
from storage.database import Transaction

log = logging.getLogger(__name__)


async def judge(on: Dependencies, known: State) -> None:
    """Judge what was typed so far, and keep it. Off the event loop; a broken judge is logged and changes nothing.

    Where nothing was typed, but something recorded or sent, there is nothing to judge. Words beside it can show that
    a point was made, not how good the whole answer was.
    """
    async with on.db.transaction() as tx:
        typed = await replies.of_asking(tx, known.asking.id)
        words, whole = words_of(typed), said(typed)
        if not words:
            await askings.put_unjudged(tx, known.asking.id)
            return
        if whole.gave_up:
            nothing = [PointVerdict(PointState.MISSED) for _ in known.question.key_points]
            await askings.put_judged(tx, known.asking.id, nothing, Rating.AGAIN)
            return
    try:
        judgement = await asyncio.to_thread(judge_question, known.question, words, known.asking.hints)
    except Exception as broken:  # noqa: BLE001 - whatever it is, the learner has their checklist
        log.error("an answer to %s could not be judged: %s", known.question.id, type(broken).__name__)
        return
    verdicts = [
        PointVerdict(PointState(point.state), in_one_message(typed, point.quote) if point.quote else None)
        for point in judgement.points
    ]
    async with on.db.transaction() as tx:
        rating = None if whole.unread else judgement.rating
        await _tick_what_is_new(tx, known, verdicts)
        await askings.put_judged(tx, known.asking.id, verdicts, rating)


async def _tick_what_is_new(tx: Transaction, known: State, verdicts: Sequence[PointVerdict]) -> None:
    """Beside the learner's own ticks stand points that a further message has made; no tick is taken away.

    What was found before is theirs to tick or not, and stays as they have it.
    """
    asking = await askings.get(tx, known.asking.id, known.learner.id)
    if asking.ticked is None or asking.judged is None:
        return
    before, now = covered(asking.judged), covered(verdicts)
    if not now <= before | asking.ticked:
        await askings.put_ticks(tx, asking.id, asking.ticked | (now - before))
