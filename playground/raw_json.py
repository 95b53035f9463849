"""JSON as it goes over the wire: read and written fast, and as the standard library does it where that fails."""

import json
from typing import Any

import orjson


def read(text: str | bytes) -> Any:
    """The value. Raises `ValueError`, or `RecursionError` for what is nested too deep."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)


def write(value: Any) -> bytes:
    """The value in UTF-8."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value).encode()
