"""Deep links: what stands behind `?start=` in a link to the bot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 64
"""Characters of a payload, Telegram's limit."""

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class LinkTo(StrEnum):
    """What a link can lead to."""

    TOPIC = "topic"
    QUESTION = "q"
    REVIEW = "review"
    QUIZ = "quiz"


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it was read: `name` is a topic, a `topic/facet`, a question's id or the end of one, or a quiz's
    number; unchecked."""

    to: LinkTo
    name: str = ""


def read(payload: str) -> Link | None:
    """`topic_metrics`, `topic_llm__rag`, `q_metrics__roc-auc`, `q_roc-auc`, `quiz_12` or `review`; None for the rest.

    A payload has no slash, so two underscores stand for it.
    """
    if not _PAYLOAD.fullmatch(payload):
        return None
    kind, _, name = payload.partition("_")
    if kind == LinkTo.REVIEW and not name:
        return Link(LinkTo.REVIEW)
    if kind == LinkTo.QUIZ and name.isascii() and name.isdigit() and len(name) <= 18:
        return Link(LinkTo.QUIZ, name)
    if kind in (LinkTo.TOPIC, LinkTo.QUESTION) and name:
        return Link(LinkTo(kind), name.lower().replace("__", "/"))
    return None


def to_topic(slug: str) -> str:
    """The payload for a topic or `topic/facet`."""
    return f"{LinkTo.TOPIC}_{slug.replace('/', '__')}"


def to_question(question_id: str) -> str:
    """The payload for a question."""
    return f"{LinkTo.QUESTION}_{question_id.replace('/', '__')}"


def to_quiz(quiz_id: int) -> str:
    """The payload for what somebody missed in a quiz."""
    return f"{LinkTo.QUIZ}_{quiz_id}"
