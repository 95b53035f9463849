"""Choosing a zone: likely ones as buttons, a typed city or zone name, or a shared location."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.kit.press import Press
from handlers.kit.reply import AskForLocation, Button, Reply
from interview.place import Place, landmark

ASK = "Tap your zone, or type your city, for example “Lisbon”."
UNKNOWN = "I don’t know that place. Type the nearest large city, or a zone such as Europe/Lisbon or UTC+2."
LOCATION = Reply(
    "Tap the button below to share where you are; I keep only the zone.", AskForLocation("Share location")
)


def zone_buttons(zones: Sequence[str], now: datetime, press: Callable[[str], Press]) -> list[Button]:
    """A button a zone, with the time it is there."""
    return [Button(f"{city(zone)} {now.astimezone(ZoneInfo(zone)):%H:%M}", press(zone)) for zone in zones]


def place_buttons(
    offered: Sequence[Place], places: Sequence[Place], now: datetime, press: Callable[[str], Press]
) -> list[Button]:
    """A button a place, with its country and the time it is there; places that look alike with a city nearby, too."""
    names = Counter(map(_named, offered))
    return [
        Button(
            f"{_told_apart(place, places) if names[_named(place)] > 1 else _named(place)}"
            f" {now.astimezone(ZoneInfo(place.zone)):%H:%M}",
            press(place.zone),
        )
        for place in offered
    ]


def _named(place: Place) -> str:
    return f"{place.name}, {place.country}" if place.country else place.name or title(place.zone)


def _told_apart(place: Place, places: Sequence[Place]) -> str:
    near = landmark(place, places)
    return f"{place.name} near {near.name}, {place.country}" if near else _named(place)


def city(zone: str) -> str:
    """What people call a zone: the city in its name."""
    return title(zone).rsplit("/", 1)[-1].replace("_", " ")


def title(zone: str) -> str:
    """A zone's name as people read it: the Etc zones count the other way round."""
    distance = zone.removeprefix("Etc/GMT")
    if distance == zone or not distance:
        return zone
    return f"UTC{'−' if distance[0] == '+' else '+'}{distance[1:]}"
