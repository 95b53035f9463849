"""What a learner said to a question, as far as its views care: how much, in words or otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview.asking import ReplyKind
from interview.giving_up import gives_up
from judging.guards import Guard, guard_of
from storage.replies import Typed

_HEARD = (ReplyKind.VOICE, ReplyKind.AUDIO, ReplyKind.VIDEO, ReplyKind.VIDEO_NOTE)


@dataclass(frozen=True, slots=True)
class Said:
    """`heard` and `seen`: something is there to listen to, to look at. `gave_up`: all of it means "I don't know"."""

    messages: int = 0
    words: bool = False
    heard: bool = False
    seen: bool = False
    gave_up: bool = False

    @property
    def unread(self) -> bool:
        """Whether some of it cannot be judged: a recording, a picture, a file."""
        return self.heard or self.seen


def said(typed: Sequence[Typed]) -> Said:
    """What these messages amount to."""
    kinds = {message.kind for message in typed} - {ReplyKind.TEXT}
    words = words_of(typed)
    return Said(
        messages=len(typed),
        words=bool(words),
        heard=any(kind in _HEARD for kind in kinds),
        seen=any(kind not in _HEARD for kind in kinds),
        gave_up=not kinds and gave_up(words),
    )


def words_of(typed: Sequence[Typed]) -> str:
    """All that was typed, captions too, in the order sent."""
    return "\n".join(message.text for message in typed if message.text.strip())


def in_one_message(typed: Sequence[Typed], quote: str) -> str:
    """A quote of these messages' words, cut where it runs on into the next one: its longest part in one of them."""
    texts = [message.text for message in typed if message.text.strip()]
    begins = "\n".join(texts).find(quote)
    if begins < 0:
        return quote
    parts, at = [], 0
    for text in texts:
        parts.append(text[max(0, begins - at) : max(0, begins + len(quote) - at)])
        at += len(text) + 1
    return max(parts, key=len).strip()


def gave_up(words: str) -> bool:
    """Whether all of it means "I don't know"."""
    return bool(words) and (gives_up(words) or guard_of(words) is Guard.GAVE_UP)
