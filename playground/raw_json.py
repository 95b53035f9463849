"""JSON as it goes over the wire: read and written fast, and as the standard library does it where that fails."""

import json
from typing import Any

import orjson


def read(text: str | bytes) -> Any:
    """The value. Raises `ValueError`, also for NaN and what is nested too deep."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deep") from None


def write(value: Any) -> bytes:
    """The value in UTF-8."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value).encode()


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")
