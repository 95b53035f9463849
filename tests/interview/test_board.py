"""Ranks with their ties, spans by the group's clock, aliases, streaks, figures."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview import board
from interview.board import Score, Span
from interview.group_streak import reckon
from interview.quiz_figures import Chosen, Record, figures, hardest, most_improved

TODAY = date(2026, 11, 20)  # a Friday
SCORES = st.lists(
    st.builds(
        Score,
        person_id=st.integers(-5, 50),
        name=st.sampled_from(["Ada", "bob", "Chen"]),
        points=st.integers(-50, 100),
        votes=st.just(1),
        right=st.just(0),
        hidden=st.booleans(),
    ),
    unique_by=lambda score: score.person_id,
    max_size=12,
)


def score(person_id: int, points: int, *, hidden: bool = False) -> Score:
    return Score(person_id, f"person {person_id}", points, votes=3, right=1, hidden=hidden)


def test_equal_points_share_a_rank_and_the_next_is_as_many_further_down():
    ranked = board.places([score(1, 390), score(2, 583), score(3, 390), score(4, 100)])

    assert [(place.rank, place.points, len(place.scores)) for place in ranked] == [
        (1, 583, 1),
        (2, 390, 2),
        (4, 100, 1),
    ]


def test_whoever_opted_out_takes_no_rank():
    ranked = board.places([score(1, 500, hidden=True), score(2, 400)])

    assert [(place.rank, place.scores[0].person_id) for place in ranked] == [(1, 2)]
    assert board.rank_of(1, ranked) is None
    assert board.rank_of(2, ranked) == ranked[0]


@pytest.mark.parametrize(("players", "ranked"), [(0, False), (2, False), (3, True)])
def test_ranks_begin_with_three_who_are_seen(players, ranked):
    scores = [score(number, number) for number in range(players)]

    assert board.is_ranked([*scores, score(99, 1, hidden=True)]) is ranked


@given(SCORES, st.randoms())
def test_ranks_depend_on_points_alone(scores, chance):
    ranked = board.places(scores)
    mixed = list(scores)
    chance.shuffle(mixed)

    assert board.places(mixed) == ranked
    for place in ranked:
        ahead = [each for each in scores if not each.hidden and each.points > place.points]
        assert place.rank == len(ahead) + 1
        assert {each.points for each in place.scores} == {place.points}
    assert sum(len(place.scores) for place in ranked) == sum(not each.hidden for each in scores)


@pytest.mark.parametrize(
    ("span", "begins"),
    [(Span.WEEK, date(2026, 11, 16)), (Span.MONTH, date(2026, 11, 1)), (Span.ALL, None)],
)
def test_spans_begin_on_mondays_and_firsts(span, begins):
    assert board.begins_on(span, TODAY) == begins


def test_a_week_begins_on_the_groups_own_clock():
    tokyo = ZoneInfo("Asia/Tokyo")

    assert board.begins_at(Span.WEEK, TODAY, tokyo) == datetime(2026, 11, 15, 19, tzinfo=UTC)
    assert board.begins_at(Span.ALL, TODAY, tokyo) is None


@pytest.mark.parametrize(
    ("typed", "alias"),
    [
        ("Ada", "Ada"),
        ("  Ada   L. ", "Ada L."),
        ("Ада", "Ада"),
        ("a<b & c", "a<b & c"),
        ("x" * 32, "x" * 32),
        ("x" * 33, None),
        ("", None),
        ("/start", None),
        ("Ada\nBob", None),
        ("\u202eAda", None),
        ("Ada\u200bB", None),
    ],
)
def test_an_alias_is_one_line_of_plain_signs(typed, alias):
    assert board.alias_of(typed) == alias


@pytest.mark.parametrize(
    ("days", "length", "done"),
    [
        ((), 0, False),
        ((0,), 1, True),
        ((1,), 1, False),
        ((0, 1, 2, 4), 3, True),
        ((1, 2), 2, False),
        ((2, 3), 0, False),
    ],
)
def test_a_group_streak_falls_only_when_today_is_over(days, length, done):
    streak = reckon([date(2026, 11, 20 - ago) for ago in days], TODAY)

    assert (streak.length, streak.today_done) == (length, done)


def test_figures_gather_one_question_from_several_quizzes_by_its_options_texts():
    [one] = figures(
        [
            Chosen("metrics/a", "right", True, 1),
            Chosen("metrics/a", "wrong", False, 2),
            Chosen("metrics/a", "wrong", False, 1),
            Chosen("metrics/a", "other", False, 2),
        ]
    )

    assert (one.votes, one.right, one.trap, one.trapped) == (6, 1, "wrong", 3)
    assert one.share == pytest.approx(1 / 6)


def test_the_hardest_are_those_with_the_lowest_share_and_some_wrong():
    chosen = [
        Chosen("easy", "right", True, 4),
        Chosen("hard", "right", True, 1),
        Chosen("hard", "wrong", False, 3),
        Chosen("middle", "right", True, 2),
        Chosen("middle", "wrong", False, 2),
        Chosen("of one", "wrong", False, 1),
    ]

    assert [each.question_id for each in hardest(chosen, 3)] == ["hard", "middle"]
    assert [each.question_id for each in hardest(chosen, 1)] == ["hard"]


def test_most_improved_is_whose_share_rose_most():
    before = [Record(1, "Ada", 5, 1), Record(2, "Bob", 10, 5), Record(3, "Eve", 5, 0, hidden=True)]
    after = [Record(1, "Ada", 10, 4), Record(2, "Bob", 5, 4), Record(3, "Eve", 5, 5, hidden=True)]

    best = most_improved(before, after)

    assert best is not None
    assert (best.name, best.before, best.after) == ("Bob", 0.5, 0.8)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], [Record(1, "Ada", 9, 9)]),
        ([Record(1, "Ada", 4, 0)], [Record(1, "Ada", 9, 9)]),
        ([Record(1, "Ada", 9, 0)], [Record(1, "Ada", 4, 4)]),
        ([Record(1, "Ada", 9, 9)], [Record(1, "Ada", 9, 9)]),
        ([Record(-1, "someone", 9, 0)], [Record(-1, "someone", 9, 9)]),
    ],
)
def test_nobody_improved_without_enough_votes_in_both_weeks_and_a_rise(before, after):
    assert most_improved(before, after) is None
