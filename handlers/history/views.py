"""What past answers look like: a list, one in whole, a follow-up to it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.limits import LONGEST_MESSAGE
from content.markup import to_html, to_plain
from handlers.asking.onward_views import LABELS
from handlers.asking.points_views import UNSURE, box
from handlers.asking.presses import BringToday
from handlers.history.presses import ReadFollowUp, ReadPast, Replay, TurnTo
from handlers.kit.reply import Button, Reply, escape, length
from interview.asking import Asking, ReplyKind
from interview.question import FollowUp, Question
from interview.words import lasting
from storage.follow_ups import AskedFollowUp
from storage.replies import Typed

_STEM = 120  # characters of a question in the list
_KINDS = {
    ReplyKind.VOICE: "voice message",
    ReplyKind.AUDIO: "recording",
    ReplyKind.PHOTO: "picture",
    ReplyKind.DOCUMENT: "file",
    ReplyKind.VIDEO: "video",
    ReplyKind.VIDEO_NOTE: "video message",
}
_NOTHING = Reply(
    "<b>Nothing to read yet.</b>\nEvery question you answer is kept here with your own words.",
    ((Button("Today’s question", BringToday()),),),
)


@dataclass(frozen=True, slots=True)
class Past:
    """One answer as the list shows it; without a question where that left the bank."""

    asking: Asking
    question: Question | None
    about: str


def listed(shown: Sequence[Past], page: int, *, older: bool) -> Reply:
    """A page of past answers, the newest first."""
    if not shown:
        return _NOTHING
    lines = [
        f"{number}  <i>{escape(past.about)}</i>\n{escape(_stem(past.question))}"
        for number, past in enumerate(shown, 1)
    ]
    numbers = tuple(
        Button(str(number), ReadPast(past.asking.id, page))
        for number, past in enumerate(shown, 1)
        if past.question
    )
    turning = [Button("Newer", TurnTo(page - 1))] if page else []
    turning += [Button("Older", TurnTo(page + 1))] if older else []
    head = "<b>Your past answers</b>" + (f", page {page + 1}" if page else "")
    return Reply("\n\n".join([head, *lines]), tuple(row for row in (numbers, tuple(turning)) if row))


def _stem(question: Question | None) -> str:
    if question is None:
        return "A question that is no longer asked"
    return textwrap.shorten(to_plain(question.stem), _STEM, placeholder=" …")


def time_taken(asking: Asking, typed: Sequence[Typed]) -> str:
    """How long after the question the answer began to come; empty where nothing came or the time is not known."""
    if asking.sent_at is None or not typed:
        return ""
    return f"answered in {lasting(min(each.received_at for each in typed) - asking.sent_at)}"


def onward(
    press: ReadPast, question: Question, typed: Sequence[Typed], followed: Sequence[AskedFollowUp]
) -> Iterator[tuple[Button, ...]]:
    """What can be done with the answer that is read: listen to it again, read its follow-ups, go back."""
    kinds = {each.kind for each in typed if each.file_id is not None}
    if kinds:
        files = sum(each.file_id is not None for each in typed)
        label = f"Your {_KINDS[kinds.pop()]}" if files == 1 else f"Your {files} recordings and files"
        yield (Button(label, Replay(press.asking_id)),)
    for each in followed:
        if each.number < len(question.follow_ups):
            label = LABELS[question.follow_ups[each.number].quality]
            yield (Button(label, ReadFollowUp(press.asking_id, each.number, press.page)),)
    yield (Button("Back to the list", TurnTo(press.page)),)


def whole_follow_up(follow_up: FollowUp, words: str) -> str:
    """The follow-up in one message: long words are cut."""
    before = f"<i>{LABELS[follow_up.quality]}</i>\n\n<b>{to_html(follow_up.ask)}</b>"
    after = f"<b>Answer</b>\n<blockquote expandable>{to_html(follow_up.answer)}</blockquote>"
    room = LONGEST_MESSAGE - length(before) - length(after) - length(_own("")) - 4
    return "\n\n".join([before, *([_own(_cut(words, room))] if words else []), after])


def _cut(words: str, room: int) -> str:
    return words if len(words) <= room else words[: max(0, room - 1)].rstrip() + "…"


def whole(past: Past, question: Question, words: str, taken: str, *, unread: bool = False) -> str:
    """All of it in one message: a long reference gives up its mistakes and source first, then the words are cut.

    `unread` says that some of the answer could not be judged.
    """
    about = escape(" · ".join([past.about, taken]) if taken else past.about)
    before = f"<i>{about}</i>\n\n<b>{to_html(question.stem)}</b>"
    for reference in (_reference(question, extras=True), _reference(question, extras=False)):
        after = f"{_points(past.asking, question, unread=unread)}\n\n{reference}"
        room = LONGEST_MESSAGE - length(before) - length(after) - length(_own("")) - 4
        if len(words) <= room:
            break
    if not words:
        return f"{before}\n\n{after}"
    return f"{before}\n\n{_own(_cut(words, room))}\n\n{after}"


def _own(words: str) -> str:
    return f"<b>Your words</b>\n<blockquote expandable>{escape(words)}</blockquote>"


def _points(asking: Asking, question: Question, *, unread: bool) -> str:
    points = question.key_points
    had = sum(number in asking.had for number in range(len(points)))
    head = f"You had {had} of {len(points)} points"
    if not had and (unread or asking.judged is None):
        unsure = any(box(asking, number) == UNSURE for number in range(len(points)))
        head = f"You ticked none of the {len(points)} points"
        head = f"I could not tell which of the {len(points)} points you made" if unsure else head
    lines = [
        f"{box(asking, number)} {number + 1}  {to_html(each.point)}" for number, each in enumerate(points)
    ]
    return "\n".join([f"<b>{head}</b>", *lines])


def _reference(question: Question, *, extras: bool) -> str:
    parts = [f"<b>Reference answer</b>\n{to_html(question.answer)}", *(_extras(question) if extras else ())]
    return "<blockquote expandable>" + "\n\n".join(parts) + "</blockquote>"


def _extras(question: Question) -> Iterator[str]:
    if question.mistakes:
        lines = [f"✗ {to_html(mistake.says)} → {to_html(mistake.but)}" for mistake in question.mistakes]
        yield "\n".join(["<b>Usual mistakes</b>", *lines])
    if question.sources:
        yield "\n".join(
            [
                f"<b>Source{'s' * (len(question.sources) > 1)}</b>",
                *(escape(source.title) for source in question.sources),
            ]
        )
