"""The groups' table: the study chats we are or were in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from sqlite3 import Row

from interview.group import Group, WhoMayStart
from interview.lost_zones import zone_of
from storage.database import Transaction
from storage.moments import from_ms, to_ms


async def find(tx: Transaction, group_id: int) -> Group | None:
    """The group, or None for one we never met."""
    row = await tx.one("SELECT * FROM groups WHERE id = ?", (group_id,))
    return _group(row) if row else None


async def get(tx: Transaction, group_id: int) -> Group:
    """The group, which we must have met; LookupError otherwise."""
    group = await find(tx, group_id)
    if group is None:
        raise LookupError(f"no group {group_id}")
    return group


async def meet(tx: Transaction, group_id: int, title: str, now: datetime) -> Group:
    """The group as it is called now, met with this if it was not before."""
    await tx.execute(
        "INSERT INTO groups (id, title, joined_at) VALUES (?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET title = excluded.title",
        (group_id, title, to_ms(now)),
    )
    return await get(tx, group_id)


async def put(tx: Transaction, group: Group) -> None:
    """Write the group, which we have met, as given."""
    await tx.execute(
        "UPDATE groups SET title = ?, zone = ?, zone_chosen = ?, who_may_start = ?, left_at = ?, is_admin = ?,"
        " welcomed_at = ?, menu_message_id = ?, digest_on = ? WHERE id = ?",
        (
            group.title,
            group.zone.key,
            int(group.zone_chosen),
            group.who_may_start,
            None if group.left_at is None else to_ms(group.left_at),
            int(group.is_admin),
            None if group.welcomed_at is None else to_ms(group.welcomed_at),
            group.menu_message_id,
            group.digest_on,
            group.id,
        ),
    )


async def migrate(tx: Transaction, old_id: int, new_id: int) -> None:
    """The group has become a supergroup with another id, and keeps everything; done twice it changes nothing.

    Where the new id was met first, by what was said there meanwhile, all of that joins what the old one had.
    """
    old, new = await find(tx, old_id), await find(tx, new_id)
    if old is None:
        return
    if new is not None:
        if (new.joined_at, new.welcomed_at is None) < (old.joined_at, old.welcomed_at is None):
            # it had moved already, and what was said where it was met it there as if for the first time
            await put(tx, replace(new, id=old_id))
        await _join(tx, old_id, new_id)
    await tx.execute("UPDATE groups SET id = ?, left_at = NULL WHERE id = ?", (new_id, old_id))
    # messages and their ids stay behind in the old chat; what stands there can be edited no more
    await tx.execute(
        "UPDATE quizzes SET chat_id = ?, card_message_id = NULL, card_stale = 0,"
        " next_at = CASE WHEN stage <> 'over' THEN 0 END WHERE chat_id = ?",
        (new_id, old_id),
    )
    await tx.execute(
        "UPDATE quiz_rounds SET poll_message_id = NULL WHERE told_at IS NULL"
        " AND quiz_id IN (SELECT id FROM quizzes WHERE chat_id = ?)",
        (new_id,),
    )
    await tx.execute("UPDATE groups SET menu_message_id = NULL WHERE id = ?", (new_id,))


async def _join(tx: Transaction, old_id: int, new_id: int) -> None:
    """What the new id has becomes the old one's; where both have something in one place, the newer stands."""
    await tx.execute(
        "UPDATE quizzes SET stage = 'over', next_at = NULL, ended_because = 'stopped' WHERE group_id = ?"
        " AND stage <> 'over' AND thread_id IN (SELECT thread_id FROM quizzes WHERE group_id = ? AND stage <> 'over')",
        (old_id, new_id),
    )
    await tx.execute("UPDATE OR REPLACE players SET group_id = ? WHERE group_id = ?", (old_id, new_id))
    await tx.execute("UPDATE OR REPLACE quiz_dailies SET group_id = ? WHERE group_id = ?", (old_id, new_id))
    await tx.execute(
        "UPDATE OR IGNORE quizzes SET group_id = ?, chat_id = ? WHERE group_id = ?", (old_id, new_id, new_id)
    )
    await tx.execute("DELETE FROM groups WHERE id = ?", (new_id,))


def _group(row: Row) -> Group:
    return Group(
        id=row["id"],
        title=row["title"],
        zone=zone_of(row["zone"]),
        zone_chosen=bool(row["zone_chosen"]),
        who_may_start=WhoMayStart(row["who_may_start"]),
        joined_at=from_ms(row["joined_at"]),
        left_at=None if row["left_at"] is None else from_ms(row["left_at"]),
        is_admin=bool(row["is_admin"]),
        welcomed_at=None if row["welcomed_at"] is None else from_ms(row["welcomed_at"]),
        menu_message_id=row["menu_message_id"],
        digest_on=row["digest_on"],
    )
