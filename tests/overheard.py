"""Everything that is logged while a test runs: the token is never in it, and no learner's words are."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{12,}")
SHORTEST = 6
"""Letters; less than that stands in many a line by chance."""


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def overhearing() -> Iterator[list[str]]:
    """All lines that are logged meanwhile, with their tracebacks, down to the last detail."""
    ear, root = _Ear(), logging.getLogger()
    level = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    try:
        yield ear.lines
    finally:
        root.setLevel(level)
        root.removeHandler(ear)


def tokens_in(lines: Iterable[str]) -> list[str]:
    """The lines that hold something that looks like a bot's token."""
    return [line for line in lines if TOKEN.search(line)]


def words_in(lines: Iterable[str], payloads: Iterable[str]) -> list[str]:
    """What people wrote, in these updates as JSON, and what some line says after them. Commands are no words."""
    said = "\n".join(lines)
    return sorted(words for words in set(_written(payloads)) if words in said)


def _written(payloads: Iterable[str]) -> Iterator[str]:
    for payload in payloads:
        update = json.loads(payload)
        message = update.get("message") or update.get("edited_message") or {}
        words = str(message.get("text") or message.get("caption") or "")
        if len(words) >= SHORTEST and not words.startswith("/"):
            yield words
