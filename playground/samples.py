"""The small files people can send without having any."""

import base64
import struct
import zlib
from functools import cache

from playground.files import Upload


@cache
def sample(kind: str) -> Upload:
    """The small file a person sends as `photo`, `voice`, `document` or `sticker`."""
    match kind:
        case "photo":
            return Upload("photo.png", _gradient(160, 120), "image/png")
        case "voice":
            return Upload("voice.ogg", _silence(), "audio/ogg")
        case "document":
            return Upload("notes.txt", b"My notes on precision and recall.\n", "text/plain")
        case _:
            return Upload("sticker.webp", base64.b64decode(_WEBP), "image/webp")


_WEBP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="  # one pixel


def _gradient(width: int, height: int) -> bytes:
    """A PNG from blue to green."""
    rows = b"".join(
        b"\0" + b"".join(bytes((40, 90 + 120 * x // width, 200 - 120 * y // height)) for x in range(width))
        for y in range(height)
    )
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _silence() -> bytes:
    """A second of silence as Opus in Ogg."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 10) + b"playground" + struct.pack("<I", 0)
    frames = [b"\xf8\xff\xfe"] * 50  # a 20 ms frame of silence
    return _page(2, 0, 0, [head]) + _page(0, 0, 1, [tags]) + _page(4, 48000, 2, frames)


def _page(flags: int, position: int, number: int, packets: list[bytes]) -> bytes:
    start = struct.pack("<4sBBqII", b"OggS", 0, flags, position, 1, number)
    rest = bytes([len(packets), *map(len, packets)]) + b"".join(packets)
    return start + struct.pack("<I", _crc(start + b"\0\0\0\0" + rest)) + rest


def _crc(data: bytes) -> int:
    """Ogg's checksum: polynomial 04c11db7, nothing reflected."""
    crc = 0
    for byte in data:
        crc ^= byte << 24
        for _ in range(8):
            crc = ((crc << 1) ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return crc
