"""The Bot API's front: every method the box does, behind one function for all doors."""

from collections.abc import Mapping
from typing import Any

from playground import calls, editing, sending, telling
from playground.files import Upload
from playground.state import Box

METHODS = telling.METHODS | sending.METHODS | editing.METHODS


async def call(
    box: Box, token: str, method: str, raw: Mapping[str, str], uploads: Mapping[str, Upload] | None = None
) -> tuple[int, dict[str, Any]]:
    """HTTP status and JSON object; parameters come as strings, objects in them as JSON, as in a form."""
    return await calls.answer(box, METHODS, token, method, raw, uploads)
