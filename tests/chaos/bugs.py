"""Faults of ours, planted on purpose: what each breaks has to be found out by a run of chaos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import handlers.asking.ask
import handlers.kit.reaching
import handlers.quiz.asking_round
import handlers.quiz.counting
import handlers.quiz.playing
import handlers.quiz.running
import storage.askings
import storage.inbox
from handlers.kit.context import Dependencies
from handlers.kit.reply import Reply
from interview.quiz import Quiz, Round
from storage.database import Transaction
from storage.inbox import Arrival
from storage.votes import EarlyVote


def confirm_before_write() -> None:
    """Updates are confirmed to Telegram and handled, and never written down."""

    async def add_many(tx: Transaction, arrivals: Sequence[Arrival], now: datetime) -> list[Arrival]:
        return list(arrivals)

    storage.inbox.add_many = add_many


def note_before_send() -> None:
    """A daily counts as sent before it is."""
    reach = handlers.kit.reaching.reach

    async def noting(
        on: Dependencies, learner_id: int, reply: Reply, now: datetime, **more: Any
    ) -> int | None:
        async with on.db.transaction() as tx:
            await tx.execute("UPDATE askings SET send_after = NULL WHERE learner_id = ?", (learner_id,))
        return await reach(on, learner_id, reply, now, **more)

    handlers.asking.ask.reach = noting  # type: ignore[attr-defined]


def never_note() -> None:
    """What was sent is not written down, and so sent again."""
    mark_sent = storage.askings.mark_sent

    async def forgetting(tx: Transaction, asking_id: int, message_id: int, now: datetime) -> None:
        row = await tx.one("SELECT send_after FROM askings WHERE id = ?", (asking_id,))
        if row is None or row["send_after"] is None or asking_id % 2:
            await mark_sent(tx, asking_id, message_id, now)

    storage.askings.mark_sent = forgetting


def count_before_write() -> None:
    """Votes are counted in memory, and written down when their question is closed."""
    record = handlers.quiz.counting.record
    close, waiting = handlers.quiz.asking_round.close, []

    async def remembering(tx: Transaction, quiz: Quiz, asked: Round, given: EarlyVote) -> bool:
        waiting.append((quiz, asked, given))
        return True

    async def writing(on: Dependencies, quiz: Quiz, asked: Round, now: datetime) -> bool:
        async with on.db.transaction() as tx:
            while waiting:
                await record(tx, *waiting.pop())
        return await close(on, quiz, asked, now)

    handlers.quiz.playing.record = remembering  # type: ignore[attr-defined]
    handlers.quiz.asking_round.record = remembering  # type: ignore[attr-defined]
    handlers.quiz.asking_round.close = writing


def close_twice() -> None:
    """Whoever has just started goes one question of a quiz back, and closes it again."""
    advance, begun = handlers.quiz.running.advance, set[int]()

    async def forgetting(on: Dependencies, quiz_id: int) -> None:
        if quiz_id not in begun:
            begun.add(quiz_id)
            async with on.db.transaction() as tx:
                await tx.execute(
                    "UPDATE quizzes SET place = place - 1 WHERE id = ? AND place > 0", (quiz_id,)
                )
                await tx.execute(
                    "UPDATE quiz_rounds SET told_at = NULL, told_message_id = NULL WHERE quiz_id = ?"
                    " AND place = (SELECT place FROM quizzes WHERE id = quiz_id AND stage = 'running')",
                    (quiz_id,),
                )
        await advance(on, quiz_id)

    handlers.quiz.running.advance = forgetting


BUGS: dict[str, Callable[[], None]] = {
    "confirm-before-write": confirm_before_write,
    "note-before-send": note_before_send,
    "never-note": never_note,
    "count-before-write": count_before_write,
    "close-twice": close_twice,
}
