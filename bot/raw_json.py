"""JSON as it comes from outside: fast when it is sound, readable when it is not quite."""

from __future__ import annotations

import json
from typing import Any

import orjson


def parse(text: bytes | str) -> Any:
    """The value; ValueError where it is no JSON. A character that is none in Unicode becomes `?` or `�`."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        lenient = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        return orjson.loads(dump(json.loads(lenient)))


def dump(value: object) -> bytes:
    """The value in UTF-8."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
