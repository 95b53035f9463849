"""Laws of the archive: it says all there is, and merging loses nothing and does nothing twice."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview import spacing
from interview.archive import document, kinds, merging, ratings
from interview.archive.document import Unreadable
from interview.archive.tables import MERGED, NOT_RESTORED, SETTINGS, TABLES
from interview.card import Card
from interview.rating import Rating

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
QUESTIONS = ["metrics/roc-auc", "nlp/tokens", "llm/attention"]
NOW = BEGIN + timedelta(days=400)
TODAY = NOW.date()


def key(question_id: str) -> str:
    return f"7:{question_id}"


class Life:
    """What the tables hold after some things a learner did."""

    def __init__(self) -> None:
        self.now = BEGIN
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        self.rows["learners"] = [
            {
                "id": 7, "language": "en", "zone": "Europe/Berlin", "zone_chosen": 1, "daily_time": "09:00",
                "role": "everything", "topics": "nlp llm", "level": "middle", "joined_at": _ms(BEGIN),
                "daily_count": 1, "rest_days": "67", "paused_until": None,
                "last_daily_on": None, "next_daily_at": None, "unreachable_at": None,
                "last_active_on": None, "reminders": 1, "reminder_time": "20:00", "last_reminder_on": None,
                "next_reminder_at": None, "streak_goal": 7, "retention": 90, "interview_on": None,
            }
        ]  # fmt: skip

    def does(self, what: str, how: int) -> None:
        match what:
            case "wait":
                self.now += timedelta(hours=how)
            case "ask":
                self._ask(QUESTIONS[how % 3])
            case "type" if self._open():
                asking = self.rows["askings"][-1]
                asking["shown_at"], asking["ticked"], asking["hints"] = _ms(self.now), how, 1
                asking["judged"] = json.dumps([["covered", "ä < b"], ["missed", None]], ensure_ascii=False)
                self._reply(asking["id"], f'words {how}\n"é" <b>')
            case "rate" if self._open():
                self._rate(self.rows["askings"][-1], Rating(how % 4 + 1))
            case "undo" if self.rows["askings"] and self.rows["askings"][-1]["rating"]:
                self._undo(self.rows["askings"][-1])
            case "keep":
                day = (self.now + timedelta(hours=how)).date().isoformat()
                if day not in [row["study_day"] for row in self.rows["kept_days"]] and day <= self._today():
                    self.rows["kept_days"].append({"study_day": day, "because": "jumped"})

    def _today(self) -> str:
        return self.now.date().isoformat()

    def _open(self) -> bool:
        return bool(self.rows["askings"]) and self.rows["askings"][-1]["rating"] is None

    def _ask(self, question_id: str) -> None:
        taken = [row["slot"] for row in self.rows["askings"] if row["study_day"] == self._today()]
        row: dict[str, Any] = dict.fromkeys(TABLES["askings"].columns)
        row |= {"id": len(self.rows["askings"]) + 1, "question_id": question_id, "because": "new", "note": ""}
        row |= {"study_day": self._today(), "asked_at": _ms(self.now), "late": 0, "hints": 0}
        row |= {"purpose": "practice" if 0 in taken else "daily", "slot": None if 0 in taken else 0}
        self.rows["askings"].append(row)
        self.rows["learners"][0]["last_daily_on"] = self._today()

    def _reply(self, asking_id: int, text: str) -> None:
        row = {
            "asking_id": asking_id,
            "text": text,
            "received_at": _ms(self.now),
            "kind": "text",
            "file_id": None,
        }
        self.rows["replies"].append(row)

    def _rate(self, asking: dict[str, Any], rating: Rating) -> None:
        before = _card(self.rows["cards"], asking["question_id"])
        card = spacing.review(before, rating, self.now.date(), key=key(asking["question_id"]))
        self._put(asking["question_id"], card)
        asking |= {"rating": int(rating), "rated_at": _ms(self.now), "rated_on": self._today()}
        asking["shown_at"] = asking["shown_at"] or _ms(self.now)
        self._log(asking, "rated", rating, before)

    def _undo(self, asking: dict[str, Any]) -> None:
        last = [row for row in self.rows["reviews"] if row["asking_id"] == asking["id"]][-1]
        before = None if last["card_before"] is None else _unpacked(last["card_before"])
        self._put(asking["question_id"], before)
        self._log(asking, "undone", Rating(asking["rating"]), before)
        asking |= {"rating": None, "rated_at": None, "rated_on": None}

    def _put(self, question_id: str, card: Card | None) -> None:
        others = [row for row in self.rows["cards"] if row["question_id"] != question_id]
        own = [] if card is None else [{"question_id": question_id, **_row(card)}]
        self.rows["cards"] = sorted([*others, *own], key=lambda row: str(row["question_id"]))

    def _log(self, asking: dict[str, Any], what: str, rating: Rating, before: Card | None) -> None:
        self.rows["reviews"].append({
            "question_id": asking["question_id"], "asking_id": asking["id"], "what": what,
            "rating": int(rating), "study_day": self._today(), "reviewed_at": _ms(self.now),
            "card_before": None if before is None else json.dumps(asdict(before), default=date.isoformat),
        })  # fmt: skip


def lived(*parts: list[tuple[str, int]]) -> dict[str, list[dict[str, Any]]]:
    life = Life()
    for what, how in [each for part in parts for each in part]:
        life.does(what, how)
    return life.rows


def applied(ours: Any, changes: merging.Changes) -> dict[str, list[dict[str, Any]]]:
    """What the tables hold once the changes are made; new ids stay negative."""
    after = {
        name: [dict(row) for row in ours[name]] + [dict(r) for r in changes.added.get(name, [])]
        for name in TABLES
    }
    after["learners"][0] |= changes.learner
    for name, updates in (("drills", changes.drills), ("askings", changes.askings)):
        for row in after[name]:
            row |= updates.get(row["id"], {})
    gone = {row["question_id"] for row in changes.cards} | set(changes.dropped)
    kept = [row for row in after["cards"] if row["question_id"] not in gone]
    after["cards"] = sorted([*kept, *map(dict, changes.cards)], key=lambda row: str(row["question_id"]))
    return after


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _row(card: Card) -> dict[str, Any]:
    return {**asdict(card), "due": card.due.isoformat(), "reviewed_on": card.reviewed_on.isoformat()}


def _unpacked(text: str) -> Card:
    fields = json.loads(text)
    return Card(**{**fields, "due": date.fromisoformat(fields["due"]),
                   "reviewed_on": date.fromisoformat(fields["reviewed_on"])})  # fmt: skip


def _card(rows: list[dict[str, Any]], question_id: str) -> Card | None:
    row = next((row for row in rows if row["question_id"] == question_id), None)
    return (
        None if row is None else _unpacked(json.dumps({k: v for k, v in row.items() if k != "question_id"}))
    )


def _logged(rows: Any) -> Counter[tuple[Any, ...]]:
    asked = {row["id"]: row["asked_at"] for row in rows["askings"]}
    return Counter(
        (row["question_id"], asked[row["asking_id"]], row["what"], row["rating"], row["reviewed_at"])
        for row in rows["reviews"]
    )


def _same_but_ids(rows: Any) -> Any:
    """The rows with their places in the list in place of ids."""
    ids = {row["id"]: number for number, row in enumerate(rows["askings"])}
    return (
        [{**row, "id": ids[row["id"]]} for row in rows["askings"]],
        [{**row, "asking_id": ids[row["asking_id"]]} for row in rows["reviews"]],
        [{**r, "asking_id": ids[r["asking_id"]], "message_id": 0} for r in rows["replies"]],
        rows["cards"],
        rows["kept_days"],
    )


events = st.one_of(
    st.tuples(st.just("ask"), st.integers(0, 2)),
    st.tuples(st.just("type"), st.integers(0, 7)),
    st.tuples(st.just("rate"), st.integers(0, 3)),
    st.tuples(st.sampled_from(["undo", "keep"]), st.just(0)),
    st.tuples(st.just("wait"), st.sampled_from([0, 1, 24, 24, 100, 400])),
)
lives = st.lists(events, max_size=25)


@given(lives)
def test_what_is_written_reads_back_as_it_was(life):
    rows = lived(life)

    assert document.read(document.write(rows, NOW), NOW) == rows


@given(lives, lives)
def test_an_older_export_changes_nothing(before, since):
    assert not merging.merge(lived(before, since), lived(before), key, TODAY).anything


@given(lives, lives)
def test_a_newer_export_brings_an_older_state_up_to_date(before, since):
    older, newer = lived(before), lived(before, since)

    after = applied(older, merging.merge(older, newer, key, TODAY))

    assert _same_but_ids(after) == _same_but_ids(newer)


@given(lives)
def test_into_an_empty_account_an_export_comes_as_it_was(life):
    rows = lived(life)
    empty = lived([])

    after = applied(empty, merging.merge(empty, rows, key, TODAY))

    assert _same_but_ids(after) == _same_but_ids(rows)


@given(lives, lives, lives)
def test_a_second_import_changes_nothing_wherever_the_two_parted(before, here, there):
    ours, theirs = lived(before, here), lived(before, [("wait", 2)], there)

    after = applied(ours, merging.merge(ours, theirs, key, TODAY))

    assert not merging.merge(after, theirs, key, TODAY).anything


@given(lives, lives, lives)
def test_no_line_of_either_log_is_lost_or_doubled(before, here, there):
    ours, theirs = lived(before, here), lived(before, [("wait", 2)], there)

    after = applied(ours, merging.merge(ours, theirs, key, TODAY))

    assert _logged(after) == _logged(ours) | _logged(theirs)


@given(lives, lives, lives)
def test_every_card_counts_every_rating_that_stands(before, here, there):
    ours, theirs = lived(before, here), lived(before, [("wait", 2)], there)

    after = applied(ours, merging.merge(ours, theirs, key, TODAY))

    standing = Counter(row["question_id"] for row in after["askings"] if row["rating"] is not None)
    assert {row["question_id"]: row["reviews"] for row in after["cards"]} == dict(standing)


@given(lives, lives, lives)
def test_no_slot_of_a_day_is_held_twice(before, here, there):
    ours, theirs = lived(before, here), lived(before, [("wait", 2)], there)

    after = applied(ours, merging.merge(ours, theirs, key, TODAY))

    slots = Counter((row["study_day"], row["slot"]) for row in after["askings"] if row["slot"] is not None)
    assert not slots or max(slots.values()) == 1


def test_two_separate_places_count_as_one_that_saw_everything():
    first, later = [("ask", 0), ("rate", 2)], [("wait", 100), ("ask", 0), ("rate", 1)]
    ours = lived([("wait", 100), ("ask", 0), ("rate", 1)])

    after = applied(ours, merging.merge(ours, lived(first), key, TODAY))

    assert after["cards"] == lived(first, later)["cards"]


def test_lines_that_look_alike_are_counted():
    older = lived([("ask", 0), ("rate", 2)])
    newer = lived([("ask", 0), ("rate", 2), ("undo", 0), ("rate", 2)])

    after = applied(older, merging.merge(older, newer, key, TODAY))

    assert [row["what"] for row in after["reviews"]] == ["rated", "undone", "rated"]


def test_a_document_of_cards_alone_is_taken():
    cards = lived([("ask", 0), ("rate", 2)])["cards"]
    theirs = {**lived([]), "cards": cards}

    assert applied(lived([]), merging.merge(lived([]), theirs, key, TODAY))["cards"] == cards


def test_words_older_than_the_answer_here_do_not_come_back():
    older = lived([("ask", 0), ("type", 1)])
    ours = lived([("ask", 0), ("wait", 1), ("type", 2)])

    assert not merging.merge(ours, older, key, TODAY).anything


def test_settings_come_from_the_document_and_what_only_grows_from_both():
    ours, theirs = lived([("ask", 0)]), lived([("wait", 24), ("ask", 0)])
    theirs["learners"][0] |= {"zone": "Asia/Tokyo", "joined_at": _ms(BEGIN) - 5, "language": "ja", "id": 8}

    changes = merging.merge(ours, theirs, key, TODAY).learner

    assert changes == {"zone": "Asia/Tokyo", "joined_at": _ms(BEGIN) - 5, "last_daily_on": "2026-03-03"}


def test_a_pause_is_taken_over_with_the_cards_it_has_moved_and_not_without():
    until = (TODAY + timedelta(days=5)).isoformat()
    paused = lived([("ask", 0), ("rate", 2)])
    paused["learners"][0]["paused_until"] = until
    days = [(TODAY + timedelta(days=ahead)).isoformat() for ahead in range(5)]
    paused["kept_days"] = [{"study_day": day, "because": "paused"} for day in days]
    read = document.read(document.write(paused, NOW), NOW)

    anew = merging.merge(lived([]), read, key, TODAY)
    beside = merging.merge(lived([("ask", 1), ("rate", 2)]), read, key, TODAY)
    late = merging.merge(lived([]), read, key, TODAY + timedelta(days=5))

    assert anew.learner["paused_until"] == until
    assert [row["study_day"] for row in anew.added["kept_days"]] == days
    assert "paused_until" not in beside.learner
    assert [row["study_day"] for row in beside.added["kept_days"]] == days[:1]
    assert "paused_until" not in late.learner


def test_a_document_with_a_few_settings_alone_leaves_the_others():
    theirs = document.from_document(
        {"format": document.FORMAT, "version": 1, "learner": {"level": "senior"}}, NOW
    )

    assert merging.merge(lived([]), theirs, key, TODAY).learner == {"level": "senior"}


def test_every_column_of_the_learner_is_restored_merged_or_said_not_to_be():
    assert set(TABLES["learners"].columns) == {*SETTINGS, *MERGED, *NOT_RESTORED}
    assert len(set(TABLES["learners"].columns)) == len(SETTINGS) + len(MERGED) + len(NOT_RESTORED)


@given(
    st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
),
    st.sampled_from(["version", "learner", "askings", "cards", "reviews", "drills", "kept_days", "set_aside"]),
)  # fmt: skip
def test_whatever_stands_in_a_document_it_is_taken_or_refused_with_a_sentence(value, name):
    whole = document.to_document(lived([("ask", 0), ("type", 1), ("rate", 2)]), NOW)

    for changed in (value, {**whole, name: value}, {**whole, name: [value]}):
        try:
            document.from_document(changed, NOW)
        except Unreadable as unreadable:
            assert str(unreadable).count("\n") == 0  # noqa: PT017
            assert len(str(unreadable)) < 400  # noqa: PT017


@given(
    st.sampled_from([(table, name) for table, each in TABLES.items() for name in each.columns]),
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.lists(st.integers(), max_size=2)
    | st.dictionaries(st.text(max_size=8), st.integers(), max_size=2),
)  # fmt: skip
def test_what_is_read_is_of_the_kind_that_its_column_holds(where, value):
    table, name = where
    kind = TABLES[table].columns[name]

    try:
        read = kind.read(value, NOW)
    except (ValueError, TypeError, OverflowError):
        return

    assert read is None or isinstance(read, int | float | str)
    assert not isinstance(read, bool)


def test_ratings_become_a_table_a_row_each():
    rows = lived([("ask", 0), ("rate", 0), ("undo", 0), ("rate", 2), ("wait", 48), ("ask", 0), ("rate", 3)])

    table = list(csv.DictReader(io.StringIO(ratings.write_ratings(rows).decode())))

    assert [row["rating"] for row in table] == ["1", "3", "4"]
    assert [row["undone"] for row in table] == ["yes", "no", "no"]
    assert [row["days_since_last"] for row in table] == ["", "", "2"]
    assert table[2]["reviewed_at"] == "2026-03-04T09:00:00.000Z"
    assert float(table[2]["stability_before"]) > 0


@pytest.mark.parametrize("ms", [946684800000, 1772442000001, 1772442000999])
def test_moments_keep_their_milliseconds(ms):
    shown = kinds.moment_shown(ms)

    assert shown.endswith("Z")
    assert kinds.MOMENT.read(shown, NOW) == ms
