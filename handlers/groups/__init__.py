"""The group around the quiz: our coming and going, its settings, and what we can do there."""

from handlers.groups.helping import help_with
from handlers.groups.presence import membership, service
from handlers.groups.presses import PickGroupZone, PickWhoStarts
from handlers.groups.settings import pick_who_starts, pick_zone, settings, text
from handlers.kit.feature import Called, Feature

__all__ = ["FEATURE", "help_with"]

FEATURE = Feature(
    name="groups",
    group_commands=(Called("quizsettings", "who may start, and our time zone", settings),),
    group_presses={PickWhoStarts: pick_who_starts, PickGroupZone: pick_zone},
    group_texts=text,
    group_service=service,
    membership=membership,
)
