from __future__ import annotations

from collections.abc import Collection, Set
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.streak import (
    GOALS,
    MILESTONES,
    can_win_back,
    last_chance,
    milestone,
    next_goal,
    reckon,
    won_back,
)

TODAY = date(2026, 11, 20)


def ago(*days: int) -> frozenset[date]:
    return frozenset(TODAY - timedelta(days=n) for n in days)


def since(first: int, last: int = 0) -> frozenset[date]:
    """The days from `first` days ago to `last` days ago."""
    return ago(*range(last, first + 1))


histories = st.frozensets(st.integers(0, 60), max_size=60).map(lambda days: ago(*days))
keeps = st.frozensets(st.integers(0, 60), max_size=15).map(lambda days: ago(*days))


def length_without_freezes(days: Collection[date], today: date, kept: Set[date] = frozenset()) -> int:
    """The same counted another way: backwards from today, until a day is missing."""
    rated = frozenset(days)
    length, day = 0, max(rated | {today})
    while day >= min(rated, default=today) and (day in rated or day in kept or day >= today):
        length += day in rated
        day -= timedelta(days=1)
    return length


def test_days_in_a_row_are_a_streak() -> None:
    assert reckon(since(4), TODAY).length == 5
    assert reckon(since(4) | ago(6, 7), TODAY).length == 5
    assert reckon(frozenset(), TODAY).length == 0


def test_a_streak_is_at_risk_rather_than_gone_until_today_is_over() -> None:
    today = reckon(since(4, 1), TODAY)
    tomorrow = reckon(since(4, 1), TODAY + timedelta(days=1))

    assert (today.length, today.today_done, today.at_risk) == (4, False, True)
    assert (tomorrow.length, tomorrow.at_risk) == (0, False)


def test_a_rating_takes_the_risk_away() -> None:
    now = reckon(since(4), TODAY)

    assert now.today_done
    assert not now.at_risk


def test_kept_days_bridge_without_adding() -> None:
    assert reckon(ago(0, 1, 4, 5), TODAY, kept=ago(2, 3)).length == 4
    assert reckon(ago(0, 1, 4, 5), TODAY, kept=ago(2)).length == 2


def test_a_rest_day_is_no_risk() -> None:
    assert not reckon(since(4, 1), TODAY, kept=ago(0)).at_risk


def test_a_journey_west_breaks_nothing() -> None:
    # The learner rated on the 21st, then flew to where it is still the 20th.
    days = since(3, 1) | {TODAY, TODAY + timedelta(days=1)}

    assert reckon(days, TODAY).length == 5
    assert reckon(days, TODAY).length == 5
    assert reckon(days - {TODAY}, TODAY).today_done
    assert not reckon(days - {TODAY}, TODAY).at_risk


def test_seven_days_earn_a_freeze_and_two_is_the_most() -> None:
    assert [reckon(since(n - 1), TODAY).freezes for n in (6, 7, 13, 14, 21, 40)] == [0, 1, 1, 2, 2, 2]


def test_a_freeze_is_used_by_itself() -> None:
    days = since(8, 2)  # seven days, then yesterday missed

    now = reckon(days, TODAY)

    assert now.length == 7
    assert now.frozen == ago(1)
    assert now.freezes == 0
    assert now.at_risk


def test_no_freeze_is_spent_on_today() -> None:
    now = reckon(since(7, 1), TODAY)

    assert now.freezes == 1
    assert not now.frozen


def test_no_freeze_is_spent_on_a_kept_day() -> None:
    now = reckon(since(8, 2), TODAY, kept=ago(1))

    assert (now.length, now.freezes, now.frozen) == (7, 1, frozenset())


def test_two_freezes_save_two_days_and_the_third_breaks() -> None:
    days = since(20, 4)  # 17 days

    standing = reckon(days, TODAY - timedelta(days=1))
    assert (standing.length, standing.frozen) == (17, ago(3, 2))
    broken = reckon(days, TODAY)
    assert (broken.length, broken.freezes, broken.best) == (0, 0, 17)
    assert not broken.frozen


def test_undo_takes_the_day_its_freeze_and_its_milestone_back() -> None:
    before, after = reckon(since(6, 1), TODAY), reckon(since(6), TODAY)
    assert (after.length, after.freezes) == (7, 1)
    assert milestone(before.length, after.length) == 7

    assert reckon(since(6) - ago(0), TODAY) == before


@pytest.mark.parametrize("days_later, can", [(1, True), (2, True), (3, False)])
def test_a_broken_streak_can_be_won_back_for_two_days(days_later: int, can: bool) -> None:
    days = since(5)
    later = TODAY + timedelta(days=1 + days_later)  # tomorrow is missed

    now = reckon(days, later)

    missed = [TODAY + timedelta(days=n) for n in range(1, 1 + days_later)]
    assert (now.lost, list(now.restorable)) == ((6, missed) if can else (0, []))


def test_a_restored_streak_goes_on_where_it_was() -> None:
    days = since(8, 3) | ago(1)
    broken = reckon(days, TODAY)
    assert (broken.length, broken.lost, broken.restorable) == (1, 6, tuple(ago(2)))

    restored = reckon(days, TODAY, kept=frozenset(broken.restorable))

    assert restored.length == 7
    assert not restored.restorable


def test_nothing_is_lost_where_there_was_no_streak() -> None:
    now = reckon(frozenset(), TODAY)

    assert (now.length, now.best, now.lost, now.restorable) == (0, 0, 0, ())


@pytest.mark.parametrize("before, after, reached", [(2, 3, 3), (3, 4, None), (0, 8, 7), (364, 365, 365)])
def test_milestones_are_reached_once(before: int, after: int, reached: int | None) -> None:
    assert milestone(before, after) == reached


def test_the_milestones_are_the_promised_ones() -> None:
    assert MILESTONES == (3, 7, 14, 30, 50, 100, 200, 365)


@given(days=histories, kept=keeps)
def test_freezes_only_help(days: frozenset[date], kept: frozenset[date]) -> None:
    plain, frozen = length_without_freezes(days, TODAY, kept), reckon(days, TODAY, kept)

    assert plain <= frozen.length <= frozen.best <= len(days)
    assert 0 <= frozen.freezes <= 2
    assert 7 * len(frozen.frozen) <= len(days)


@given(days=histories, kept=keeps)
def test_a_frozen_day_is_a_kept_day(days: frozenset[date], kept: frozenset[date]) -> None:
    now = reckon(days, TODAY, kept)

    assert not now.frozen & (days | kept)
    assert length_without_freezes(days, TODAY, kept | now.frozen) == now.length


@given(days=histories, kept=keeps)
def test_keeping_every_missed_day_makes_all_days_count(days: frozenset[date], kept: frozenset[date]) -> None:
    assert reckon(days, TODAY, kept | since(60)).length == len(days)


@given(days=histories, kept=keeps)
def test_a_day_that_was_done_is_at_no_risk(days: frozenset[date], kept: frozenset[date]) -> None:
    now = reckon(days, TODAY, kept)

    assert now.today_done == (TODAY in days)
    assert now.at_risk == (now.length > 0 and TODAY not in days | kept)


@given(days=histories, kept=keeps)
def test_what_can_be_won_back_is_won_back_by_keeping_it(days: frozenset[date], kept: frozenset[date]) -> None:
    now = reckon(days, TODAY, kept)

    restored = reckon(days, TODAY, kept | set(now.restorable))

    assert restored.length == now.lost + now.length


@given(days=histories, kept=keeps)
def test_rating_today_adds_one_day(days: frozenset[date], kept: frozenset[date]) -> None:
    before, after = reckon(days - ago(0), TODAY, kept), reckon(days | ago(0), TODAY, kept)

    assert after.length == before.length + 1


@pytest.mark.parametrize(
    "rated, days",
    [
        ((), ()),
        ((1, 1), ()),
        ((1, 1, 1), (2,)),
        ((1, 0, 0), (2, 1)),
        ((1, 1, 1, 0), (2,)),  # more than three change nothing
        ((2, 2, 2), ()),  # on the missed day itself it would not be missed
    ],
)
def test_three_ratings_in_time_win_back_what_was_missed(
    rated: tuple[int, ...], days: tuple[int, ...]
) -> None:
    missed = TODAY - timedelta(days=2)

    assert won_back(missed, [TODAY - timedelta(days=n) for n in rated]) == ago(*days)


def test_the_third_rating_after_48_hours_wins_nothing_back() -> None:
    missed = TODAY - timedelta(days=3)

    assert last_chance(missed) == TODAY - timedelta(days=1)
    assert won_back(missed, [TODAY - timedelta(days=1)] * 2 + [TODAY]) == frozenset()


def test_a_streak_of_two_days_is_not_worth_winning_back() -> None:
    assert not can_win_back(reckon(ago(2, 3), TODAY))
    assert can_win_back(reckon(ago(2, 3, 4), TODAY))
    assert not can_win_back(reckon(ago(4, 5), TODAY))


@given(days=histories, kept=keeps)
def test_three_extra_questions_today_win_back_the_whole_streak(
    days: frozenset[date], kept: frozenset[date]
) -> None:
    days = days - ago(0)
    now = reckon(days, TODAY, kept)
    if not can_win_back(now):
        return

    after = reckon(days | ago(0), TODAY, kept | won_back(now.restorable[0], [TODAY] * 3))
    undone = reckon(days | ago(0), TODAY, kept | won_back(now.restorable[0], [TODAY] * 2))

    assert after.length == now.lost + now.length + 1
    assert not after.restorable
    assert undone == reckon(days | ago(0), TODAY, kept)


@pytest.mark.parametrize(
    "length, goal", [(0, 7), (6, 7), (7, 14), (14, 30), (29, 30), (30, None), (365, None)]
)
def test_the_next_goal_lies_ahead(length: int, goal: int | None) -> None:
    assert next_goal(length) == goal
    assert goal is None or goal in GOALS
