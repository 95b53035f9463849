"""/history: past answers, to be read again."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import ClassVar

from content.limits import LONGEST_MESSAGE
from content.markup import to_html, to_plain
from handlers.asking.presses import BringToday
from handlers.asking.views import TICKED, UNSURE, UNTICKED
from handlers.kit import chat
from handlers.kit.context import Context
from handlers.kit.feature import Called, Feature
from handlers.kit.press import Press
from handlers.kit.refusal import Refusal
from handlers.kit.reply import Button, Reply, escape
from interview.asking import Asking
from interview.day import study_day
from interview.learner import Learner
from interview.question import Question
from interview.verdict import PointState
from interview.words import dated
from storage import askings, learners, replies, statistics

PAGE = 5
_LAST_PAGE = 100_000  # a forged number beyond it would not fit the database
_STEM = 120  # characters of a question in the list
_GONE = "That answer is no longer here. /history lists those that are."
_NOTHING = Reply(
    "<b>Nothing to read yet.</b>\nEvery question you answer is kept here with your own words.",
    ((Button("Today’s question", BringToday()),),),
)


@dataclass(frozen=True, slots=True)
class TurnTo(Press):
    """This page of the list, counted from 0: the newest answers."""

    name: ClassVar[str] = "past"
    page: int


@dataclass(frozen=True, slots=True)
class ReadPast(Press):
    """This answer in whole, and the page to come back to."""

    name: ClassVar[str] = "reread"
    asking_id: int
    page: int


@dataclass(frozen=True, slots=True)
class Past:
    """One answer as the list shows it; without a question where that left the bank."""

    asking: Asking
    question: Question | None
    about: str


async def list_history(context: Context, _: str = "") -> None:
    """The newest answers."""
    await _show_page(context, 0)


async def turn_to(context: Context, press: TurnTo) -> None:
    """Another page, in place of this one."""
    await _show_page(context, max(0, press.page))


async def read_past(context: Context, press: ReadPast) -> None:
    """One answer in place of the list: the question, the learner's words, points, rating and reference."""
    on = context.on
    async with on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        asking = await askings.find(tx, press.asking_id, learner.id)
        typed = await replies.of_asking(tx, asking.id) if asking else []
    question = on.bank.find(asking.question_id) if asking else None
    if asking is None or question is None or asking.shown_at is None:
        raise Refusal(_GONE)
    past = _past(context, asking, learner, learner.today(context.now))
    text = _whole(past, question, "\n".join(each.text for each in typed))
    await chat.respond(context, Reply(text, ((Button("Back to the list", TurnTo(press.page)),),)))


async def _show_page(context: Context, page: int) -> None:
    page = min(page, _LAST_PAGE)
    async with context.on.db.transaction() as tx:
        learner = await learners.get(tx, context.learner_id)
        ids = await statistics.answered(tx, learner.id, limit=PAGE + 1, offset=page * PAGE)
        found = [await askings.get(tx, asking_id, learner.id) for asking_id in ids]
    if page and not found:
        raise Refusal("There is nothing older. /history begins with the newest.")
    today = learner.today(context.now)
    shown = [_past(context, asking, learner, today) for asking in found[:PAGE]]
    await chat.respond(context, _list(shown, page, older=len(found) > PAGE))


def _past(context: Context, asking: Asking, learner: Learner, today: date) -> Past:
    question = context.on.bank.find(asking.question_id)
    topic = context.on.taxonomy.topic(question.topic) if question else None
    assert asking.shown_at is not None, "only what was shown is history"
    when = dated(study_day(asking.shown_at, learner.zone), today)
    rating = asking.rating.label if asking.rating else "not rated"
    return Past(asking, question, " · ".join([*([topic.short] if topic else []), when, rating]))


def _list(shown: Sequence[Past], page: int, *, older: bool) -> Reply:
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


def _whole(past: Past, question: Question, words: str) -> str:
    """All of it in one message: a long reference gives up its mistakes and source first, then the words are cut."""
    before = f"<i>{escape(past.about)}</i>\n\n<b>{to_html(question.stem)}</b>"
    for reference in (_reference(question, extras=True), _reference(question, extras=False)):
        after = f"{_points(past.asking, question)}\n\n{reference}"
        room = LONGEST_MESSAGE - _length(before) - _length(after) - _length(_own("")) - 4
        if len(words) <= room:
            break
    if not words:
        return f"{before}\n\n{after}"
    cut = words if len(words) <= room else words[: max(0, room - 1)].rstrip() + "…"
    return f"{before}\n\n{_own(cut)}\n\n{after}"


def _own(words: str) -> str:
    return f"<b>Your words</b>\n<blockquote expandable>{escape(words)}</blockquote>"


def _points(asking: Asking, question: Question) -> str:
    points = question.key_points
    had = sum(number in asking.had for number in range(len(points)))
    lines = [
        f"{_box(asking, number)} {number + 1}  {to_html(each.point)}" for number, each in enumerate(points)
    ]
    return "\n".join([f"<b>You had {had} of {len(points)} points</b>", *lines])


def _box(asking: Asking, number: int) -> str:
    if number in asking.had:
        return TICKED
    judged = asking.judged if asking.ticked is None else None
    unsure = judged is not None and number < len(judged) and judged[number].state is PointState.UNSURE
    return UNSURE if unsure else UNTICKED


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


def _length(html: str) -> int:
    """How long Telegram finds it: without tags, every escaped sign as one."""
    return len(unescape(re.sub(r"<[^>]*>", "", html)))


FEATURE = Feature(
    name="history",
    commands=(Called("history", "read your past answers again", list_history),),
    presses={TurnTo: turn_to, ReadPast: read_past},
)
