"""Reads the cities that learners may name, so that nobody has to know what their zone is called."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import available_timezones

from content.problems import Broken, Problem
from interview.place import Place

CITIES_FILE = Path(__file__).parent / "cities.csv"

COLUMNS = ("name", "zone", "country", "population", "latitude", "longitude", "names")
BETWEEN_NAMES = "|"

_HOW_TO_MEND = "make it again with content/make_cities.py"


def read(path: Path = CITIES_FILE) -> tuple[Place, ...]:
    """The places of a file in its order, largest first in the one we ship; Broken names everything wrong in it.

    A comma-separated file with a heading line. Lines before the heading that begin with # say where it is from.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise Broken([Problem(path, "", f"is missing: {_HOW_TO_MEND}.")]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise Broken([Problem(path, "", f"cannot be read ({error}): {_HOW_TO_MEND}.")]) from None

    start = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    rows = list(csv.reader(lines[start:]))
    if not rows or tuple(rows[0]) != COLUMNS:
        raise Broken(
            [Problem(path, f"line {start + 1}", f"should read {','.join(COLUMNS)}: {_HOW_TO_MEND}.")]
        )

    problems: list[Problem] = []
    zones = available_timezones()
    places = tuple(
        place
        for number, row in enumerate(rows[1:], start=start + 2)
        for place in _read_row(path, number, row, zones, problems)
    )
    if not places and not problems:
        problems.append(Problem(path, "", f"holds no places: {_HOW_TO_MEND}."))
    if problems:
        raise Broken(problems)
    return places


def _read_row(
    path: Path, number: int, row: list[str], zones: set[str], problems: list[Problem]
) -> Iterator[Place]:
    """The one place of a row; none where something is wrong with it, which is written down then."""

    def wrong(sentence: str) -> None:
        problems.append(Problem(path, f"line {number}", sentence))

    if len(row) != len(COLUMNS):
        return wrong(f"has {len(row)} columns and should have {len(COLUMNS)}.")
    name, zone, country, population, latitude, longitude, names = row
    if not name:
        return wrong("has no name.")
    if zone not in zones:
        return wrong(f"names the zone {zone!r}, which does not exist.")
    try:
        place = Place(
            name=name,
            zone=zone,
            country=country,
            population=int(population),
            latitude=float(latitude),
            longitude=float(longitude),
            names=tuple(filter(None, names.split(BETWEEN_NAMES))),
        )
    except ValueError:
        return wrong("needs numbers for population, latitude and longitude.")
    if not (abs(place.latitude) <= 90 and abs(place.longitude) <= 180 and place.population >= 0):
        return wrong("needs a latitude within ±90, a longitude within ±180 and a population of 0 or more.")
    yield place
    return None
