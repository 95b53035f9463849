"""A quiz that is over, written straight into the tables: for what is read from many of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from storage.database import Transaction
from storage.moments import to_ms

OPTIONS = ("right one", "wrong one", "other one")

Votes = Mapping[int, int]
"""The option chosen by each person; option 0 is right and brings 80 points, the others bring none."""


async def put_played(
    tx: Transaction,
    group_id: int,
    at: datetime,
    rounds: Sequence[tuple[str, Votes]],
    *,
    starter_id: int = 1001,
    daily_on: str | None = None,
    because: str = "played",
) -> int:
    """A quiz that began then and was over in five minutes; its id. Each round is a question's id with the votes."""
    quiz_id = await tx.insert(
        "INSERT INTO quizzes (group_id, chat_id, starter_id, topic, size, seconds, stage, ended_because,"
        " created_at, started_at, ended_at, daily_on) VALUES (?, ?, ?, 'metrics', ?, 0, 'over', ?, ?, ?, ?, ?)",
        (
            group_id,
            group_id,
            starter_id,
            len(rounds),
            because,
            to_ms(at),
            to_ms(at),
            to_ms(at + timedelta(minutes=5)),
            daily_on,
        ),
    )
    people = sorted({person_id for _, votes in rounds for person_id in votes})
    for person_id in people:
        await tx.execute(
            "INSERT INTO quiz_players (quiz_id, person_id, name, joined_at) VALUES (?, ?, ?, ?)",
            (quiz_id, person_id, f"Person {person_id}" if person_id > 0 else "someone", to_ms(at)),
        )
    for place, (question_id, votes) in enumerate(rounds):
        await tx.execute(
            "INSERT INTO quiz_rounds (quiz_id, place, question_id, options, option_order, right_options, seconds,"
            " opened_at, closed_at) VALUES (?, ?, ?, ?, '0 1 2', '0', 30, ?, ?)",
            (quiz_id, place, question_id, json.dumps(OPTIONS), to_ms(at), to_ms(at + timedelta(seconds=30))),
        )
        for person_id, chosen in votes.items():
            await tx.execute(
                "INSERT INTO quiz_votes (quiz_id, place, person_id, question_id, chosen, voted_at, took, points,"
                " is_right) VALUES (?, ?, ?, ?, ?, ?, 6000, ?, ?)",
                (
                    quiz_id,
                    place,
                    person_id,
                    question_id,
                    chosen,
                    to_ms(at + timedelta(seconds=6)),
                    80 * (chosen == 0),
                    chosen == 0,
                ),
            )
    return quiz_id
