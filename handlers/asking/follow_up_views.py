"""What a follow-up looks like: asked, answered by a tap, answered below what the learner typed."""

from __future__ import annotations

from content.markup import to_html
from handlers.asking.onward_views import LABELS
from handlers.asking.presses import AskAnother, ShowFollowUp
from handlers.kit.reply import Button, Reply
from interview.question import FollowUp


def asked(asking_id: int, number: int, follow_up: FollowUp) -> Reply:
    """The follow-up as it is put."""
    text = (
        f"{_stem(follow_up)}\n\n<i>Answer in your own words: I show mine beside it. No rating, no points.</i>"
    )
    return Reply(text, ((Button("Show answer", ShowFollowUp(asking_id, number)),),))


def shown(asking_id: int, follow_up: FollowUp) -> Reply:
    """The same message with its answer."""
    return Reply(f"{_stem(follow_up)}\n\n{to_html(follow_up.answer)}", _another(asking_id))


def compared(asking_id: int, follow_up: FollowUp, messages: int) -> Reply:
    """Its answer, to be compared with the learner's own words of so many messages."""
    head = f"Your {messages} messages are kept as one answer. " if messages > 1 else ""
    return Reply(f"{head}<b>To compare</b>\n{to_html(follow_up.answer)}", _another(asking_id))


def _stem(follow_up: FollowUp) -> str:
    return f"<i>{LABELS[follow_up.quality]}</i>\n\n<b>{to_html(follow_up.ask)}</b>"


def _another(asking_id: int) -> tuple[tuple[Button, ...], ...]:
    return ((Button("Another", AskAnother(asking_id)),),)
