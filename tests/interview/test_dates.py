from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.dates import read_date

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("14 Feb", date(2027, 2, 14)),
        ("14 february", date(2027, 2, 14)),
        ("Feb 14", date(2027, 2, 14)),
        ("February 14th, 2028", date(2028, 2, 14)),
        ("the 14th of Feb", None),
        ("14th of Feb", date(2027, 2, 14)),
        ("24 Dec", date(2026, 12, 24)),
        ("20 Nov", date(2027, 11, 20)),
        ("20 Nov 2026", date(2026, 11, 20)),
        ("2027-02-14", date(2027, 2, 14)),
        ("14.2.", date(2027, 2, 14)),
        ("14.02.2027", date(2027, 2, 14)),
        ("29 Feb", date(2028, 2, 29)),
        ("31 June", None),
        ("2027-13-01", None),
        ("Tomorrow", date(2026, 11, 21)),
        ("in 3 weeks", date(2026, 12, 11)),
        ("a week", date(2026, 11, 27)),
        ("in 10 days", date(2026, 11, 30)),
        ("soon", None),
        ("14 bananas", None),
        ("14", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_people_type_it(typed, meant):
    assert read_date(typed, TODAY) == meant


@given(st.dates(TODAY + timedelta(days=1), TODAY + timedelta(days=365)))
def test_every_day_of_the_coming_year_is_read_back_without_its_year(day):
    for form in (f"{day.day} {day:%B}", f"{day:%b} {day.day}", f"{day.day}.{day.month}."):
        assert read_date(form, TODAY) == day


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(text):
    read_date(text, TODAY)
