"""The points of an answer and the reference below them, as long as one message allows."""

from __future__ import annotations

from collections.abc import Sequence

from content.limits import LONGEST_MESSAGE
from content.markup import to_html
from handlers.kit.reply import escape, length
from interview.asking import Asking
from interview.question import Question
from interview.verdict import PointState

TICKED, UNSURE, UNTICKED = "☑", "◐", "☐"
_ORDER = {UNTICKED: 0, UNSURE: 1, TICKED: 2}
_FOR_A_NOTE = 300  # characters that the menu may add below
_GIVING_WAY = (
    (80, True),
    (30, True),
    (0, True),
    (0, False),
)  # signs quoted beside a point, mistakes and sources


def around(asking: Asking, asked: Question, before: Sequence[str], after: Sequence[str]) -> str:
    """A message of points and reference between other parts.

    Where it would be too long, first the learner's words beside the points give way, then mistakes and sources.
    """
    text = ""
    for quoted, extras in _GIVING_WAY:
        parts = [*before, _points(asking, asked, quoted), _reference(asked, extras=extras), *after]
        text = "\n\n".join(parts)
        if length(text) <= LONGEST_MESSAGE - _FOR_A_NOTE:
            break
    return text


def box(asking: Asking, number: int) -> str:
    """How a point stands: ticked, not sure, or neither."""
    if number in asking.had:
        return TICKED
    if asking.ticked is not None or asking.judged is None or number >= len(asking.judged):
        return UNTICKED
    return UNSURE if asking.judged[number].state is PointState.UNSURE else UNTICKED


def _points(asking: Asking, asked: Question, quoted: int) -> str:
    """What was missed first, then what is unsure, then what was found, each with so many signs of the reply."""
    order = sorted(range(len(asked.key_points)), key=lambda number: _ORDER[box(asking, number)])
    return "\n".join(_point(asking, asked, number, quoted) for number in order)


def _point(asking: Asking, asked: Question, number: int, quoted: int) -> str:
    line = f"{box(asking, number)} {number + 1}  {to_html(asked.key_points[number].point)}"
    verdict = asking.judged[number] if asking.judged and number < len(asking.judged) else None
    if verdict is None or verdict.quote is None or verdict.state is PointState.MISSED:
        return line
    doubted = verdict.state is PointState.CONTRADICTED and number not in asking.had
    if not quoted:
        return f"{line}{'  ⚠' if doubted else ''}"
    quote = " ".join(verdict.quote.split())
    quote = quote if len(quote) <= quoted else quote[: quoted - 1].rstrip() + "…"
    mark = "⚠ check this one: " if doubted else ""
    return f"{line}\n      <i>{mark}“{escape(quote)}”</i>"


def _reference(asked: Question, *, extras: bool) -> str:
    parts = [f"<b>Reference answer</b>\n{to_html(asked.answer)}"]
    if asked.mistakes and extras:
        lines = [f"✗ {to_html(mistake.says)} → {to_html(mistake.but)}" for mistake in asked.mistakes]
        parts.append("\n".join(["<b>Usual mistakes</b>", *lines]))
    if asked.sources and extras:
        heading = "Source" if len(asked.sources) == 1 else "Sources"
        parts.append(
            "\n".join([f"<b>{heading}</b>", *(_source(source.title, source.url) for source in asked.sources)])
        )
    return "<blockquote expandable>" + "\n\n".join(parts) + "</blockquote>"


def _source(title: str, url: str | None) -> str:
    return f'<a href="{escape(url)}">{escape(title)}</a>' if url else escape(title)
