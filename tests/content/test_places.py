from __future__ import annotations

import zoneinfo
from pathlib import Path

import pytest

from content.places import CITIES_FILE, COLUMNS, read
from content.problems import Broken
from interview.place import Place, nearest
from interview.zones import search

zoneinfo.reset_tzpath(())  # the rules of the tzdata package, whatever this system has

HEADING = ",".join(COLUMNS)
MUNICH = "Munich,Europe/Berlin,Germany,1505005,48.14,11.58,München|Muenchen"


@pytest.fixture(scope="module")
def shipped() -> tuple[Place, ...]:
    return read()


def written(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "cities.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_line_becomes_a_place(tmp_path: Path) -> None:
    path = written(tmp_path, "# where this is from", HEADING, MUNICH)

    assert read(path) == (
        Place("Munich", "Europe/Berlin", "Germany", 1_505_005, 48.14, 11.58, ("München", "Muenchen")),
    )


def test_a_name_may_hold_a_comma(tmp_path: Path) -> None:
    path = written(tmp_path, HEADING, '"Washington, D.C.",America/New_York,United States,689545,38.9,-77.04,')

    assert read(path)[0].name == "Washington, D.C."
    assert read(path)[0].names == ()


@pytest.mark.parametrize(
    "line, sentence",
    [
        ("Munich,Europe/Berlin", "line 3 has 2 columns and should have 7."),
        (MUNICH.replace("Berlin", "Munich"), "line 3 names the zone 'Europe/Munich', which does not exist."),
        (MUNICH.replace("1505005", "many"), "line 3 needs numbers for population, latitude and longitude."),
        (MUNICH.replace("48.14", "148.14"), "line 3 needs a latitude within ±90"),
        (MUNICH.removeprefix("Munich"), "line 3 has no name."),
    ],
)
def test_a_line_that_cannot_be_used_is_told_in_a_sentence(tmp_path: Path, line: str, sentence: str) -> None:
    path = written(tmp_path, HEADING, MUNICH, line)

    with pytest.raises(Broken) as broken:
        read(path)

    assert str(broken.value).startswith(f"{path.as_posix()}: {sentence}")


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, HEADING, "a,b", MUNICH, "c,d")

    with pytest.raises(Broken) as broken:
        read(path)

    assert [problem.where for problem in broken.value.problems] == ["line 2", "line 4"]


@pytest.mark.parametrize(
    "lines, sentence",
    [
        ((), "line 1 should read name,zone,"),
        (("city,zone",), "line 1 should read name,zone,"),
        ((HEADING,), "holds no places"),
    ],
)
def test_a_file_without_places_is_told_with_what_to_do(
    tmp_path: Path, lines: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(Broken) as broken:
        read(written(tmp_path, *lines))

    assert sentence in str(broken.value)
    assert "content/make_cities.py" in str(broken.value)


def test_a_missing_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(
        Broken, match=r"nowhere\.csv: is missing: make it again with content/make_cities\.py\."
    ):
        read(tmp_path / "nowhere.csv")


def test_a_file_that_is_no_text_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "cities.csv"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(Broken, match="cannot be read"):
        read(path)


def test_the_shipped_cities_are_some_four_thousand_in_a_small_file(shipped: tuple[Place, ...]) -> None:
    assert 3_900 < len(shipped) < 4_400
    assert CITIES_FILE.stat().st_size < 600_000
    assert [place.population for place in shipped] == sorted(
        (place.population for place in shipped), reverse=True
    )


def test_the_shipped_cities_say_where_they_are_from() -> None:
    opening = CITIES_FILE.read_text(encoding="utf-8")[:400]

    assert "GeoNames" in opening
    assert "CC BY 4.0" in opening


def test_every_inhabited_zone_has_a_city(shipped: tuple[Place, ...]) -> None:
    met = {place.zone for place in shipped}

    assert len(met) > 300
    assert {"Atlantic/Reykjavik", "Pacific/Chatham", "Europe/Malta", "America/St_Johns"} - met <= {
        "Pacific/Chatham"
    }


@pytest.mark.parametrize(
    "text, name, zone",
    [
        ("munich", "Munich", "Europe/Berlin"),
        ("München", "Munich", "Europe/Berlin"),
        ("Muenchen", "Munich", "Europe/Berlin"),
        ("Muncih", "Munich", "Europe/Berlin"),
        ("東京", "Tokyo", "Asia/Tokyo"),
        ("Москва", "Moscow", "Europe/Moscow"),
        ("Питер", "Saint Petersburg", "Europe/Moscow"),
        ("Київ", "Kyiv", "Europe/Kyiv"),
        ("Bangalore", "Bengaluru", "Asia/Kolkata"),
        ("दिल्ली", "Delhi", "Asia/Kolkata"),
        ("서울", "Seoul", "Asia/Seoul"),
        ("深圳", "Shenzhen", "Asia/Shanghai"),
        ("القاهرة", "Cairo", "Africa/Cairo"),
        ("تهران", "Tehran", "Asia/Tehran"),
        ("nyc", "New York City", "America/New_York"),
        ("new yrok", "New York City", "America/New_York"),
        ("Sao Paolo", "São Paulo", "America/Sao_Paulo"),
        ("Saigon", "Ho Chi Minh City", "Asia/Ho_Chi_Minh"),
        ("Praha", "Prague", "Europe/Prague"),
        ("reykjavik", "Reykjavík", "Atlantic/Reykjavik"),
        ("Birmingham, UK", "Birmingham", "Europe/London"),
        ("birmingham usa", "Birmingham", "America/Chicago"),
        ("Japan", "Tokyo", "Asia/Tokyo"),
    ],
)
def test_cities_are_found_by_the_names_people_type(
    shipped: tuple[Place, ...], text: str, name: str, zone: str
) -> None:
    found = search(text, shipped)

    assert (found[0].name, found[0].zone) == (name, zone)


@pytest.mark.parametrize("text", ["metrcs", "hello there", "qwrtzp", "I don't know"])
def test_what_is_no_place_is_not_made_one(shipped: tuple[Place, ...], text: str) -> None:
    assert search(text, shipped) == []


@pytest.mark.parametrize(
    "latitude, longitude, zone",
    [
        (48.1, 11.5, "Europe/Berlin"),
        (64.1, -21.9, "Atlantic/Reykjavik"),
        (-31.95, 115.86, "Australia/Perth"),
        (27.7, 85.3, "Asia/Kathmandu"),
        (19.4, -99.1, "America/Mexico_City"),
    ],
)
def test_a_shared_location_gives_the_zone(
    shipped: tuple[Place, ...], latitude: float, longitude: float, zone: str
) -> None:
    assert nearest(latitude, longitude, shipped).zone == zone
