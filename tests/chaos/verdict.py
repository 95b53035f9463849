"""What must hold after a run, from what people did, what the box noted, and what the tables say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from sqlite3 import Connection
from typing import Any

from tests.chaos.person import Person
from tests.chaos.processes import Remains

LATE_AT_MOST = timedelta(hours=3)
NOTED_BY_THEMSELVES = ("question", "card", "poll", "told", "results", "text Quiz: ")
"""What the bot owes whether or not an update waits for it."""

MISSED = "missed in a quiz"


@dataclass
class Verdict:
    """What is wrong, a line each, and how much there was of everything."""

    wrong: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {what}" for what, count in self.counts.items())
        return "\n".join([counts, *self.wrong[:40]])


def judge(
    people: Sequence[Person],
    calls: Sequence[dict[str, Any]],
    remains: Sequence[Remains],
    tables: Connection,
    owed: Mapping[tuple[str, date], datetime],
) -> Verdict:
    """Everything at once: answers, ratings, dailies, copies, and that nothing is left lying."""
    copies, lost = _copies(calls, remains)
    verdict = Verdict()
    verdict.wrong += _answers(people, tables)
    verdict.wrong += _ratings(people, tables)
    verdict.wrong += _dailies(people, calls, tables, owed)
    verdict.wrong += [problem for _, problem in copies if problem]
    verdict.wrong += _left(tables)
    befell = Counter(call["befell"] for call in calls if call["befell"])
    verdict.counts = {
        "learners": len(people),
        "answers": sum(len(person.account.answers) for person in people),
        "ratings": sum(len(each) for person in people for each in person.account.ratings.values()),
        "dailies owed": len(owed),
        "calls": len(calls),
        **{f"x {kind}": count for kind, count in sorted(befell.items())},
        "told to wait by the limits": sum(c["status"] == 429 and not c["befell"] for c in calls),
        "acknowledgements lost": lost,
        "copies": len(copies),
    }
    return verdict


def _answers(people: Sequence[Person], tables: Connection) -> Iterator[str]:
    """Each message once, with its text, at the question it answered."""
    kept: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for asking, message, text in tables.execute("SELECT asking_id, message_id, text FROM replies"):
        kept[message].append((asking, text))
    for person in people:
        for message, said in person.account.answers.items():
            found = kept.pop(message, [])
            if found != [said]:
                yield f"{person.name} said {said} in message {message}; kept is {found}"
    for message, found in kept.items():
        yield f"message {message} is kept as an answer, which nobody gave: {found}"


def _ratings(people: Sequence[Person], tables: Connection) -> Iterator[str]:
    """As often rated as decided, the last decision stands, and the cards count the standing ratings alone."""
    lines: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rated = "SELECT asking_id, what, reviews.rating FROM reviews JOIN askings ON askings.id = asking_id"
    for asking, what, rating in tables.execute(f"{rated} WHERE because <> ? ORDER BY reviews.id", (MISSED,)):
        lines[asking].append((what, rating))
    of_theirs = "SELECT id, rating FROM askings WHERE rating IS NOT NULL AND because <> ?"
    standing = dict(tables.execute(of_theirs, (MISSED,)))
    for person in people:
        for asking, decided in person.account.ratings.items():
            expected = [("rated", decided[0])]
            for before, after in pairwise(decided):
                expected += [("undone", before), ("rated", after)]
            if lines.pop(asking, []) != expected or standing.pop(asking, None) != decided[-1]:
                yield f"{person.name} rated asking {asking} {decided}, which is not what was counted"
    for asking in lines.keys() | standing.keys():
        yield f"asking {asking} is rated, which nobody did"
    wrong_cards = tables.execute(
        "SELECT learner_id, question_id, reviews FROM cards WHERE reviews <> (SELECT count(*) FROM askings"
        " WHERE learner_id = cards.learner_id AND question_id = cards.question_id AND rating IS NOT NULL)"
    )
    for learner, question, reviews in wrong_cards:
        yield f"the card of {learner} for {question} counts {reviews} reviews, which is wrong"


def _dailies(
    people: Sequence[Person],
    calls: Sequence[dict[str, Any]],
    tables: Connection,
    owed: Mapping[tuple[str, date], datetime],
) -> Iterator[str]:
    """One on each study day it was owed, which came, and in time."""
    first_sent: dict[int, datetime] = {}
    for call in calls:
        kind, _, asking = call.get("key", "").partition(" ")
        if kind == "question":
            first_sent.setdefault(int(asking), datetime.fromisoformat(call["at"]))
    ids = {person.name: person.id for person in people}
    for (name, day), moment in owed.items():
        rows = tables.execute(
            "SELECT id FROM askings WHERE learner_id = ? AND study_day = ? AND purpose = 'daily'",
            (ids[name], day.isoformat()),
        ).fetchall()
        if len(rows) != 1:
            yield f"{name} has {len(rows)} dailies on {day}"
        elif (sent := first_sent.get(rows[0][0])) is None:
            yield f"the daily of {name} on {day} never came"
        elif not timedelta(minutes=-1) <= sent - moment <= LATE_AT_MOST:
            yield f"the daily of {name} on {day} came at {sent}, not at {moment}"


def _copies(calls: Sequence[dict[str, Any]], remains: Sequence[Remains]) -> tuple[list[tuple[str, str]], int]:
    """Each message that was sent again for the same thing, with what is wrong about it; lost acknowledgements."""
    sent: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number, call in enumerate(calls):
        if "message" in call:
            sent[call["chat"], call["key"]].append(number)
    lost = {n for numbers in sent.values() for n in numbers if _was_lost(calls[n], n, None, remains)}
    copies = []
    for (chat, key), numbers in sent.items():
        for before, again in pairwise(numbers):
            what = f"{key} in chat {chat}, calls {before} and {again}"
            fine = _was_lost(calls[before], before, again, remains)
            copies.append((what, "" if fine else f"a copy without a lost acknowledgement: {what}"))
    return copies, len(lost)


def _was_lost(call: Mapping[str, Any], number: int, again: int | None, remains: Sequence[Remains]) -> bool:
    """Whether the bot did not hear of a message that it sent, or died before it could write that down."""
    if call["befell"] == "lost_reply":
        return True
    for left in remains:
        if number < left.calls and (again is None or left.calls <= again):
            noted = (call["chat"], call["message"]) in left.noted
            if again is None and any(later.calls < left.calls and number < later.calls for later in remains):
                continue  # the first death after it tells
            if call["key"].startswith(NOTED_BY_THEMSELVES):
                return not noted
            return not noted and call["chat"] in left.undone
    return False


def _left(tables: Connection) -> Iterator[str]:
    for what, where in (
        ("is unfinished", "done_at IS NULL AND set_aside_at IS NULL"),
        ("was set aside", "set_aside_at IS NOT NULL"),
        ("failed", "failures > 0"),
    ):
        for update_id, error in tables.execute(f"SELECT update_id, error FROM inbox WHERE {where}"):
            yield f"update {update_id} {what} ({error})"
    for (asking,) in tables.execute("SELECT id FROM askings WHERE send_after IS NOT NULL"):
        yield f"asking {asking} still waits to be sent"
    for learner, cause, count in tables.execute(
        "SELECT learner_id, caused_by, count(*) FROM askings WHERE caused_by IS NOT NULL"
        " GROUP BY 1, 2 HAVING count(*) > 1"
    ):
        yield f"update {cause} of {learner} put {count} questions"
