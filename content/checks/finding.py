"""What a check finds: a place in a question and a sentence."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """`where` is a place in the question's file ("" for all of it); the sentence goes on from it."""

    question: str
    where: str
    sentence: str
