"""What an export's rows say of each question."""

import json
from datetime import date

from interview.archive.flashcards import Learned, Reviewed, first_day, learned
from interview.archive.kinds import Row, Value
from interview.card import Card
from interview.rating import Rating

CARD: dict[str, Value] = {
    "stability": 3.0,
    "difficulty": 5.0,
    "due": "2026-03-12",
    "reviewed_on": "2026-03-03",
    "interval": 9,
    "reviews": 2,
    "lapses": 1,
}


def a_review(asking_id, what, rating, at, interval_before=None, question_id="a/b"):
    before = None if interval_before is None else json.dumps({"interval": interval_before})
    return {"question_id": question_id, "asking_id": asking_id, "what": what, "rating": rating, "reviewed_at": at,
            "card_before": before}  # fmt: skip


def test_intervals_follow_one_another_and_what_was_taken_back_is_left_out():
    rows: dict[str, list[Row]] = {
        "askings": [{"question_id": "a/b"}, {"question_id": "a/c"}, {"question_id": "a/b"}],
        "cards": [{"question_id": "a/b", **CARD}],
        "reviews": [
            a_review(1, "rated", 3, 10),
            a_review(3, "rated", 4, 20, 1),
            a_review(3, "undone", 4, 21, 1),
            a_review(3, "rated", 1, 22, 1),
        ],
    }

    b, c = learned(rows)

    assert (b.question_id, c.question_id) == ("a/b", "a/c")
    assert b.card is not None
    assert b.card.due == date(2026, 3, 12)
    assert b.log == (Reviewed(10, Rating.GOOD, 1, 0), Reviewed(22, Rating.AGAIN, 9, 1))
    assert c == Learned("a/c", None, ())


def test_a_card_without_its_asking_is_there_all_the_same():
    [only] = learned({"askings": [], "cards": [{"question_id": "a/b", **CARD}], "reviews": []})

    assert only.question_id == "a/b"


def test_the_first_day_is_the_earliest_of_all():
    def of(due, reviewed_on):
        return Learned("a/b", Card(1.0, 5.0, due, reviewed_on, 1), ())

    today = date(2026, 3, 10)
    assert first_day([], today) == today
    assert first_day([of(date(2026, 3, 5), date(2026, 3, 4)), of(date(2026, 4, 1), today)], today) == date(
        2026, 3, 4
    )
