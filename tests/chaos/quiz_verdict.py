"""What must hold of the quizzes of a run: recounted from the votes that Telegram took, and what people did."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from sqlite3 import Connection, Row
from typing import Any

from tests.chaos.person import Person
from tests.chaos.study_group import StudyGroup
from tests.quiz_words import standings_in

NEAR = timedelta(seconds=1)  # two clocks that follow each other
A_STEP = timedelta(seconds=21)  # by which the one may be ahead while it is walked
LATE_AT_MOST = timedelta(hours=1)
ENDS = ("played", "stopped", "silence", "nobody")

Ballots = Mapping[tuple[int, int], Sequence[dict[str, Any]]]
"""The polls of each question of each quiz: one, and where its acknowledgement was lost another."""


@dataclass(frozen=True)
class Quizzing:
    """All that is known of the quizzes of a run."""

    groups: Sequence[StudyGroup]
    people: Sequence[Person]
    polls: Sequence[dict[str, Any]]
    calls: Sequence[dict[str, Any]]
    tables: Connection
    owed: Mapping[tuple[int, date], datetime]

    @property
    def ballots(self) -> Ballots:
        found: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
        for poll in self.polls:
            found[poll["quiz"], poll["place"]].append(poll)
        return found

    def rows(self, sql: str, *given: Any) -> list[Row]:
        cursor = self.tables.cursor()
        cursor.row_factory = Row
        return cursor.execute(sql, given).fetchall()

    def points(self, quizzes: Sequence[int]) -> dict[int, int]:
        """Each person's in those quizzes."""
        sums: Counter[int] = Counter()
        for row in self.rows("SELECT quiz_id, person_id, points FROM quiz_votes"):
            if row["quiz_id"] in quizzes:
                sums[row["person_id"]] += row["points"]
        return dict(sums)


def judge_quizzes(known: Quizzing) -> tuple[list[str], dict[str, int]]:
    """What is wrong, a line each, and how much there was."""
    wrong = [
        *_votes(known),
        *_ends(known),
        *_results(known),
        *_boards(known),
        *_dailies(known),
        *_mistakes(known),
    ]
    votes = [vote for poll in known.polls for vote in poll["votes"]]
    did = sum((group.did for group in known.groups), Counter[str]())
    counts = {
        "quizzes": len(known.rows("SELECT id FROM quizzes WHERE started_at IS NOT NULL")),
        "daily quizzes owed": len(known.owed),
        "questions in quizzes": len(known.ballots),
        "polls": len(known.polls),
        "votes cast": len(votes),
        "votes counted": len(known.rows("SELECT 1 FROM quiz_votes")),
        "reviews of mistakes": sum(len(person.account.taken) for person in known.people),
        **{name: count for name, count in sorted(did.items()) if name != "votes"},
    }
    return wrong, counts


def _votes(known: Quizzing) -> Iterator[str]:
    """Whoever voted in time is counted once, for what they chose, with the points that are due for it."""
    counted = {
        (row["quiz_id"], row["place"], row["person_id"]): row
        for row in known.rows("SELECT * FROM quiz_votes")
    }
    rounds = {(row["quiz_id"], row["place"]): row for row in known.rows("SELECT * FROM quiz_rounds")}
    for (quiz, place), polls in known.ballots.items():
        asked = rounds.get((quiz, place))
        if asked is None:
            yield f"question {place} of quiz {quiz} was put and is not written down"
            continue
        cast: dict[int, list[tuple[int, datetime, dict[str, Any]]]] = defaultdict(list)
        for poll in polls:
            for person, option, at in poll["votes"]:
                cast[person].append((option, datetime.fromisoformat(at), poll))
        for person, chosen in cast.items():
            row = counted.pop((quiz, place, person), None)
            what = f"the vote of {person} on question {place} of quiz {quiz}"
            if row is None:
                if any(_counts(asked, at, poll) for _, at, poll in chosen):
                    yield f"{what} is lost: {[(option, at.isoformat()) for option, at, _ in chosen]}"
            elif row["chosen"] not in [option for option, _, _ in chosen]:
                yield f"{what} was for {[option for option, _, _ in chosen]}, not for {row['chosen']}"
            else:
                yield from _pays(what, row, asked, chosen)
    for key in counted:
        yield f"the vote {key} is counted, which nobody cast"


def _counts(asked: Row, at: datetime, poll: dict[str, Any]) -> bool:
    """Whether a vote must be counted: in the poll that is known always; in one whose acknowledgement was lost where
    the question was left to its end, so that Telegram told of it."""
    if poll["id"] == asked["poll_id"]:
        return True
    stopped = asked["stopped_at"]
    return stopped is not None and datetime.fromisoformat(poll["closed"] or "9999-01-01T00:00Z") <= _at(
        stopped
    )


def _pays(
    what: str, row: Row, asked: Row, cast: Sequence[tuple[int, datetime, dict[str, Any]]]
) -> Iterator[str]:
    """Right: 100 points at once, down to 50 at the end, and 75 at most where it came while we were away."""
    voted, opened = _at(row["voted_at"]), _at(asked["opened_at"])
    _, at, poll = min((each for each in cast if each[0] == row["chosen"]), key=lambda each: each[1])
    if voted < at - A_STEP:
        yield f"{what} was cast at {at} and arrived at {voted}"
    if poll["id"] == asked["poll_id"] and opened < datetime.fromisoformat(poll["sent"]) - A_STEP:
        yield f"question {row['place']} of quiz {row['quiz_id']} counts from {opened}, and was sent at {poll['sent']}"
    lasts = timedelta(seconds=asked["seconds"])
    took = min(max(voted - opened, timedelta()), lasts)
    right = row["chosen"] in poll["correct"]
    due = {_worth(right, took / lasts), _worth(right, max(took / lasts, 0.5))}
    if took < timedelta(seconds=2) and not right:
        due.add(-25)
    if bool(row["is_right"]) != right or row["points"] not in due:
        yield f"{what} brought {row['points']}, not one of {sorted(due)}"


def _worth(right: bool, share: float) -> int:
    return round(100 * (1 - share / 2)) if right else 0


def _ends(known: Quizzing) -> Iterator[str]:
    """Each quiz ends once; in one chat they follow each other; no question has more polls than it may have."""
    told = Counter(call["key"] for call in known.calls if call.get("key", "").startswith("results "))
    by_chat: dict[int, list[Row]] = defaultdict(list)
    for quiz in known.rows("SELECT * FROM quizzes ORDER BY id"):
        by_chat[quiz["chat_id"]].append(quiz)
        if quiz["stage"] != "over" or quiz["ended_because"] not in ENDS or quiz["next_at"] is not None:
            yield f"quiz {quiz['id']} is {quiz['stage']} ({quiz['ended_because']})"
        started = quiz["started_at"] is not None
        if bool(told[f"results {quiz['id']}"]) != started or (quiz["results_message_id"] is None) == started:
            yield f"quiz {quiz['id']} was {'' if started else 'not '}started, its results were said otherwise"
    for quizzes in by_chat.values():
        for before, after in pairwise(quizzes):
            if before["ended_at"] is None or after["created_at"] < before["ended_at"]:
                yield f"quiz {after['id']} began before quiz {before['id']} was over"
    for early in known.rows("SELECT poll_id FROM early_votes"):
        poll = next((poll for poll in known.polls if poll["id"] == early["poll_id"]), None)
        if poll is None:
            yield f"a vote is kept for poll {early['poll_id']}, which there is not"


def _results(known: Quizzing) -> Iterator[str]:
    """The results that people read are those of the votes."""
    for group in known.groups:
        for quiz, (text, _) in group.results.items():
            yield from _reads(known, f"the results of quiz {quiz}", text, known.points([quiz]))


def _boards(known: Quizzing) -> Iterator[str]:
    """So is the board of all time."""
    for group in known.groups:
        rows = known.rows("SELECT id FROM quizzes WHERE chat_id = ?", group.id)
        for text in group.boards:
            due = known.points([row["id"] for row in rows])
            yield from _reads(known, f"the board of {group.name}", text, due)


def _reads(known: Quizzing, what: str, text: str, due: Mapping[int, int]) -> Iterator[str]:
    """Names and points; those who share a rank may stand with one number on a board."""
    names = {row["person_id"]: row["name"] for row in known.rows("SELECT person_id, name FROM quiz_players")}
    expected = {names[person]: points for person, points in due.items()}
    if not expected or max(expected.values()) <= 0:
        return  # then there are no ranks
    found = standings_in(text)
    missing = {name: points for name, points in expected.items() if found.get(name) != points}
    if missing:
        yield f"{what} says {text!r}, where {missing} is due"


def _dailies(known: Quizzing) -> Iterator[str]:
    """One on each day that it was owed, soon, and none besides."""
    had = Counter(
        (row["chat_id"], date.fromisoformat(row["daily_on"]))
        for row in known.rows("SELECT chat_id, daily_on FROM quizzes WHERE daily_on IS NOT NULL")
    )
    for key in had.keys() | known.owed.keys():
        if had[key] != (key in known.owed):
            yield f"group {key[0]} had {had[key]} daily quizzes on {key[1]}"
    for (chat, day), moment in known.owed.items():
        for row in known.rows(
            "SELECT started_at FROM quizzes WHERE chat_id = ? AND daily_on = ?", chat, day.isoformat()
        ):
            if not -NEAR <= _at(row["started_at"]) - moment <= LATE_AT_MOST:
                yield f"the daily quiz of {day} began at {_at(row['started_at'])}, not at {moment}"


def _mistakes(known: Quizzing) -> Iterator[str]:
    """Whoever wanted what they missed among their cards has it there, once; nobody else has."""
    for person in known.people:
        due = Counter(
            row["question_id"]
            for quiz in person.account.taken
            for row in known.rows(
                "SELECT question_id FROM quiz_votes WHERE quiz_id = ? AND person_id = ? AND is_right = 0",
                quiz,
                person.id,
            )
        )
        had = Counter(
            row["question_id"]
            for row in known.rows(
                "SELECT askings.question_id FROM askings JOIN reviews ON reviews.asking_id = askings.id"
                " WHERE what = 'rated' AND askings.learner_id = ? AND because = 'missed in a quiz'"
                " AND askings.rating = 1",
                person.id,
            )
        )
        if due != had:
            yield f"{person.name} took {sorted(person.account.taken)} home: {due} is due, there is {had}"


def _at(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
