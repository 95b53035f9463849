"""What a crash leaves: the newest update was carried out and answered, and runs once more at the next start."""

from __future__ import annotations

from tests.fake_chat import Running


async def run_the_last_update_again(running: Running) -> None:
    """End the bot as if it had died before it could mark its last update as done, and start it again."""
    assert running.coach is not None
    async with running.coach._db.transaction() as tx:
        [row] = await tx.all("SELECT max(update_id) AS id FROM inbox")
        await tx.execute(
            "UPDATE inbox SET done_at = NULL, payload = ? WHERE update_id = ?",
            (running.payloads[row["id"]], row["id"]),
        )
    await running.stop()
    await running.start()
    await running.quiet()
