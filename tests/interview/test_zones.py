from __future__ import annotations

import zoneinfo
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.languages import guess, suggest
from interview.place import Place, distance, fold, nearest
from interview.zones import search

zoneinfo.reset_tzpath(())  # the rules of the tzdata package, whatever this system has

PLACES = (
    Place("London", "Europe/London", "United Kingdom", 8_961_989, 51.51, -0.13, ("Londres", "Лондон")),
    Place("Berlin", "Europe/Berlin", "Germany", 3_426_354, 52.52, 13.41, ("Берлин",)),
    Place("Kyiv", "Europe/Kyiv", "Ukraine", 2_952_301, 50.45, 30.52, ("Kiev", "Київ")),
    Place("Quito", "America/Guayaquil", "Ecuador", 1_763_275, -0.23, -78.52, ("San Francisco de Quito",)),
    Place("Munich", "Europe/Berlin", "Germany", 1_505_005, 48.14, 11.58, ("München", "Muenchen")),
    Place("Valencia", "America/Caracas", "Venezuela", 1_619_470, 10.16, -68.0),
    Place("Novosibirsk", "Asia/Novosibirsk", "Russia", 1_612_833, 55.04, 82.93, ("Новосибирск",)),
    Place("Moscow", "Europe/Moscow", "Russia", 10_381_222, 55.75, 37.62, ("Москва",)),
    Place("San Francisco", "America/Los_Angeles", "United States", 864_816, 37.77, -122.42, ("SF",)),
    Place("Valencia", "Europe/Madrid", "Spain", 792_492, 39.47, -0.38, ("València",)),
    Place("London", "America/Toronto", "Canada", 422_324, 42.98, -81.25),
    Place("São Paulo", "America/Sao_Paulo", "Brazil", 12_400_232, -23.55, -46.64, ("San Pablo",)),
    Place("East London", "Africa/Johannesburg", "South Africa", 478_676, -33.02, 27.91),
    Place("Suva", "Pacific/Fiji", "Fiji", 178_339, -18.14, 178.44),
)


@pytest.mark.parametrize(
    "text, name, zone",
    [
        ("munich", "Munich", "Europe/Berlin"),
        ("  MUNICH ", "Munich", "Europe/Berlin"),
        ("münchen", "Munich", "Europe/Berlin"),
        ("Munchen", "Munich", "Europe/Berlin"),
        ("muenchen", "Munich", "Europe/Berlin"),
        ("Muncih", "Munich", "Europe/Berlin"),
        ("munihc", "Munich", "Europe/Berlin"),
        ("munic", "Munich", "Europe/Berlin"),
        ("Москва", "Moscow", "Europe/Moscow"),
        ("москв", "Moscow", "Europe/Moscow"),
        ("київ", "Kyiv", "Europe/Kyiv"),
        ("sao paulo", "São Paulo", "America/Sao_Paulo"),
        ("Sao Paolo", "São Paulo", "America/Sao_Paulo"),
        ("san-francisco", "San Francisco", "America/Los_Angeles"),
        ("san fran", "San Francisco", "America/Los_Angeles"),
        ("sf", "San Francisco", "America/Los_Angeles"),
        ("Valencia, Spain", "Valencia", "Europe/Madrid"),
        ("valencia spain", "Valencia", "Europe/Madrid"),
        ("Valencia, Atlantis", "Valencia", "America/Caracas"),
        ("germany", "Berlin", "Europe/Berlin"),
        ("USA", "San Francisco", "America/Los_Angeles"),
        ("Россия", "Moscow", "Europe/Moscow"),
        ("Europe/Lisbon", "Lisbon", "Europe/Lisbon"),
        ("europe/lisbon", "Lisbon", "Europe/Lisbon"),
        ("America/New York", "New York", "America/New_York"),
        ("Europe/Lisbn", "Lisbon", "Europe/Lisbon"),
        ("us/eastern", "Eastern", "US/Eastern"),
        ("Lord Howe", "Lord Howe", "Australia/Lord_Howe"),
        ("ushuaia", "Ushuaia", "America/Argentina/Ushuaia"),
        ("CET", "Berlin", "Europe/Berlin"),
        ("utc", "UTC", "UTC"),
        ("GMT", "UTC", "UTC"),
        ("UTC+0", "UTC", "UTC"),
        ("UTC+2", "UTC+2", "Etc/GMT-2"),
        ("utc + 02:00", "UTC+2", "Etc/GMT-2"),
        ("GMT-3", "UTC−3", "Etc/GMT+3"),
        ("gmt−11", "UTC−11", "Etc/GMT+11"),
        ("+5:30", "UTC+5:30", "Asia/Kolkata"),
        ("UTC+0545", "UTC+5:45", "Asia/Kathmandu"),
        ("UTC+14", "UTC+14", "Etc/GMT-14"),
    ],
)
def test_a_typed_place_or_zone_is_understood(text: str, name: str, zone: str) -> None:
    found = search(text, PLACES)

    assert (found[0].name, found[0].zone) == (name, zone)


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "qqqqqq", "xyzzy plugh", "UTC+15", "UTC-13", "UTC+1:17", "zzz"]
)
def test_what_means_nothing_finds_nothing(text: str) -> None:
    assert search(text, PLACES) == []


def test_of_two_places_with_one_name_the_larger_comes_first() -> None:
    assert [place.country for place in search("london", PLACES)] == ["United Kingdom", "Canada"]
    assert [place.country for place in search("valencia", PLACES)] == ["Venezuela", "Spain"]


def test_a_country_is_a_place_in_each_of_its_zones() -> None:
    assert [place.name for place in search("Russia", PLACES)] == ["Moscow", "Novosibirsk"]


def test_a_name_that_begins_so_goes_before_one_that_holds_it_inside() -> None:
    assert [place.name for place in search("lond", PLACES)] == ["London", "London", "East London"]


def test_no_more_places_come_than_wanted() -> None:
    assert len(search("lond", PLACES, limit=2)) == 2


@pytest.mark.parametrize("text, hours", [("UTC+2", 2), ("GMT-3", -3), ("+5:30", 5.5), ("UTC-9:30", -9.5)])
def test_a_distance_to_utc_has_the_sign_people_mean(text: str, hours: float) -> None:
    zone = ZoneInfo(search(text, PLACES)[0].zone)

    offset = zone.utcoffset(datetime(2026, 1, 15))  # noqa: DTZ001 - the zone itself is asked
    assert offset is not None
    assert offset.total_seconds() == hours * 3600


@given(text=st.text(max_size=40))
def test_any_text_can_be_looked_for(text: str) -> None:
    found = search(text, PLACES)

    assert len(found) <= 5
    assert all(ZoneInfo(place.zone) for place in found)


@given(place=st.sampled_from(PLACES), at=st.integers(0, 20))
def test_one_slip_of_the_finger_still_finds_the_place(place: Place, at: int) -> None:
    at %= len(place.name) - 1
    slipped = place.name[:at] + place.name[at + 1] + place.name[at] + place.name[at + 2 :]

    assert place.name in {found.name for found in search(slipped, PLACES)}


@pytest.mark.parametrize(
    "name, folded",
    [
        ("São Paulo", "sao paulo"),
        ("Łódź", "lodz"),
        ("Zürich", "zurich"),
        ("Straße", "strasse"),
        ("Saint-Louis", "saint louis"),
        ("  St. John's ", "st john s"),
        ("İstanbul", "istanbul"),
        ("Tromsø", "tromso"),
    ],
)
def test_accents_and_signs_do_not_matter(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    "latitude, longitude, name",
    [(48.2, 11.6, "Munich"), (52.0, 5.0, "London"), (49.0, 10.5, "Munich"), (-17.0, -179.5, "Suva")],
)
def test_the_nearest_place_is_found_across_the_date_line_too(
    latitude: float, longitude: float, name: str
) -> None:
    assert nearest(latitude, longitude, PLACES).name == name


def test_distances_are_kilometres() -> None:
    berlin = PLACES[1]

    assert distance(48.14, 11.58, berlin) == pytest.approx(504, abs=3)
    assert distance(52.52, 13.41, berlin) == 0


def test_among_no_places_none_is_nearest() -> None:
    with pytest.raises(ValueError, match="no places"):
        nearest(0, 0, ())


@pytest.mark.parametrize(
    "language, zone",
    [
        ("de", "Europe/Berlin"),
        ("de-AT", "Europe/Vienna"),
        ("de-lu", "Europe/Berlin"),
        ("ja", "Asia/Tokyo"),
        ("ko", "Asia/Seoul"),
        ("it", "Europe/Rome"),
        ("pl", "Europe/Warsaw"),
        ("hi", "Asia/Kolkata"),
        ("uk", "Europe/Kyiv"),
        ("pt-br", "America/Sao_Paulo"),
        ("pt_PT", "Europe/Lisbon"),
        ("zh-hans", "Asia/Shanghai"),
        ("zh-hant", "Asia/Taipei"),
        ("en", None),
        ("en-us", None),
        ("es", None),
        ("ru", None),
        ("ar", None),
        ("xx", None),
        ("", None),
        (None, None),
    ],
)
def test_a_zone_is_guessed_only_where_it_is_plain(language: str | None, zone: str | None) -> None:
    assert guess(language) == zone


def test_likely_zones_are_offered_for_every_language() -> None:
    assert suggest("de") == ["Europe/Berlin", "Europe/Vienna", "Europe/Zurich"]
    assert {"America/New_York", "Europe/London", "Asia/Kolkata"} <= set(suggest("en"))
    assert suggest("pt-br")[0] == "America/Sao_Paulo"
    assert suggest("tlh") == suggest(None)


LANGUAGES = """
    af am ar az be bg bn cs da de el en es et fa fi fr he hi hr hu hy id is it ja ka kk ko lt lv ms nb nl no
    pl pt ro ru sk sl sq sr sv sw ta th tl tr uk ur uz vi zh pt-br zh-hans zh-hant en-gb es-mx xx
"""


@pytest.mark.parametrize("language", LANGUAGES.split())
def test_every_zone_offered_exists_once(language: str) -> None:
    offered = suggest(language)

    assert 1 <= len(offered) == len(set(offered)) <= 6
    assert set(offered) <= zoneinfo.available_timezones()
    assert guess(language) in (None, offered[0])


def test_kyiv_time_is_kyiv_time() -> None:
    found = search("Kiev", PLACES)[0]

    local = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo(found.zone))
    assert local.utcoffset() == ZoneInfo("Europe/Helsinki").utcoffset(local.replace(tzinfo=None))
    assert local.date() == date(2026, 7, 1)
