"""The cards' table: what each learner remembers of each question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from sqlite3 import Row

from interview.card import Card
from storage.database import Transaction


async def find(tx: Transaction, learner_id: int, question_id: str) -> Card | None:
    """The card, or None for a question the learner has never rated."""
    row = await tx.one(
        "SELECT * FROM cards WHERE learner_id = ? AND question_id = ?", (learner_id, question_id)
    )
    return _card(row) if row else None


async def of_learner(tx: Transaction, learner_id: int) -> Mapping[str, Card]:
    """All cards of a learner, by question id."""
    return _Cards(await tx.all("SELECT * FROM cards WHERE learner_id = ?", (learner_id,)))


async def due(tx: Transaction, learner_id: int, today: date) -> Mapping[str, Card]:
    """The cards due by study day `today`, by question id."""
    rows = await tx.all(
        "SELECT * FROM cards WHERE learner_id = ? AND due <= ?", (learner_id, today.isoformat())
    )
    return {row["question_id"]: _card(row) for row in rows}


async def put(tx: Transaction, learner_id: int, question_id: str, card: Card) -> None:
    """Write the card as given, new or not."""
    await tx.execute(
        "INSERT OR REPLACE INTO cards (learner_id, question_id, stability, difficulty, due, reviewed_on, interval,"
        " reviews, lapses) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            learner_id,
            question_id,
            card.stability,
            card.difficulty,
            card.due.isoformat(),
            card.reviewed_on.isoformat(),
            card.interval,
            card.reviews,
            card.lapses,
        ),
    )


async def postpone(tx: Transaction, learner_id: int, days: int) -> None:
    """Move the due dates of all cards of a learner by so many days, back where negative."""
    await tx.execute(
        "UPDATE cards SET due = date(due, ?) WHERE learner_id = ?", (f"{days:+d} days", learner_id)
    )


async def remove(tx: Transaction, learner_id: int, question_id: str) -> None:
    """Forget one card, as if the question had never been rated."""
    await tx.execute("DELETE FROM cards WHERE learner_id = ? AND question_id = ?", (learner_id, question_id))


class _Cards(Mapping[str, Card]):
    """Each card is made when somebody looks at it: who chooses something new looks at none of hundreds."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = {row["question_id"]: row for row in rows}
        self._made: dict[str, Card] = {}

    def __getitem__(self, question_id: str) -> Card:
        if question_id not in self._made:
            self._made[question_id] = _card(self._rows[question_id])
        return self._made[question_id]

    def __contains__(self, question_id: object) -> bool:
        return question_id in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _card(row: Row) -> Card:
    return Card(
        stability=row["stability"],
        difficulty=row["difficulty"],
        due=date.fromisoformat(row["due"]),
        reviewed_on=date.fromisoformat(row["reviewed_on"]),
        interval=row["interval"],
        reviews=row["reviews"],
        lapses=row["lapses"],
    )
