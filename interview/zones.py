"""The zone that a typed text means: a city, a country, an IANA name or a distance to UTC."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from zoneinfo import available_timezones

from rapidfuzz import process
from rapidfuzz.distance import OSA

from interview.languages import guess, suggest
from interview.place import Place, fold, nearest

__all__ = ["Place", "guess", "nearest", "search", "suggest"]

_UTC = "UTC"
_REGIONS = (
    "Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/",
    "Pacific/",
)  # fmt: skip

_DOMINATES = 10  # times as many people


def search(text: str, places: Sequence[Place], limit: int = 5) -> list[Place]:
    """The places or zones that `text` may mean, the likeliest first; empty when it means none.

    Understands a city in any script and with typos (`munich`, `Мюнхен`, `Muncih`), a city and its country
    (`Valencia, Spain`), a country, an IANA name (`Europe/Berlin`), a short one (`CET`) and a distance to
    UTC (`UTC+2`, `GMT-3:30`, which know no summer time). The better match comes first, among equals the
    larger city.
    """
    offset = _OFFSET.fullmatch(text.strip())
    if offset is not None:
        return _by_offset(offset)
    named = _named_zone(text)
    if named is not None:
        return [_bare(named)]
    whole = fold(text)
    found = (
        _in_country(text, ",", places)
        or _exact(whole, places)
        or _in_country(text, " ", places)
        or _by_name(whole, places)
    )
    return found[:limit]


def certain(text: str, found: Sequence[Place]) -> Place | None:
    """The one place among those found that `text` surely means; None where one has to ask.

    Sure is a zone's own name, and a city's exact name (a country may follow it) unless another city of that name lies
    in another zone: then it has to be ten times as large.
    """
    if found and (_OFFSET.fullmatch(text.strip()) or _named_zone(text) is not None):
        return found[0]
    whole = fold(text)
    exact = [place for place in found if _is_exact(whole, place)]
    if not exact:
        return None
    first, *others = sorted(exact, key=lambda place: -place.population)
    rivals = [place for place in others if place.zone != first.zone]
    dominates = all(first.population >= _DOMINATES * place.population for place in rivals)
    return first if dominates else None


def _is_exact(whole: str, place: Place) -> bool:
    return any(whole == name or whole.startswith(f"{name} ") for name in place.folded)


def _named_zone(text: str) -> str | None:
    """The zone whose very name, or short name, this is."""
    return _zone_names().get("_".join(text.split()).casefold()) or _SHORT_NAMES.get(text.strip().casefold())


# --- a distance to UTC

_OFFSET = re.compile(
    r"(?:utc|gmt|z)|(?:utc|gmt)?\s*(?P<sign>[+−–-])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?",
    re.IGNORECASE,
)

# Distances that are no whole hours have a zone where people live by them.
_BROKEN_HOURS = {
    -570: "Pacific/Marquesas",
    -210: "America/St_Johns",
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    525: "Australia/Eucla",
    570: "Australia/Darwin",
    630: "Australia/Lord_Howe",
    765: "Pacific/Chatham",
}


def _by_offset(match: re.Match[str]) -> list[Place]:
    """The zone at that distance; none for one that no clock keeps."""
    away = int(match["hours"] or 0) * 60 + int(match["minutes"] or 0)
    if not away:
        return [Place(_UTC, _UTC)]
    east = match["sign"] == "+"
    minutes = away if east else -away
    hours, rest = divmod(away, 60)
    name = f"{_UTC}{'+' if east else '−'}{hours}{f':{rest:02}' if rest else ''}"
    if rest:
        return [Place(name, _BROKEN_HOURS[minutes])] if minutes in _BROKEN_HOURS else []
    # Zones of the Etc family count the other way round, as POSIX does.
    return [Place(name, f"Etc/GMT{'-' if east else '+'}{hours}")] if -12 <= minutes / 60 <= 14 else []


# --- the name of a zone

_SHORT_NAMES = {
    **dict.fromkeys(("est", "edt", "et"), "America/New_York"),
    **dict.fromkeys(("cst", "cdt", "ct"), "America/Chicago"),
    **dict.fromkeys(("mst", "mdt", "mt"), "America/Denver"),
    **dict.fromkeys(("pst", "pdt", "pt"), "America/Los_Angeles"),
    **dict.fromkeys(("wet", "west"), "Europe/Lisbon"),
    **dict.fromkeys(("cet", "cest", "mez", "mesz"), "Europe/Berlin"),
    **dict.fromkeys(("eet", "eest"), "Europe/Helsinki"),
    **dict.fromkeys(("aest", "aedt"), "Australia/Sydney"),
    "bst": "Europe/London",
    "msk": "Europe/Moscow",
    "ist": "Asia/Kolkata",
    "wib": "Asia/Jakarta",
    "sgt": "Asia/Singapore",
    "hkt": "Asia/Hong_Kong",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "brt": "America/Sao_Paulo",
}


@lru_cache(maxsize=1)
def _zone_names() -> dict[str, str]:
    # Names without a region (`Japan`, `EST`) are countries or short names, and those are met elsewhere.
    return {name.casefold(): name for name in available_timezones() if "/" in name}


@lru_cache(maxsize=1)
def _bare_zones() -> tuple[Place, ...]:
    """Every zone of a region as a place, for towns that no list of cities holds."""
    return tuple(_bare(zone) for zone in sorted(_zone_names().values()) if zone.startswith(_REGIONS))


def _bare(zone: str) -> Place:
    return Place(zone.rpartition("/")[2].replace("_", " "), zone, names=(zone,))


# --- the name of a city or country

_COUNTRIES = {
    "america": "united states",
    "us": "united states",
    "usa": "united states",
    "united states of america": "united states",
    "britain": "united kingdom",
    "england": "united kingdom",
    "great britain": "united kingdom",
    "scotland": "united kingdom",
    "uk": "united kingdom",
    "uae": "united arab emirates",
    "emirates": "united arab emirates",
    "holland": "the netherlands",
    "netherlands": "the netherlands",
    "czech republic": "czechia",
    "korea": "south korea",
    "turkiye": "turkey",
    "brasil": "brazil",
    "deutschland": "germany",
    "espana": "spain",
    "italia": "italy",
    "mexico": "mexico",
    "osterreich": "austria",
    "polska": "poland",
    "schweiz": "switzerland",
    fold("россия"): "russia",
    fold("украина"): "ukraine",
    fold("україна"): "ukraine",
    fold("中国"): "china",
    fold("日本"): "japan",
}


def _by_name(wanted: str, places: Sequence[Place]) -> list[Place]:
    if not wanted:
        return []
    zones = _bare_zones()
    return (
        _exact(wanted, places)
        or _of_country(wanted, places)
        or _exact(wanted, zones)
        or _near(wanted, places)
        or _near(wanted, zones)
    )


def _in_country(text: str, parted_by: str, places: Sequence[Place]) -> list[Place]:
    """What `Valencia, Spain` means; without such a country what `Valencia` means, if a comma parts them."""
    city, _, last = text.rpartition(parted_by)
    country = fold(last)
    if parted_by == " " and not any(_is_in(place, country) for place in places):
        return []
    found = _by_name(fold(city), places)
    there = [place for place in found if _is_in(place, country)]
    return there or (found if parted_by == "," else [])


def _exact(wanted: str, places: Sequence[Place]) -> list[Place]:
    """Places of that name, then those of other zones whose own name goes on after it; else nothing."""
    exact = [place for place in places if wanted in place.folded]
    zones = {place.zone for place in exact}
    longer = [place for place in places if place.zone not in zones and _begins(wanted, place.folded[:1])]
    return _largest_first(exact) + _largest_first(longer) if exact else []


def _of_country(wanted: str, places: Sequence[Place]) -> list[Place]:
    """The largest city of each of a country's zones."""
    found: dict[str, Place] = {}
    for place in _largest_first(place for place in places if _is_in(place, wanted)):
        found.setdefault(place.zone, place)
    return list(found.values())


def _near(wanted: str, places: Sequence[Place]) -> list[Place]:
    """Places with a name that begins like it, is a slip or two away, or holds it further inside."""
    slips = _slips(wanted, places)
    one_slip = [place for place, away in slips.items() if away == 1]
    groups = (
        [place for place in places if _begins(wanted, place.folded[:1])],
        one_slip,
        [place for place in places if _begins(wanted, place.folded[1:])],
        [place for place in places if _begins(f" {wanted}", place.folded, inside=True)],
    )
    found = [place for group in groups for place in _largest_first(group)]
    if not one_slip:
        found += sorted(slips, key=lambda place: (slips[place], -place.population))
    return list(dict.fromkeys(found))


def _begins(wanted: str, names: Sequence[str], inside: bool = False) -> bool:
    return any(wanted in name if inside else name.startswith(wanted) for name in names)


def _slips(wanted: str, places: Sequence[Place]) -> dict[Place, int]:
    """Places with a name some slips of the finger away: one for four letters, two for seven, three for eleven."""
    most = sum(len(wanted) >= letters for letters in (4, 7, 11))
    if not most:
        return {}
    owners = [place for place in places for _ in place.folded]
    names = [name for place in places for name in place.folded]
    slips: dict[Place, int] = {}
    for _, away, at in process.extract(wanted, names, scorer=OSA.distance, score_cutoff=most, limit=None):
        slips[owners[at]] = min(away, slips.get(owners[at], away))
    return slips


def _largest_first(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: -place.population)


def _is_in(place: Place, wanted: str) -> bool:
    return _folded(place.country) == _COUNTRIES.get(wanted, wanted) != ""


@lru_cache(maxsize=512)
def _folded(country: str) -> str:
    return fold(country)
