from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.card import Card
from interview.learning import Learning
from interview.question import Kind, Level, Question
from interview.selection import Because, Choice, Reason, choose, drill, due, easier
from interview.spacing import recall

TODAY = date(2026, 11, 20)
TOPICS = ("metrics", "statistics", "llm", "mlops", "coding")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def question(topic: str, name: object, level: Level = Level.MIDDLE, facet: str = "any") -> Question:
    return Question(
        id=f"{topic}/{name}",
        topic=topic,
        facet=facet,
        level=level,
        kind=Kind.DEFINITION,
        stem="?",
        answer=".",
        key_points=(),
    )


def card(due_in: int = 10, reviewed: int = 20, stability: float = 30.0) -> Card:
    return Card(
        stability=stability,
        difficulty=5.0,
        due=ago(-due_in),
        reviewed_on=ago(reviewed),
        interval=due_in + reviewed,
    )


def bank(size: int = 10, topics: tuple[str, ...] = TOPICS) -> list[Question]:
    return [question(topic, n) for topic in topics for n in range(size)]


def draws(questions: list[Question], learning: Learning, times: int = 400) -> list[Choice]:
    chance = random.Random(7)
    found = [choose(questions, learning, TODAY, chance) for _ in range(times)]
    return [choice for choice in found if choice is not None]


def topic_of(choice: Choice) -> str:
    return choice.question_id.split("/")[0]


def test_a_due_review_goes_before_anything_new() -> None:
    learning = Learning(cards={"llm/3": card(due_in=0)})

    assert {choice.question_id for choice in draws(bank(), learning, 20)} == {"llm/3"}


def test_the_least_remembered_review_comes_first() -> None:
    cards = {
        "llm/1": card(due_in=-9, stability=60),
        "llm/2": card(due_in=0, stability=9),
        "llm/3": card(due_in=0, stability=20),
    }

    assert due(bank(), Learning(cards=cards), TODAY) == ("llm/2", "llm/3", "llm/1")


def test_a_choice_says_in_figures_why() -> None:
    learning = Learning(
        cards={"metrics/3": card(due_in=-2, reviewed=12, stability=10)}, topic_recall={"metrics": 0.54}
    )

    choice = choose(bank(), learning, TODAY, random.Random(1))

    assert choice == Choice(
        "metrics/3",
        Because(
            Reason.DUE,
            "metrics",
            recall=recall(learning.cards["metrics/3"], TODAY),
            overdue=2,
            topic_recall=0.54,
            weak=True,
            seen_days_ago=12,
        ),
    )


def test_between_equal_reviews_the_topic_changes() -> None:
    cards = {"llm/1": card(due_in=0), "metrics/1": card(due_in=0)}

    for last, first in (("llm", "metrics/1"), ("metrics", "llm/1")):
        assert due(bank(), Learning(cards=cards, last_topic=last), TODAY)[0] == first


def test_a_review_skipped_today_gives_way_to_something_new() -> None:
    learning = Learning(cards={"llm/3": card(due_in=0)}, last_seen={"llm/3": TODAY})

    choice = choose(bank(), learning, TODAY, random.Random(1))

    assert choice is not None
    assert choice.because.reason is Reason.NEW
    assert due(bank(), learning, TODAY) == ("llm/3",)


def test_what_was_seen_within_a_week_is_not_put_again() -> None:
    questions = bank(size=2)
    last_seen = {"llm/0": ago(6), "llm/1": ago(7), "coding/0": ago(0), "mlops/0": ago(1)}

    chosen = {choice.question_id for choice in draws(questions, Learning(last_seen=last_seen))}

    assert chosen == {one.id for one in questions} - {"llm/0", "coding/0", "mlops/0"}


def test_what_is_due_comes_back_however_lately_it_was_seen() -> None:
    learning = Learning(cards={"llm/3": card(due_in=0, reviewed=1)}, last_seen={"llm/3": ago(1)})

    choice = choose(bank(), learning, TODAY, random.Random(1))

    assert choice is not None
    assert choice.question_id == "llm/3"


@pytest.mark.parametrize("waiting, something_new", [(15, True), (16, False)])
def test_over_a_backlog_of_fifteen_nothing_new_is_added(waiting: int, something_new: bool) -> None:
    questions = bank(size=20)
    ids = [one.id for one in questions[:waiting]]
    # All of them were skipped today, so that the next choice is not simply one of them.
    learning = Learning(cards=dict.fromkeys(ids, card(due_in=0)), last_seen=dict.fromkeys(ids, TODAY))

    chosen = draws(questions, learning, 30)

    assert all((choice.question_id not in ids) == something_new for choice in chosen)


def test_six_in_ten_new_questions_are_of_weak_topics() -> None:
    learning = Learning(topic_recall={"metrics": 0.5, "llm": 0.95})

    counts = Counter(topic_of(choice) for choice in draws(bank(), learning, 600))

    assert 0.55 < counts["metrics"] / 600 < 0.65


def test_weak_topics_are_the_weakest_three() -> None:
    estimates = {"metrics": 0.5, "statistics": 0.6, "llm": 0.7, "mlops": 0.8, "coding": 0.95}

    assert Learning(topic_recall=estimates).weak_topics() == {"metrics", "statistics", "llm"}
    assert Learning(topic_recall={"coding": 0.95, "llm": 0.7}).weak_topics() == {"llm"}
    assert Learning(topic_recall=estimates, mix={"mlops": 1}).weak_topics() == {"mlops"}


def test_a_new_question_of_a_weak_topic_says_so() -> None:
    learning = Learning(topic_recall={"metrics": 0.5})

    for choice in draws(bank(), learning, 50):
        weak = topic_of(choice) == "metrics"
        assert choice.because.reason is (Reason.WEAK if weak else Reason.NEW)
        assert choice.because.topic_recall == (0.5 if weak else None)


def test_the_mix_decides_how_often_a_topic_comes_up() -> None:
    learning = Learning(mix={"metrics": 3, "llm": 1, "coding": 0})

    counts = Counter(topic_of(choice) for choice in draws(bank(), learning, 600))

    assert set(counts) == {"metrics", "llm"}
    assert 0.7 < counts["metrics"] / 600 < 0.8


def test_reviews_outside_the_mix_are_still_due() -> None:
    learning = Learning(cards={"coding/1": card(due_in=0)}, mix={"llm": 1})

    choice = choose(bank(), learning, TODAY, random.Random(1))

    assert choice is not None
    assert choice.question_id == "coding/1"


def test_the_same_topic_does_not_come_twice_in_a_row_unless_there_is_no_other() -> None:
    assert "llm" not in {topic_of(choice) for choice in draws(bank(), Learning(last_topic="llm"))}
    alone = bank(topics=("llm",))
    assert {topic_of(choice) for choice in draws(alone, Learning(last_topic="llm"))} == {"llm"}


@pytest.mark.parametrize("level, met", [(Level.JUNIOR, "jm"), (Level.MIDDLE, "jms"), (Level.SENIOR, "ms")])
def test_new_questions_are_mostly_of_ones_own_level_and_never_far_off(level: Level, met: str) -> None:
    questions = [question("llm", f"{one[0]}{n}", one) for one in Level for n in range(5)]

    counts = Counter(choice.question_id[4] for choice in draws(questions, Learning(level=level)))

    assert set(counts) == set(met)
    assert counts.most_common(1)[0][0] == level[0]
    assert counts[level[0]] > 0.65 * counts.total()


def test_a_junior_is_put_a_senior_question_only_when_all_else_is_used_up() -> None:
    questions = [question("llm", "hard", Level.SENIOR), question("llm", "easy", Level.JUNIOR)]

    seen_easy = choose(
        questions, Learning(level=Level.JUNIOR, last_seen={"llm/easy": ago(2)}), TODAY, random.Random(1)
    )

    assert seen_easy is not None
    assert seen_easy.question_id == "llm/hard"


def test_what_was_seen_long_ago_goes_before_what_is_far_too_hard() -> None:
    questions = [question("llm", "hard", Level.SENIOR), question("llm", "easy", Level.JUNIOR)]
    learning = Learning(level=Level.JUNIOR, cards={"llm/easy": card(reviewed=9)})

    choice = choose(questions, learning, TODAY, random.Random(1))

    assert choice is not None
    assert (choice.question_id, choice.because.reason) == ("llm/easy", Reason.PRACTICE)


def test_what_is_set_aside_or_retired_is_never_put() -> None:
    questions = bank(size=2, topics=("llm",))
    retired = replace(questions[0], retired=True)
    learning = Learning(cards={one.id: card(due_in=0) for one in questions}, set_aside={"llm/1"})

    assert choose([retired, questions[1]], learning, TODAY, random.Random(1)) is None
    assert due([retired, questions[1]], learning, TODAY) == ()
    assert drill([retired, questions[1]], learning, TODAY, random.Random(1), topic="llm") == ()


def test_once_everything_was_seen_the_longest_ago_comes_back() -> None:
    questions = bank(size=3, topics=("llm",))
    learning = Learning(
        cards={"llm/0": card(reviewed=20), "llm/1": card(reviewed=30), "llm/2": card(reviewed=40)},
        last_seen={"llm/2": ago(8)},
    )

    choice = choose(questions, learning, TODAY, random.Random(1))

    assert choice is not None
    assert choice.question_id == "llm/1"
    assert choice.because.reason is Reason.PRACTICE
    assert choice.because.seen_days_ago == 30


def test_even_when_all_was_seen_this_week_there_is_a_question() -> None:
    questions = bank(size=3, topics=("llm",))
    learning = Learning(last_seen={"llm/0": ago(1), "llm/1": ago(5), "llm/2": ago(0)})

    choice = choose(questions, learning, TODAY, random.Random(1))

    assert choice is not None
    assert choice.question_id == "llm/1"


def test_an_empty_bank_gives_nothing() -> None:
    assert choose([], Learning(), TODAY, random.Random(1)) is None


def test_a_drill_puts_due_then_new_then_the_rest() -> None:
    questions = [question("llm", name) for name in ("rest", "new", "seen", "due", "missed", "skipped")]
    questions.append(question("metrics", "other"))
    learning = Learning(
        cards={
            "llm/rest": card(),
            "llm/due": card(due_in=0, stability=9),
            "llm/missed": card(due_in=1, reviewed=1, stability=1),
            "llm/seen": card(due_in=3, reviewed=3),
        },
        last_seen={"llm/skipped": ago(0)},
        mistakes={"llm/missed"},
    )

    order = drill(questions, learning, TODAY, random.Random(1), topic="llm")

    assert order == ("llm/due", "llm/missed", "llm/new", "llm/rest", "llm/seen", "llm/skipped")


def test_a_drill_of_a_facet_fills_up_from_the_rest_of_its_topic() -> None:
    questions = [question("llm", n, facet="rag" if n < 3 else "core") for n in range(10)]
    learning = Learning(cards={"llm/7": card(due_in=0)})

    order = drill(questions, learning, TODAY, random.Random(1), topic="llm", facet="rag", size=5)

    assert set(order[:3]) == {"llm/0", "llm/1", "llm/2"}
    assert order[3] == "llm/7"
    assert len(order) == len(set(order)) == 5


def test_a_drill_begins_with_new_questions_of_ones_own_level() -> None:
    questions = [question("llm", f"{level}{n}", level) for level in Level for n in range(3)]

    order = drill(questions, Learning(level=Level.SENIOR), TODAY, random.Random(1), topic="llm")

    assert [name[4] for name in order] == list("sssmmmjjj")


def test_drills_of_the_same_topic_differ() -> None:
    orders = {
        drill(bank(topics=("llm",)), Learning(), TODAY, random.Random(seed), topic="llm", size=5)
        for seed in range(10)
    }

    assert len(orders) > 5


HARD_ONE = question("llm", "hard", Level.SENIOR, facet="rag")


@pytest.mark.parametrize(
    "others, found",
    [
        ([question("llm", "same", Level.SENIOR, facet="rag")], None),
        ([question("metrics", "other", Level.JUNIOR, facet="rag")], None),
        ([question("llm", "a", Level.JUNIOR), question("llm", "b", Level.MIDDLE)], "llm/b"),
        ([question("llm", "a", Level.MIDDLE), question("llm", "b", Level.JUNIOR, facet="rag")], "llm/b"),
        ([question("llm", "seen"), question("llm", "unseen")], "llm/unseen"),
        ([question("llm", "aside"), question("llm", "junior", Level.JUNIOR)], "llm/junior"),
        ([question("llm", "named", Level.SENIOR), question("llm", "b", facet="rag")], "llm/named"),
        ([replace(question("llm", "named"), retired=True), question("llm", "b")], "llm/b"),
    ],
)
def test_an_easier_one_is_named_by_the_author_or_lower_and_near(
    others: list[Question], found: str | None
) -> None:
    hard = replace(HARD_ONE, easier="llm/named")

    chosen = easier([hard, *others], hard, {"llm/aside"}, {"llm/seen": ago(3)})

    assert (chosen.id if chosen else None) == found


SMALL_BANK = bank(size=4)


@st.composite
def learnings(draw: st.DrawFn) -> Learning:
    ids = [one.id for one in SMALL_BANK]
    some = st.lists(st.sampled_from(ids), unique=True)
    return Learning(
        cards={one: card(draw(st.integers(-9, 9)), draw(st.integers(0, 30))) for one in draw(some)},
        last_seen={one: ago(draw(st.integers(0, 12))) for one in draw(some)},
        level=draw(st.sampled_from(Level)),
        mix=draw(st.dictionaries(st.sampled_from(TOPICS), st.integers(0, 3))),
        topic_recall=draw(st.dictionaries(st.sampled_from(TOPICS), st.floats(0, 1))),
        set_aside=frozenset(draw(some)),
        last_topic=draw(st.none() | st.sampled_from(TOPICS)),
    )


@given(learning=learnings(), seed=st.integers(0, 99))
def test_there_is_a_choice_unless_all_is_set_aside(learning: Learning, seed: int) -> None:
    questions = SMALL_BANK

    choice = choose(questions, learning, TODAY, random.Random(seed))

    assert (choice is None) == (len(set(learning.set_aside)) == len(questions))
    if choice is not None:
        assert choice.question_id not in learning.set_aside
        assert choice == choose(questions, learning, TODAY, random.Random(seed))
        waiting = due(questions, learning, TODAY)
        assert (choice.because.reason is Reason.DUE) == (choice.question_id in waiting)
        if choice.because.reason in (Reason.NEW, Reason.WEAK):
            assert choice.question_id not in learning.cards
            assert len(waiting) <= 15


@given(learning=learnings(), seed=st.integers(0, 99), size=st.integers(0, 6))
def test_a_drill_is_the_topic_without_repetition(learning: Learning, seed: int, size: int) -> None:
    order = drill(SMALL_BANK, learning, TODAY, random.Random(seed), topic="llm", size=size)

    left = {f"llm/{n}" for n in range(4)} - set(learning.set_aside)
    assert len(order) == len(set(order)) == min(size, len(left))
    assert set(order) <= left


def test_a_daily_that_was_not_answered_goes_behind_what_else_is_due() -> None:
    learning = Learning(
        cards={"metrics/0": card(-3, stability=2), "llm/1": card(-1, stability=60)}, unanswered={"metrics/0"}
    )

    assert due(bank(), learning, TODAY) == ("llm/1", "metrics/0")
    assert {choice.question_id for choice in draws(bank(), learning, 20)} == {"llm/1"}


def test_where_nothing_else_is_due_something_new_takes_its_place() -> None:
    learning = Learning(cards={"metrics/0": card(-3)}, unanswered={"metrics/0"})

    found = draws(bank(), learning, 20)

    assert all(choice.because.reason is Reason.NEW for choice in found)


@given(size=st.integers(2, 6), known=st.integers(0, 6), missed=st.integers(0, 5), seed=st.integers(0, 99))
def test_no_unanswered_daily_comes_twice_running_while_there_is_another(
    size: int, known: int, missed: int, seed: int
) -> None:
    questions = bank(size, ("metrics",))
    cards = {each.id: card(-1, stability=1 + place) for place, each in enumerate(questions[:known])}
    last = questions[missed % size].id
    learning = Learning(cards=cards, last_seen={last: ago(1)}, unanswered={last})

    choice = choose(questions, learning, TODAY, random.Random(seed))

    assert choice is not None
    assert choice.question_id != last


def test_the_only_question_there_is_comes_again_all_the_same() -> None:
    learning = Learning(
        cards={"metrics/0": card(-1)}, last_seen={"metrics/0": ago(1)}, unanswered={"metrics/0"}
    )

    choice = choose(bank(1, ("metrics",)), learning, TODAY, random.Random(1))

    assert choice is not None
    assert choice.question_id == "metrics/0"


def test_something_new_can_be_wanted_before_the_reviews() -> None:
    cards = {f"metrics/{n}": card(-1) for n in range(5)}
    first = choose(bank(), Learning(cards=cards), TODAY, random.Random(1), new_first=True)
    only_known = choose(bank(5, ("metrics",)), Learning(cards=cards), TODAY, random.Random(1), new_first=True)
    backlog = {f"{topic}/{n}": card(-1) for topic in TOPICS for n in range(4)}
    over = choose(bank(), Learning(cards=backlog), TODAY, random.Random(1), new_first=True)

    assert [each.because.reason for each in (first, only_known, over) if each] == [
        Reason.NEW,
        Reason.DUE,
        Reason.DUE,
    ]
