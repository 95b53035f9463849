"""Zones by their stored names, also those that the rules of today's zones no longer know."""

from __future__ import annotations

import struct
from functools import lru_cache
from io import BytesIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# RFC 8536, version 1: a header, one type of local time without any distance to UTC, its name
_UTC = struct.pack(">4sc15x6l", b"TZif", b"\0", 0, 0, 0, 0, 1, 4) + struct.pack(">lbB", 0, 0, 0) + b"UTC\0"


class _Lost(ZoneInfo):
    """Keeps its name and has the time of UTC."""


def zone_of(name: str) -> ZoneInfo:
    """The zone of that name; a stand-in that lives by UTC and keeps the name where it is not known (any more)."""
    return _zone_of(name)


def is_known(zone: ZoneInfo) -> bool:
    """Whether it is a zone with rules of its own rather than a stand-in."""
    return not isinstance(zone, _Lost)


@lru_cache(maxsize=1_024)  # of some 600 the standard library holds on to eight
def _zone_of(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return _Lost.from_file(BytesIO(_UTC), key=name)
