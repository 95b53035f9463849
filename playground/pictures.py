"""Pictures: of which kind a file is, and how large, read from its first bytes."""

import struct
from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """A picture's kind and its size in pixels."""

    mime_type: str
    width: int
    height: int


def look_of(content: bytes) -> Look | None:
    """None where it is no PNG, JPEG or GIF."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        return Look("image/png", *struct.unpack(">II", content[16:24]))
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        return Look("image/gif", *struct.unpack("<HH", content[6:10]))
    if content[:2] == b"\xff\xd8":
        return _jpeg_look(content)
    return None


def _jpeg_look(content: bytes) -> Look | None:
    """Its size stands in the frame header, after segments of stated length."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, (length,) = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return Look("image/jpeg", width, height)
        at += 2 + length
    return None
