"""Tasks cancelled wherever it hurts: each one's write is whole or never was, and the database goes on."""

import asyncio
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.database import Database, Transaction

TASKS = 4_800
AT_ONCE = 8


class Misstep(Exception):
    """What a task may raise by itself."""


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_pairs.sql").write_text(
        "CREATE TABLE pairs (n INTEGER NOT NULL, half TEXT NOT NULL, PRIMARY KEY (n, half)) STRICT;"
    )
    return folder


def myself() -> asyncio.Task[None]:
    task = asyncio.current_task()
    assert task is not None
    return task


def cancel_after(turns: int, task: asyncio.Task[None]) -> None:
    """Cancel a task after that many turns of the loop, wherever it stands by then."""
    if turns and not task.done():
        asyncio.get_running_loop().call_soon(cancel_after, turns - 1, task)
    else:
        task.cancel()


IN_THE_THREAD = "INSERT INTO pairs SELECT ?, ?"
ON_THE_SPOT = "INSERT INTO pairs VALUES (?, ?)"


async def put(database: Database, n: int, steps: list[str], insert: str = IN_THE_THREAD) -> None:
    """Write two rows; before each step there may be a cancellation waiting, so that it strikes inside the step."""

    def at(step: str) -> None:
        if step in steps:
            myself().cancel()

    at("begin")
    async with database.transaction() as tx:
        at("first")
        await tx.execute(insert, (n, "first"))
        at("second")
        await tx.execute(insert, (n, "second"))
        if "misstep" in steps:
            at("rollback")
            raise Misstep
        at("commit")


async def look(tx: Transaction) -> dict[int, int]:
    return {
        row["n"]: row["halves"] for row in await tx.all("SELECT n, count(*) AS halves FROM pairs GROUP BY n")
    }


@pytest.mark.parametrize("step", ["begin", "first", "second", "commit", "misstep rollback"])
async def test_a_cancellation_at_each_step_leaves_all_or_nothing(
    tmp_path: Path, migrations: Path, step: str
) -> None:
    async with await Database.open(tmp_path / "bot.db", migrations) as database:
        task = asyncio.create_task(put(database, 1, step.split()))
        await asyncio.wait({task})

        assert task.cancelled()
        async with database.transaction() as tx:
            assert await look(tx) == ({1: 2} if step == "commit" else {})
        await put(database, 2, [])


@pytest.mark.parametrize("step", ["begin", "first", "second", "commit", "misstep rollback"])
async def test_a_cancellation_between_steps_done_on_the_spot_leaves_all_or_nothing(
    tmp_path: Path, migrations: Path, step: str
) -> None:
    async with await Database.open(tmp_path / "bot.db", migrations) as database:
        task = asyncio.create_task(put(database, 1, step.split(), ON_THE_SPOT))
        await asyncio.wait({task})

        # nothing waits between the first row and the commit, so that nothing is cut short there
        assert task.cancelled() or step == "misstep rollback"
        async with database.transaction() as tx:
            assert await look(tx) == ({1: 2} if step in ("first", "second", "commit") else {})
        await put(database, 2, [])


async def test_a_task_cancelled_twice_ends_no_sooner_than_its_transaction(
    tmp_path: Path, migrations: Path
) -> None:
    async def busy(database: Database) -> None:
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO pairs VALUES (1, 'first')")
            cancel_after(20, myself())
            myself().cancel()
            await tx.all(
                "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 400000) SELECT max(x) FROM c"
            )

    async with await Database.open(tmp_path / "bot.db", migrations) as database:
        task = asyncio.create_task(busy(database))
        await asyncio.wait({task})

        assert task.cancelled()
        with closing(sqlite3.connect(tmp_path / "bot.db", timeout=0, isolation_level=None)) as outside:
            outside.execute("BEGIN IMMEDIATE")
            outside.rollback()


def plan(chance: random.Random) -> tuple[list[str], list[int]]:
    """What a task does to itself, and after how many turns of the loop it is cancelled from outside."""
    outside = [chance.randrange(300) for _ in range(chance.randint(1, 2))]
    match chance.choices(["alone", "failing", "outside", "inside", "both"], [8, 8, 6, 39, 39])[0]:
        case "alone":
            return [], []
        case "failing":
            return ["misstep"], []
        case "outside":
            return [], outside
        case kind:
            steps = chance.choice(["begin", "first", "second", "commit", "misstep rollback"]).split()
            return steps, outside if kind == "both" else []


async def test_thousands_of_random_cancellations_leave_nothing_half_done(
    tmp_path: Path, migrations: Path
) -> None:
    chance = random.Random(20261120)
    ended = {"done": 0, "cancelled": 0, "failed": 0}
    async with await Database.open(tmp_path / "bot.db", migrations) as database:
        for start in range(0, TASKS, AT_ONCE):
            tasks = {}
            for n in range(start, start + AT_ONCE):
                steps, turns = plan(chance)
                insert = ON_THE_SPOT if n % 4 == 0 else IN_THE_THREAD
                tasks[n] = asyncio.create_task(put(database, n, steps, insert))
                for number in turns:
                    cancel_after(number, tasks[n])
            await asyncio.wait(tasks.values())

            async with database.transaction() as tx:
                halves = await look(tx)
                await tx.execute("DELETE FROM pairs")
            for n, task in tasks.items():
                if task.cancelled():
                    ended["cancelled"] += 1
                    assert halves.get(n) in {None, 2}, f"task {n} left half of its work"
                elif isinstance(task.exception(), Misstep):
                    ended["failed"] += 1
                    assert n not in halves, f"task {n} failed and yet wrote"
                else:
                    ended["done"] += 1
                    assert task.exception() is None
                    assert halves.get(n) == 2, f"task {n} was done and its work is gone"

    assert sum(ended.values()) == TASKS
    assert ended["cancelled"] >= 3_000, ended
    assert min(ended.values()) >= 250, ended
