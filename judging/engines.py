"""One function for every engine: a reply in, a judgement out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from interview.question import KeyPoint, Question
from judging.judgement import Judgement
from judging.lexical import judge_by_words


class Engine(Protocol):
    """What an engine is: the stem, the key points and the reply in, a judgement with a point for each key point out."""

    def __call__(
        self, stem: str, key_points: Sequence[KeyPoint], reply: str, hints_used: int = 0
    ) -> Judgement: ...


class EngineMissing(Exception):
    """An engine that is not here; the message is one sentence for whoever asked for it."""


ENGINE_NAMES = ("lexical", "minilm")


def engine(name: str) -> Engine:
    """The engine of that name. Raises EngineMissing where it is not installed or not known."""
    if name == "lexical":
        return judge_by_words
    if name == "minilm":
        raise EngineMissing("The minilm engine is not installed here; use --engine lexical.")
    raise EngineMissing(f"There is no engine called {name!r}; use one of: {', '.join(ENGINE_NAMES)}.")


def judge(stem: str, key_points: Sequence[KeyPoint], reply: str, hints_used: int = 0) -> Judgement:
    """What a typed reply covers, point by point in the order given, with the default engine.

    Only the first 2,000 characters are read. `hints_used` caps the suggested rating. Takes up to 20 ms of one
    core for a long reply: call it in a worker thread.
    """
    return judge_by_words(stem, key_points, reply, hints_used)


def judge_question(question: Question, reply: str, hints_used: int = 0) -> Judgement:
    """`judge` for a question of the bank."""
    return judge(question.stem, question.key_points, reply, hints_used)
