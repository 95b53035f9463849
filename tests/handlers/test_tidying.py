"""The inbox forgets what was dealt with two days ago, however much that is."""

from bot.tidying import PRUNED_AT_ONCE
from storage.moments import to_ms


async def test_a_busy_day_is_forgotten_as_a_whole(running, chat):
    await chat.starts()
    then = to_ms(running.clock.now())
    async with running.coach._db.transaction() as tx:
        await tx.many(
            "INSERT INTO inbox (update_id, chat_id, payload, received_at, done_at) VALUES (?, 1, '', ?, ?)",
            [(-number, then, then) for number in range(1, 2 * PRUNED_AT_ONCE + 8)],
        )
        await tx.execute(
            "INSERT INTO inbox (update_id, chat_id, payload, received_at) VALUES (-999999, 1, '{}', ?)",
            (then,),
        )

    await chat.waits(days=2.5)
    assert [
        row["update_id"] for row in await chat.rows("SELECT update_id FROM inbox WHERE update_id < 0")
    ] == [-999999]


async def test_what_is_younger_than_two_days_stays(chat):
    await chat.starts()
    before = len(await chat.rows("SELECT * FROM inbox"))
    await chat.waits(days=1.9)

    assert len(await chat.rows("SELECT * FROM inbox")) >= before
