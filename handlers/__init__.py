"""What a person can do: one feature, one module. This list, in order, is what the bot can do."""

from handlers import (
    admin,
    answering,
    choices,
    daily,
    export,
    find,
    forget,
    history,
    importing,
    pause,
    privacy,
    reporting,
    settings,
    start,
    stats,
    tips,
    topics,
    weak_spots,
)
from handlers.help import help_with
from handlers.kit.feature import Feature

_LISTED: tuple[Feature, ...] = (
    start.FEATURE,
    daily.FEATURE,
    topics.FEATURE,
    weak_spots.FEATURE,
    find.FEATURE,
    stats.FEATURE,
    history.FEATURE,
    tips.FEATURE,
    answering.FEATURE,
    reporting.FEATURE,
    choices.FEATURE,
    settings.FEATURE,
    pause.FEATURE,
    privacy.FEATURE,
    export.FEATURE,
    importing.FEATURE,
    forget.FEATURE,
)
FEATURES: tuple[Feature, ...] = (*_LISTED, help_with((*_LISTED, admin.FEATURE)), admin.FEATURE)
