"""What a call costs, and which calls may be made again after which failure.

| what came back                                     | edits, answers, deletes, questions | sends, and the rest |
|----------------------------------------------------|------------------------------------|---------------------|
| 429, with a time to wait                           | again                              | again               |
| no connection came about                           | again                              | again               |
| 500, 503: Telegram says it did not do it           | again                              | again               |
| nothing, or 502, 504: done perhaps, answer lost    | again, once                        | not here            |
| 400, 401, 403, 404, 409: it will be no different   | never                              | never               |

“Not here”: a second copy is for whoever owes the message to decide, with the row in hand that says whether its
message is known. The update runs again, or the heartbeat finds it unsent: one copy at most for each lost answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.transport import NeverSent

WRITING = ("send", "edit", "forward", "copy")
NO_MESSAGE = ("sendChatAction",)
REPEATABLE = ("edit", "answer", "delete", "get", "set", "sendChatAction")
_NOT_DONE = re.compile(r"^(Internal Server Error|Service Unavailable)|\((500|503)\)", re.IGNORECASE)


class Failure(Enum):
    """What a failure means for the call."""

    FINAL = "final"
    WAIT = "wait"
    NOT_DONE = "not done"
    UNSURE = "unsure"


def count(method: str, data: Mapping[str, object]) -> int:
    """How many messages a call counts for: an edit is one, an album as many as it has pieces."""
    if not method.startswith(WRITING) or method in NO_MESSAGE:
        return 0
    pieces = data.get("media") if method == "sendMediaGroup" else data.get("message_ids")
    return max(1, len(pieces)) if isinstance(pieces, list | tuple) else 1


def failure(error: TelegramError) -> Failure:
    """What to make of it."""
    match error:
        case RetryAfter():
            return Failure.WAIT
        case BadRequest() | Forbidden() | InvalidToken() | Conflict():
            return Failure.FINAL
        case NeverSent():
            return Failure.NOT_DONE
        case NetworkError():
            return Failure.NOT_DONE if _NOT_DONE.search(error.message) else Failure.UNSURE
    return Failure.FINAL


def is_repeatable(method: str) -> bool:
    """Whether doing it twice is the same as doing it once."""
    return method.startswith(REPEATABLE)
