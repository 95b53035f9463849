"""Which study days get a daily."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from interview.rhythm import Pace, Rhythm

MONDAY = date(2026, 3, 2)


def dailies(rhythm: Rhythm, days: int) -> list[int]:
    """On which of the coming days, counted from 1, there is a daily."""
    return [ahead for ahead in range(1, days + 1) if rhythm.wants(MONDAY + timedelta(days=ahead))]


def test_every_day_after_the_last_daily_gets_one() -> None:
    assert dailies(Rhythm(last_daily_on=MONDAY + timedelta(days=2)), 5) == [3, 4, 5]


def test_rest_days_are_left_out_and_break_no_streak() -> None:
    weekends = Rhythm(rest_days={6, 7}, last_daily_on=MONDAY)

    assert dailies(weekends, 14) == [1, 2, 3, 4, 7, 8, 9, 10, 11, 14]
    assert weekends.rested(MONDAY, MONDAY + timedelta(days=6)) == {date(2026, 3, 7), date(2026, 3, 8)}


def test_a_pause_is_really_silent_and_ends_by_itself() -> None:
    paused = Rhythm(paused_until=MONDAY + timedelta(days=5), last_daily_on=MONDAY)

    assert dailies(paused, 7) == [5, 6, 7]


def life(rhythm: Rhythm, days: int) -> list[int]:
    """The days with a daily when each is put as soon as it is wanted, counted from 1."""
    asked = []
    for ahead in range(1, days + 1):
        day = MONDAY + timedelta(days=ahead)
        if rhythm.wants(day):
            asked.append(ahead)
            rhythm = replace(rhythm, last_daily_on=day)
    return asked


def test_in_a_silence_dailies_become_fewer_and_end() -> None:
    assert life(Rhythm(last_active_on=MONDAY), 60) == [1, 2, 3, 4, 6, 8, 15]


def test_each_slower_pace_begins_with_one_daily() -> None:
    rhythm = Rhythm(last_active_on=MONDAY)
    begins = {}
    for ahead in life(rhythm, 60):
        day = MONDAY + timedelta(days=ahead)
        if (pace := rhythm.slows(day)) is not None:
            begins[ahead] = pace
        rhythm = replace(rhythm, last_daily_on=day)

    assert begins == {4: Pace.EVERY_SECOND_DAY, 8: Pace.EVERY_WEEK, 15: Pace.STOPPED}
    assert rhythm.stopped


def test_rest_days_are_not_silent() -> None:
    weekends = Rhythm(rest_days={6, 7}, last_active_on=MONDAY)

    assert life(weekends, 60) == [1, 2, 3, 4, 8, 10, 21]
    assert weekends.silence(MONDAY + timedelta(days=7)) == 4


def test_a_pause_is_not_silent() -> None:
    paused = Rhythm(paused_until=MONDAY + timedelta(days=30), last_active_on=MONDAY)

    assert life(paused, 60) == [30, 31, 32, 33, 35, 37, 44]


def test_a_daily_that_an_outage_swallowed_is_made_up_for_and_the_last_is_never_left_out() -> None:
    away = Rhythm(last_active_on=MONDAY, last_daily_on=MONDAY + timedelta(days=4))

    assert away.wants(MONDAY + timedelta(days=7))
    late = MONDAY + timedelta(days=100)
    assert away.wants(late)
    assert away.slows(late) is Pace.STOPPED
    assert replace(away, last_daily_on=late).stopped


def test_of_somebody_nobody_has_looked_at_no_silence_is_known() -> None:
    assert Rhythm().pace(MONDAY + timedelta(days=400)) is Pace.EVERY_DAY
    assert not Rhythm(last_daily_on=MONDAY).stopped


days = st.dates(date(2026, 1, 1), date(2027, 1, 1))
rhythms = st.builds(
    Rhythm,
    rest_days=st.frozensets(st.integers(1, 7), max_size=6),
    paused_until=st.none() | days,
    last_daily_on=st.none() | days,
    last_active_on=st.none() | days,
)


@given(rhythms, days)
def test_unless_it_has_stopped_there_is_always_a_next_daily(rhythm: Rhythm, day: date) -> None:
    ahead = (day + timedelta(days=more) for more in range(1, 800))

    assert rhythm.stopped == (not any(map(rhythm.wants, ahead)))


@given(rhythms)
def test_a_sign_of_life_brings_every_day_back(rhythm: Rhythm) -> None:
    today = date(2027, 1, 2)  # later than all else
    active = replace(rhythm, last_active_on=today)

    assert active.pace(today + timedelta(days=1)) is Pace.EVERY_DAY
    assert not active.stopped


@given(rhythms, days)
def test_silence_never_shrinks_by_itself(rhythm: Rhythm, day: date) -> None:
    assert rhythm.silence(day) <= rhythm.silence(day + timedelta(days=1)) <= rhythm.silence(day) + 1


@given(rhythms, days)
def test_silence_counts_the_days_that_are_neither_at_rest_nor_in_a_pause(rhythm: Rhythm, day: date) -> None:
    since = rhythm.last_active_on or day
    between = [since + timedelta(days=ahead) for ahead in range(1, (day - since).days)]
    silent = [each for each in between if not rhythm.rests(each)]

    assert rhythm.silence(day) == min(len(silent), Pace.STOPPED)
