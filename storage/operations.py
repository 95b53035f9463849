"""Figures for operators, counted over all tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.database import Transaction
from storage.moments import to_ms

ACTIVE_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Operations:
    """How the bot is doing. `active` learners are within reach and did anything here in the last seven days;
    `size` is in bytes."""

    learners: int
    unreachable: int
    active: int
    dailies: int
    ratings: int
    unfinished: int
    set_aside: int
    open_reports: int
    size: int


async def count(tx: Transaction, now: datetime, *, day_began: datetime, but_update: int) -> Operations:
    """The figures now: dailies and ratings since `day_began`; the update that asks is left out of the unfinished.

    Each table is gone through once: everybody waits meanwhile, also who has written and is to be committed with it.
    """
    row = await tx.one(
        "SELECT people.*, asked.*,"
        " (SELECT count(*) FROM inbox WHERE done_at IS NULL AND set_aside_at IS NULL AND update_id <> :update)"
        "  AS unfinished,"
        " (SELECT count(*) FROM inbox WHERE set_aside_at IS NOT NULL) AS set_aside,"
        " (SELECT count(*) FROM reports WHERE closed_at IS NULL) AS open_reports,"
        " (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size) AS size"
        " FROM (SELECT count(*) AS learners, count(unreachable_at) AS unreachable,"
        "   count(*) FILTER (WHERE last_active_on > :week AND unreachable_at IS NULL) AS active FROM learners)"
        "  AS people,"
        " (SELECT"
        "   count(*) FILTER (WHERE purpose = 'daily' AND asked_at >= :day AND message_id IS NOT NULL) AS dailies,"
        "   count(*) FILTER (WHERE rated_at >= :day) AS ratings FROM askings) AS asked",
        {
            "week": (now - ACTIVE_WITHIN).date().isoformat(),
            "day": to_ms(day_began),
            "update": but_update,
        },
    )
    assert row is not None, "a count has a row"
    return Operations(**dict(row))
