"""Which zones a Telegram client's language makes likely."""

from __future__ import annotations

_WORLD = (
    "Europe/London",
    "America/New_York",
    "Asia/Kolkata",
    "Europe/Berlin",
    "America/Los_Angeles",
    "Asia/Singapore",
)

# The likeliest zone first; a tag with a region goes before its language.
_ZONES: dict[str, tuple[str, ...]] = {
    "af": ("Africa/Johannesburg",),
    "am": ("Africa/Addis_Ababa",),
    "ar": ("Africa/Cairo", "Asia/Riyadh", "Asia/Dubai", "Africa/Casablanca", "Asia/Baghdad"),
    "az": ("Asia/Baku",),
    "be": ("Europe/Minsk", "Europe/Warsaw"),
    "bg": ("Europe/Sofia",),
    "bn": ("Asia/Dhaka", "Asia/Kolkata"),
    "bs": ("Europe/Sarajevo",),
    "ca": ("Europe/Madrid", "Europe/Andorra"),
    "cs": ("Europe/Prague",),
    "da": ("Europe/Copenhagen",),
    "de": ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich"),
    "de-at": ("Europe/Vienna", "Europe/Berlin"),
    "de-ch": ("Europe/Zurich", "Europe/Berlin"),
    "el": ("Europe/Athens", "Asia/Nicosia"),
    "en": (
        "America/New_York", "Europe/London", "America/Los_Angeles",
        "Asia/Kolkata", "America/Chicago", "Asia/Singapore",
    ),
    "en-au": ("Australia/Sydney", "Australia/Brisbane", "Australia/Adelaide", "Australia/Perth"),
    "en-ca": ("America/Toronto", "America/Vancouver", "America/Edmonton", "America/Halifax"),
    "en-gb": ("Europe/London", "Europe/Dublin"),
    "en-ie": ("Europe/Dublin", "Europe/London"),
    "en-in": ("Asia/Kolkata",),
    "en-nz": ("Pacific/Auckland",),
    "en-sg": ("Asia/Singapore",),
    "en-us": ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"),
    "en-za": ("Africa/Johannesburg",),
    "es": (
        "Europe/Madrid", "America/Mexico_City", "America/Bogota",
        "America/Argentina/Buenos_Aires", "America/Lima", "America/Santiago",
    ),
    "es-ar": ("America/Argentina/Buenos_Aires",),
    "es-cl": ("America/Santiago",),
    "es-co": ("America/Bogota",),
    "es-es": ("Europe/Madrid", "Atlantic/Canary"),
    "es-mx": ("America/Mexico_City", "America/Tijuana", "America/Cancun"),
    "es-pe": ("America/Lima",),
    "et": ("Europe/Tallinn",),
    "eu": ("Europe/Madrid",),
    "fa": ("Asia/Tehran", "Asia/Kabul"),
    "fi": ("Europe/Helsinki",),
    "fil": ("Asia/Manila",),
    "fr": (
        "Europe/Paris", "Africa/Casablanca", "America/Toronto",
        "Europe/Brussels", "Africa/Tunis", "Africa/Abidjan",
    ),
    "fr-be": ("Europe/Brussels", "Europe/Paris"),
    "fr-ca": ("America/Toronto", "America/Halifax"),
    "fr-ch": ("Europe/Zurich", "Europe/Paris"),
    "gl": ("Europe/Madrid",),
    "gu": ("Asia/Kolkata",),
    "he": ("Asia/Jerusalem",),
    "hi": ("Asia/Kolkata",),
    "hr": ("Europe/Zagreb", "Europe/Sarajevo"),
    "hu": ("Europe/Budapest",),
    "hy": ("Asia/Yerevan",),
    "id": ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"),
    "is": ("Atlantic/Reykjavik",),
    "it": ("Europe/Rome", "Europe/Zurich"),
    "ja": ("Asia/Tokyo",),
    "ka": ("Asia/Tbilisi",),
    "kk": ("Asia/Almaty",),
    "km": ("Asia/Phnom_Penh",),
    "kn": ("Asia/Kolkata",),
    "ko": ("Asia/Seoul",),
    "ky": ("Asia/Bishkek",),
    "lo": ("Asia/Vientiane",),
    "lt": ("Europe/Vilnius",),
    "lv": ("Europe/Riga",),
    "mk": ("Europe/Skopje",),
    "ml": ("Asia/Kolkata", "Asia/Dubai"),
    "mn": ("Asia/Ulaanbaatar",),
    "mr": ("Asia/Kolkata",),
    "ms": ("Asia/Kuala_Lumpur", "Asia/Singapore"),
    "mt": ("Europe/Malta",),
    "my": ("Asia/Yangon",),
    "nb": ("Europe/Oslo",),
    "ne": ("Asia/Kathmandu",),
    "nl": ("Europe/Amsterdam", "Europe/Brussels"),
    "nl-be": ("Europe/Brussels", "Europe/Amsterdam"),
    "nn": ("Europe/Oslo",),
    "no": ("Europe/Oslo",),
    "pa": ("Asia/Kolkata", "Asia/Karachi"),
    "pl": ("Europe/Warsaw",),
    "pt": ("America/Sao_Paulo", "Europe/Lisbon", "America/Manaus", "Africa/Luanda"),
    "pt-br": ("America/Sao_Paulo", "America/Manaus", "America/Fortaleza", "America/Cuiaba"),
    "pt-pt": ("Europe/Lisbon", "Atlantic/Azores"),
    "ro": ("Europe/Bucharest", "Europe/Chisinau"),
    "ru": (
        "Europe/Moscow", "Asia/Yekaterinburg", "Asia/Novosibirsk",
        "Asia/Almaty", "Europe/Samara", "Asia/Vladivostok",
    ),
    "si": ("Asia/Colombo",),
    "sk": ("Europe/Bratislava",),
    "sl": ("Europe/Ljubljana",),
    "sq": ("Europe/Tirane",),
    "sr": ("Europe/Belgrade",),
    "sv": ("Europe/Stockholm", "Europe/Helsinki"),
    "sw": ("Africa/Nairobi", "Africa/Dar_es_Salaam"),
    "ta": ("Asia/Kolkata", "Asia/Colombo", "Asia/Singapore"),
    "te": ("Asia/Kolkata",),
    "tg": ("Asia/Dushanbe",),
    "th": ("Asia/Bangkok",),
    "tk": ("Asia/Ashgabat",),
    "tl": ("Asia/Manila",),
    "tr": ("Europe/Istanbul",),
    "uk": ("Europe/Kyiv", "Europe/Warsaw", "Europe/Berlin"),
    "ur": ("Asia/Karachi", "Asia/Kolkata"),
    "uz": ("Asia/Tashkent",),
    "vi": ("Asia/Ho_Chi_Minh",),
    "yue": ("Asia/Hong_Kong",),
    "zh": ("Asia/Shanghai", "Asia/Taipei", "Asia/Hong_Kong", "Asia/Singapore"),
    "zh-hans": ("Asia/Shanghai", "Asia/Singapore"),
    "zh-hant": ("Asia/Taipei", "Asia/Hong_Kong"),
    "zh-hk": ("Asia/Hong_Kong",),
    "zh-sg": ("Asia/Singapore",),
    "zh-tw": ("Asia/Taipei",),
}  # fmt: skip

# Spoken on several continents, or across a land of many zones: no first guess would be right often enough.
_SPREAD = frozenset({"ar", "en", "en-au", "en-ca", "en-us", "es", "fr", "pt", "ru", "sw"})


def suggest(language: str | None) -> list[str]:
    """The zones to offer for a client's language tag (`de`, `pt-br`, `zh-hans`), likeliest first, one to six.

    An unknown language is offered the zones of the world's large ones.
    """
    tag = _known(language)
    return list(_ZONES[tag] if tag else _WORLD)


def guess(language: str | None) -> str | None:
    """The zone that most who speak the language live in, where there is such a one."""
    tag = _known(language)
    return None if tag is None or tag in _SPREAD else _ZONES[tag][0]


def _known(language: str | None) -> str | None:
    """The longest part of the tag that the table holds: `de` for `de-LU`."""
    parts = (language or "").lower().replace("_", "-").split("-")
    while parts:
        if (tag := "-".join(parts)) in _ZONES:
            return tag
        parts.pop()
    return None
