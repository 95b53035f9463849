"""Putting an archive into what is there already: nothing newer is lost, and twice is as good as once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from interview.archive.cards import merge_cards, ratings_of
from interview.archive.document import Rows
from interview.archive.kinds import Row, Value
from interview.archive.tables import SETTINGS

_ANSWERED = ("shown_at", "hints", "judged", "judged_rating", "ticked", "skipped_at")
_RATED = ("rating", "rated_at", "rated_on")
_BELOW = 10**16  # more than a thousand for each millisecond until the year 2100


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import writes. Drills and askings that are new here have negative ids, which others refer to.

    `learner` are columns to set; `drills` and `askings` columns to set by id; `cards` are put, new or not;
    `dropped` are questions whose card goes, as every rating of them was taken back; `added` are new rows by table.
    """

    learner: Row
    drills: Mapping[int, Row]
    askings: Mapping[int, Row]
    cards: Sequence[Row]
    dropped: Sequence[str]
    added: Rows

    @property
    def anything(self) -> bool:
        """Whether there is anything to write."""
        parts = (self.learner, self.drills, self.askings, self.cards, self.dropped, *self.added.values())
        return any(parts)


def merge(ours: Rows, theirs: Rows, key: Callable[[str], str], today: date) -> Changes:
    """What makes `ours`, the tables' rows, hold all that `theirs`, a document's, says too.

    What was asked is the same where question, occasion and moment are. Where both know of it ours stands, and
    theirs fills in what ours lacks. A card is taken whole from the side that knows of every rating of its question;
    where neither does, what one side lacks is reviewed anew, with the spacing's `key` of the question.
    """
    drills = _Matching(ours["drills"], theirs["drills"], ("topic", "facet", "started_at", "question_ids"))
    askings = _Matching(ours["askings"], theirs["askings"], ("question_id", "purpose", "asked_at"))
    reviews = _new_reviews(ours, theirs, askings)
    replies = _new_replies(ours, theirs, askings)
    updated = _updated_askings(ours, askings, reviews, replies)
    new_askings = _new_askings(ours, askings, drills)
    after = [{**row, **updated.get(_int(row["id"]), {})} for row in ours["askings"]] + new_askings
    # A pause has moved the cards' due dates: only where all cards are theirs is it theirs too.
    pause_after = None if ours["cards"] else today.isoformat()
    days = [row for row in theirs["kept_days"] if pause_after or str(row["study_day"]) <= today.isoformat()]
    put, dropped = merge_cards(ours, theirs, ratings_of(after), key)
    return Changes(
        learner=_learner(ours["learners"][0], theirs["learners"][0], pause_after=pause_after),
        drills=_filled(drills, ("summed_up_at",)),
        askings=updated,
        cards=put,
        dropped=dropped,
        added={
            "kept_days": _unknown(ours["kept_days"], days, "study_day"),
            "set_aside": _unknown(ours["set_aside"], theirs["set_aside"], "question_id"),
            "bookmarks": _unknown(ours["bookmarks"], theirs["bookmarks"], "question_id"),
            "drills": [{**row, "id": drills.id_of[_int(row["id"])]} for row in drills.new],
            "askings": new_askings,
            "replies": replies,
            "reviews": reviews,
        },
    )


def rated_days(ours: Rows, changes: Changes) -> frozenset[date]:
    """The study days with a rating, once the changes are made."""
    known = [{**row, **changes.askings.get(_int(row["id"]), {})} for row in ours["askings"]]
    rows = [*known, *changes.added["askings"]]
    return frozenset(date.fromisoformat(str(row["rated_on"])) for row in rows if row["rated_on"] is not None)


class _Matching:
    """Which of their rows is which of ours: the n-th of those that look alike is the n-th on the other side."""

    def __init__(self, ours: Sequence[Row], theirs: Sequence[Row], identity: Sequence[str]) -> None:
        known = {number: row for row, number in zip(ours, _numbered(_looks(ours, identity)), strict=True)}
        self.both: list[tuple[Row, Row]] = []
        self.new: list[Row] = []
        self.id_of: dict[int, int] = {}
        for row, number in zip(theirs, _numbered(_looks(theirs, identity)), strict=True):
            match = known.get(number)
            if match is not None:
                self.both.append((match, row))
                self.id_of[_int(row["id"])] = _int(match["id"])
            else:
                self.new.append(row)
                self.id_of[_int(row["id"])] = -len(self.new)


def _looks(rows: Iterable[Row], identity: Sequence[str]) -> list[tuple[Value, ...]]:
    return [tuple(row[name] for name in identity) for row in rows]


def _numbered(looks: Iterable[tuple[Value, ...]]) -> list[tuple[tuple[Value, ...], int]]:
    seen: Counter[tuple[Value, ...]] = Counter()
    numbered = []
    for look in looks:
        numbered.append((look, seen[look]))
        seen[look] += 1
    return numbered


def _learner(ours: Row, theirs: Row, *, pause_after: str | None) -> Row:
    """The columns to set. A pause is taken over if it ends after that day."""
    wanted = {name: theirs[name] for name in SETTINGS if name in theirs}
    joined = [_int(row["joined_at"]) for row in (ours, theirs) if "joined_at" in row]
    had = [str(row["last_daily_on"]) for row in (ours, theirs) if row.get("last_daily_on") is not None]
    paused = theirs.get("paused_until")
    wanted["joined_at"] = min(joined)
    wanted["last_daily_on"] = max(had, default=None)
    active = [str(row["last_active_on"]) for row in (ours, theirs) if row.get("last_active_on") is not None]
    wanted["last_active_on"] = max(active, default=None)
    if paused is not None and pause_after is not None and str(paused) > pause_after:
        wanted["paused_until"] = paused
    return {name: value for name, value in wanted.items() if ours[name] != value}


def _unknown(ours: Sequence[Row], theirs: Sequence[Row], name: str) -> list[Row]:
    known = {row[name] for row in ours}
    return [row for row in theirs if row[name] not in known]


def _filled(matching: _Matching, names: Sequence[str]) -> dict[int, Row]:
    filled = {
        _int(mine["id"]): {n: row[n] for n in names if mine[n] is None and row[n] is not None}
        for mine, row in matching.both
    }
    return {row_id: columns for row_id, columns in filled.items() if columns}


def _new_askings(ours: Rows, askings: _Matching, drills: _Matching) -> list[Row]:
    """Their askings that are new here, with our drills' ids; a slot or place that is taken stays ours."""
    slots: set[Any] = {(row["study_day"], row["slot"]) for row in ours["askings"] if row["slot"] is not None}
    places: set[Any] = {
        (row["drill_id"], row["place"]) for row in ours["askings"] if row["place"] is not None
    }
    new: list[Row] = []
    for row in askings.new:
        drill_id = None if row["drill_id"] is None else drills.id_of[_int(row["drill_id"])]
        slot = None if (row["study_day"], row["slot"]) in slots else row["slot"]
        place = None if (drill_id, row["place"]) in places else row["place"]
        slots.add((row["study_day"], slot))
        places.add((drill_id, place))
        here = {"id": askings.id_of[_int(row["id"])], "drill_id": drill_id, "slot": slot, "place": place}
        new.append({**row, **here})
    return new


def _new_reviews(ours: Rows, theirs: Rows, askings: _Matching) -> list[Row]:
    """The lines of their log that ours has not, oldest first; an asking's own lines keep their order."""
    known = Counter(_line(row) for row in ours["reviews"])
    new: list[Row] = []
    for row in theirs["reviews"]:
        here = {**row, "asking_id": askings.id_of[_int(row["asking_id"])]}
        if known[_line(here)]:
            known[_line(here)] -= 1
        else:
            new.append(here)
    return sorted(new, key=lambda row: _int(row["reviewed_at"]))


def _line(row: Row) -> tuple[Value, ...]:
    return tuple(row[name] for name in ("asking_id", "what", "rating", "study_day", "reviewed_at"))


def _new_replies(ours: Rows, theirs: Rows, askings: _Matching) -> list[Row]:
    """What was typed to askings later than anything of ours.

    Each gets an id in place of a message that is not in this chat: below 0, where none of Telegram's is, and rising.
    """
    known: Counter[tuple[Value, ...]] = Counter(_looks(ours["replies"], ("asking_id", "received_at")))
    newest: dict[Value, int] = {}
    for row in ours["replies"]:
        newest[row["asking_id"]] = max(newest.get(row["asking_id"], 0), _int(row["received_at"]))
    here = [{**row, "asking_id": askings.id_of[_int(row["asking_id"])]} for row in theirs["replies"]]
    numbers = _numbered(_looks(here, ("asking_id", "received_at")))
    return [
        {**row, "message_id": _int(row["received_at"]) * 1_000 + number - _BELOW}
        for row, (look, number) in zip(here, numbers, strict=True)
        if _int(row["received_at"]) >= newest.get(row["asking_id"], 0) and number >= known[look]
    ]


def _updated_askings(
    ours: Rows, askings: _Matching, reviews: Sequence[Row], replies: Sequence[Row]
) -> dict[int, Row]:
    """What changes in askings that both sides know of: theirs counts where it went on."""
    logs: dict[int, list[tuple[Row, bool]]] = {}
    for lines, is_new in ((ours["reviews"], False), (reviews, True)):
        for line in lines:
            logs.setdefault(_int(line["asking_id"]), []).append((line, is_new))
    answered = {row["asking_id"] for row in replies}
    updated: dict[int, Row] = {}
    for mine, row in askings.both:
        row_id = _int(mine["id"])
        changes: dict[str, Value] = {}
        newest, is_new = _newest(logs.get(row_id, []))
        if (
            is_new
            or (row_id in answered and mine["rating"] is None)
            or (_is_merely_asked(mine) and not _is_merely_asked(row))
        ):
            changes |= {name: row[name] for name in _ANSWERED}
        if newest is not None and is_new:
            changes |= _standing(newest)
        changes = {name: value for name, value in changes.items() if mine[name] != value}
        if changes:
            updated[row_id] = changes
    return updated


def _newest(log: Sequence[tuple[Row, bool]]) -> tuple[Row | None, bool]:
    """The newest line, of equally new ones the last, and whether it is new here."""
    if not log:
        return None, False
    return max(enumerate(log), key=lambda line: (_int(line[1][0]["reviewed_at"]), line[0]))[1]


def _is_merely_asked(row: Row) -> bool:
    return row["shown_at"] is None and row["skipped_at"] is None


def _standing(line: Row) -> Row:
    """An asking's rating as the newest line of its log leaves it."""
    if line["what"] == "undone":
        return dict.fromkeys(_RATED)
    return dict(zip(_RATED, (line["rating"], line["reviewed_at"], line["study_day"]), strict=True))


def _int(value: Value) -> int:
    assert isinstance(value, int)
    return value
