"""The Bot API's front: every method the box does, behind one function for all doors."""

from collections.abc import Mapping
from typing import Any

from playground import (
    calls,
    editing,
    forwarding,
    group_methods,
    inline,
    media,
    pinning,
    poll_methods,
    restricting,
    sending,
    telling,
    webhook,
)
from playground.faults import Severed
from playground.files import Upload
from playground.state import Box

_ROOMS = (
    telling, webhook, sending, media, forwarding, editing, poll_methods, group_methods, restricting, pinning, inline
)  # fmt: skip
METHODS = {name: built for room in _ROOMS for name, built in room.METHODS.items()}


async def call(
    box: Box, token: str, method: str, raw: Mapping[str, str], uploads: Mapping[str, Upload] | None = None
) -> tuple[int, dict[str, Any]]:
    """HTTP status and JSON object; parameters come as strings, objects in them as JSON, as in a form.

    Raises `Severed` where a fault was ordered that leaves the caller without an answer.
    """
    fault = box.faults.strike(method)
    if fault is None:
        return await calls.answer(box, METHODS, token, method, raw, uploads)
    box.events.tell("fault", method=method, trouble=fault.kind, retry_after=fault.retry_after)
    if fault.refusal is not None:
        return fault.refusal.code, fault.refusal.payload()
    if fault.kind == "lost_reply":
        await calls.answer(box, METHODS, token, method, raw, uploads)
    raise Severed(fault.kind)
