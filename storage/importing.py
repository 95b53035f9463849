"""Writing down what an import changes: many rows, few statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from interview.archive.kinds import Row, Value
from interview.archive.merging import Changes
from interview.archive.tables import TABLES
from storage.database import Transaction


async def apply(tx: Transaction, learner_id: int, changes: Changes) -> None:
    """Make the changes; what is new gets ids of its own."""
    drill_ids = await _new_ids(tx, "drills", changes.added["drills"])
    asking_ids = await _new_ids(tx, "askings", changes.added["askings"])
    owner: Row = {"learner_id": learner_id}
    added = changes.added

    await _set(tx, "learners", {learner_id: changes.learner} if changes.learner else {})
    await _set(tx, "drills", changes.drills)
    await _set(tx, "askings", changes.askings)
    await _insert(tx, "kept_days", [{**row, **owner} for row in added["kept_days"]])
    await _insert(tx, "set_aside", [{**row, **owner} for row in added["set_aside"]])
    await _insert(tx, "bookmarks", [{**row, **owner} for row in added["bookmarks"]])
    await _insert(tx, "drills", [{**row, **owner, "id": drill_ids[row["id"]]} for row in added["drills"]])
    await _insert(
        tx,
        "askings",
        [
            {
                **row,
                **owner,
                "id": asking_ids[row["id"]],
                "drill_id": drill_ids.get(row["drill_id"], row["drill_id"]),
            }
            for row in added["askings"]
        ],
    )
    await _insert(tx, "replies", [_about(row, asking_ids) for row in added["replies"]])
    await _insert(tx, "reviews", [{**_about(row, asking_ids), **owner} for row in added["reviews"]])
    await tx.many(
        "DELETE FROM cards WHERE learner_id = ? AND question_id = ?",
        [(learner_id, str(row["question_id"])) for row in changes.cards]
        + [(learner_id, question_id) for question_id in changes.dropped],
    )
    await _insert(tx, "cards", [{**row, **owner} for row in changes.cards])


def _about(row: Row, asking_ids: Mapping[Value, int]) -> Row:
    """The row with its asking's id as it is here."""
    return {**row, "asking_id": asking_ids.get(row["asking_id"], row["asking_id"])}


async def _new_ids(tx: Transaction, table: str, rows: Sequence[Row]) -> dict[Value, int]:
    """An id for each new row, behind every id there ever was, as AUTOINCREMENT would give them."""
    known = await tx.one("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
    last: int = known["seq"] if known else 0
    return {row["id"]: last + number for number, row in enumerate(rows, 1)}


async def _insert(tx: Transaction, table: str, rows: Sequence[Row]) -> None:
    if not rows:
        return
    names = [name for name in (*TABLES[table].columns, *TABLES[table].left_out) if name in rows[0]]
    marks = ", ".join("?" * len(names))
    await tx.many(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608 - names of our own tables
        [[row[name] for name in names] for row in rows],
    )


async def _set(tx: Transaction, table: str, columns: Mapping[int, Row]) -> None:
    alike: dict[tuple[str, ...], list[list[Value]]] = {}
    for row_id, values in columns.items():
        alike.setdefault(tuple(values), []).append([*values.values(), row_id])
    for names, rows in alike.items():
        sets = ", ".join(f"{name} = ?" for name in names)
        await tx.many(f"UPDATE {table} SET {sets} WHERE id = ?", rows)  # noqa: S608 - names of our own tables
