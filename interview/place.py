"""Cities as people name them, with their zones."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

_KM_PER_RADIAN = 6371.0
_NOT_IN_NAMES = re.compile(r"[\W_]+")
# Letters that Unicode does not take apart into a plain one and its accent.
_PLAIN = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "Ae"}
)


@dataclass(frozen=True, slots=True)
class Place:
    """A city with its zone (an IANA name), or a zone by itself, which has no country and no population.

    `names` are other names it goes by, in any script. Latitude and longitude are degrees, north and east
    positive.
    """

    name: str
    zone: str
    country: str = ""
    population: int = 0
    latitude: float = 0.0
    longitude: float = 0.0
    names: tuple[str, ...] = ()
    folded: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Folded once: a search goes through some thirty thousand names.
        folded = dict.fromkeys(fold(name) for name in (self.name, *self.names))
        object.__setattr__(self, "folded", tuple(name for name in folded if name))


def fold(name: str) -> str:
    """A name without case, accents and punctuation: `sao paulo` for `São Paulo`."""
    plain = name.casefold() if name.isascii() else _without_accents(name)
    return _NOT_IN_NAMES.sub(" ", plain).strip()


def _without_accents(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.translate(_PLAIN)).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def nearest(latitude: float, longitude: float, places: Sequence[Place]) -> Place:
    """The place with the shortest way to a point (degrees); ValueError when there are no places."""
    if not places:
        raise ValueError("There are no places to choose from.")
    return min(places, key=lambda place: distance(latitude, longitude, place))


def landmark(place: Place, places: Sequence[Place]) -> Place | None:
    """The nearest place at least twice as large, by which to tell this one from others of its name."""
    larger = [
        other for other in places if other.population >= 2 * place.population and other.name != place.name
    ]
    return nearest(place.latitude, place.longitude, larger) if larger else None


def distance(latitude: float, longitude: float, place: Place) -> float:
    """Kilometres from a point (degrees) to a place along the great circle, by the haversine formula."""
    here, there = math.radians(latitude), math.radians(place.latitude)
    across = math.radians(place.longitude - longitude)
    half = math.sin((there - here) / 2) ** 2 + math.cos(here) * math.cos(there) * math.sin(across / 2) ** 2
    return 2 * _KM_PER_RADIAN * math.asin(math.sqrt(min(1.0, half)))
