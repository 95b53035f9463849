"""The operator's figures, for which everybody waits: no table is gone through twice."""

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from storage import operations
from storage.database import Database

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


async def test_the_figures_go_through_each_table_once(tmp_path: Path) -> None:
    said: list[str] = []
    async with await Database.open(tmp_path / "coach.sqlite3") as database, database.transaction() as tx:
        await database._connection.set_trace_callback(said.append)
        figures = await operations.count(tx, NOW, day_began=NOW, but_update=1)
        await database._connection.set_trace_callback(lambda _: None)
        [sql] = [each for each in said if each.startswith("SELECT ")]
        plan = [row["detail"] for row in await tx.all(f"EXPLAIN QUERY PLAN {sql}")]

    assert (figures.learners, figures.dailies, figures.ratings) == (0, 0, 0)
    scans = Counter(match[1] for step in plan if (match := re.match(r"SCAN (learners|askings)\b", step)))
    assert scans == {"learners": 1, "askings": 1}
