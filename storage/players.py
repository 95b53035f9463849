"""The players' table: people as the groups know them, and what stays of somebody who wants to be forgotten."""

from __future__ import annotations

from sqlite3 import Row

from interview.group import Player
from storage.database import Transaction

SOMEONE = "someone"


async def find(tx: Transaction, group_id: int, person_id: int) -> Player | None:
    """The person in that group, or None where they never played."""
    row = await tx.one("SELECT * FROM players WHERE group_id = ? AND person_id = ?", (group_id, person_id))
    return _player(row) if row else None


async def of_group(tx: Transaction, group_id: int) -> list[Player]:
    """Everybody the group knows."""
    rows = await tx.all("SELECT * FROM players WHERE group_id = ? ORDER BY person_id", (group_id,))
    return [_player(row) for row in rows]


async def of_person(tx: Transaction, person_id: int) -> list[Player]:
    """The person as each group knows them."""
    rows = await tx.all("SELECT * FROM players WHERE person_id = ? ORDER BY group_id", (person_id,))
    return [_player(row) for row in rows]


async def meet(tx: Transaction, group_id: int, person_id: int, name: str) -> Player:
    """The person under the name they have now; alias and the wish to be hidden stay."""
    await tx.execute(
        "INSERT INTO players (group_id, person_id, name) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET name = excluded.name",
        (group_id, person_id, name),
    )
    player = await find(tx, group_id, person_id)
    assert player is not None, "it was just written"
    return player


async def put(tx: Transaction, player: Player) -> None:
    """Write the person as given, new or not."""
    await tx.execute(
        "INSERT OR REPLACE INTO players (group_id, person_id, name, alias, hidden) VALUES (?, ?, ?, ?, ?)",
        (player.group_id, player.person_id, player.name, player.alias, int(player.hidden)),
    )


async def forget(tx: Transaction, person_id: int) -> None:
    """Delete what is theirs; in groups their scores stay under “someone”, in each group another one. Who did not want
    to be seen there is not seen as someone either."""
    hidden_in = {each.group_id for each in await of_person(tx, person_id) if each.hidden}
    await tx.execute("DELETE FROM quizzes WHERE group_id IS NULL AND chat_id = ?", (person_id,))
    await tx.execute("DELETE FROM early_votes WHERE person_id = ?", (person_id,))
    await tx.execute("DELETE FROM players WHERE person_id = ?", (person_id,))
    played = await tx.all(
        "SELECT DISTINCT group_id FROM quizzes JOIN quiz_players ON quiz_players.quiz_id = quizzes.id"
        " WHERE person_id = ? ORDER BY group_id",
        (person_id,),
    )
    for row in played:
        pseudonym = await _rename(tx, row["group_id"], person_id)
        if row["group_id"] in hidden_in:
            await put(tx, Player(row["group_id"], pseudonym, SOMEONE, hidden=True))
    await tx.execute("UPDATE quizzes SET starter_id = 0 WHERE starter_id = ?", (person_id,))
    await tx.execute("UPDATE quiz_dailies SET set_by = 0 WHERE set_by = ?", (person_id,))


async def _rename(tx: Transaction, group_id: int, person_id: int) -> int:
    row = await tx.one("SELECT min(0, min(person_id)) - 1 AS next FROM quiz_players")
    pseudonym = row["next"] if row is not None and row["next"] is not None else -1
    of_group = "quiz_id IN (SELECT id FROM quizzes WHERE group_id = ?)"
    await tx.execute(
        f"UPDATE quiz_players SET person_id = ?, name = ?, taken_at = NULL WHERE person_id = ? AND {of_group}",  # noqa: S608
        (pseudonym, SOMEONE, person_id, group_id),
    )
    for table in ("quiz_votes", "quiz_skips"):
        await tx.execute(
            f"UPDATE {table} SET person_id = ? WHERE person_id = ? AND {of_group}",  # noqa: S608 - names from above
            (pseudonym, person_id, group_id),
        )
    return int(pseudonym)


def _player(row: Row) -> Player:
    return Player(row["group_id"], row["person_id"], row["name"], row["alias"], bool(row["hidden"]))
