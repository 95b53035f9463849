"""What a person can do: one feature, one module. This list, in order, is what the bot can do."""

from handlers import answering, choices, daily, find, forget, settings, start, tips, topics
from handlers.help import help_with
from handlers.kit.feature import Feature

_LISTED: tuple[Feature, ...] = (
    start.FEATURE,
    daily.FEATURE,
    topics.FEATURE,
    find.FEATURE,
    tips.FEATURE,
    answering.FEATURE,
    choices.FEATURE,
    settings.FEATURE,
    forget.FEATURE,
)
FEATURES: tuple[Feature, ...] = (*_LISTED, help_with(_LISTED))
