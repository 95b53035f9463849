"""A write that changes nothing and goes to the disk like any other: whether the file takes one."""

from __future__ import annotations

from storage.database import Transaction


async def touch(tx: Transaction) -> None:
    """Write the number of the schema again; the end of the transaction says `Stuck` where nothing can be written."""
    row = await tx.one("SELECT user_version FROM pragma_user_version")
    assert row is not None, "every file has one"
    await tx.execute(f"PRAGMA user_version = {int(row['user_version'])}")
