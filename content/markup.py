"""Turns the light Markdown of our texts into HTML that Telegram takes, or into plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from content.formula import FormulaError, fits_a_line, to_unicode
from content.markup_blocks import Block, Code, Lines, Paragraph, blocks
from content.markup_spans import Span, SpanKind, spans

VISIBLE = re.compile(r"\*\*|`|</?(?:b|i|u|s|br|p|sub|sup|em|strong|code|pre)/?>|\\[a-zA-Z]+|^\|.*\|$")
TAGS = {SpanKind.BOLD: "b", SpanKind.ITALIC: "i"}
KEPT = re.compile(r"(?<=\d) (?=%|× \d)|(?<=\d ×) (?=\d)")  # 97 %, 3 × 3
BOUND = re.compile(r"(?<!\|) ")  # after a bar a line may end in any case, and the next would begin with a gap
NO_BREAK = "\u00a0"  # a space at which no line ends
KEPT_WHOLE = 16  # characters: half a line of a phone; a longer formula may go on in the next line


@lru_cache(
    maxsize=8192
)  # the same few thousand texts of the bank over and over: a fifth of the work of a rating
def to_html(text: str) -> str:
    """HTML of b, i, code and pre alone, properly nested, never empty tags; all else is escaped.

    Takes any text: what is no markup stands as it was typed, a formula that cannot be set stands as code.
    No blockquotes, so that the whole may be put into one.
    """
    return "\n\n".join(filter(None, map(_block_html, blocks(text)))).strip("\n ")


def to_plain(text: str) -> str:
    """The same words without any markup: exactly what `to_html` shows."""
    return "\n\n".join(filter(None, map(_block_plain, blocks(text)))).strip("\n ")


def formulas(text: str) -> tuple[str, ...]:
    """The LaTeX of each formula in a text, in order."""
    return tuple(
        span.text
        for block in blocks(text)
        for line in _lines(block)
        for span in _deep(spans(line))
        if span.kind is SpanKind.FORMULA
    )


def tall_formulas(text: str) -> tuple[str, ...]:
    """The formulas that a line of text cannot hold well, each once: they want a picture beside the text."""
    return tuple(dict.fromkeys(formula for formula in formulas(text) if not fits_a_line(formula)))


def code_blocks(text: str) -> tuple[Code, ...]:
    """The fenced code of a text; `runs` says whether it claims to run as it stands."""
    return tuple(block for block in blocks(text) if isinstance(block, Code))


def visible_marks(text: str) -> tuple[str, ...]:
    """Marks that were meant as markup and would show as they stand: unclosed bold, HTML, tables, commands."""
    return tuple(
        found
        for block in blocks(text)
        for line in _lines(block)
        for span in _deep(spans(line))
        if span.kind is SpanKind.TEXT
        for found in VISIBLE.findall(span.text)
    )


def _lines(block: Block) -> tuple[str, ...]:
    match block:
        case Paragraph():
            return (block.text,)
        case Lines():
            return tuple(item.text for item in block.items)
        case Code():
            return ()


def _deep(found: tuple[Span, ...]) -> Iterator[Span]:
    for span in found:
        yield span
        yield from _deep(span.inner)


def _block_html(block: Block) -> str:
    match block:
        case Code():
            return _code_html(block)
        case Lines():
            return "\n".join(item.lead + _spans_html(spans(item.text)) for item in block.items)
        case Paragraph():
            inner = spans(block.text)
            kind = SpanKind.BOLD if block.heading else SpanKind.ITALIC if block.quote else None
            return _spans_html((Span(kind, "", inner),) if kind else inner)


def _block_plain(block: Block) -> str:
    match block:
        case Code():
            return block.text
        case Lines():
            return "\n".join(item.lead + _spans_plain(spans(item.text)) for item in block.items)
        case Paragraph():
            return _spans_plain(spans(block.text))


def _code_html(block: Code) -> str:
    if not block.text.strip():
        return ""
    text = _escape(block.text)
    return (
        f'<pre><code class="language-{block.language}">{text}</code></pre>'
        if block.language
        else f"<pre>{text}</pre>"
    )


def _spans_html(found: tuple[Span, ...], around: tuple[str, ...] = ()) -> str:
    """Tags of runs of equal style: Telegram wants no code inside bold, so bold stops before code."""
    parts: list[str] = []
    for style, text in _merged(_runs(found, around)):
        opening = "".join(f"<{tag}>" for tag in style)
        closing = "".join(f"</{tag}>" for tag in reversed(style))
        parts.append(opening + _escape(text) + closing if text.strip() else _escape(text))
    return "".join(parts)


def _spans_plain(found: tuple[Span, ...]) -> str:
    return "".join(text for _, text in _merged(_runs(found, ())))


def _runs(found: tuple[Span, ...], around: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    for span in found:
        if span.kind in TAGS:
            tag = TAGS[span.kind]
            yield from _runs(span.inner, around if tag in around else tuple(sorted({*around, tag})))
        elif span.kind is SpanKind.CODE:
            yield ("code",), span.text
        elif span.kind is SpanKind.FORMULA:
            text = _formula(span.text)
            yield (around, text) if text is not None else (("code",), span.text)
        else:
            yield around, span.text


def _merged(runs: Iterator[tuple[tuple[str, ...], str]]) -> Iterator[tuple[tuple[str, ...], str]]:
    style: tuple[str, ...] = ()
    text = ""
    for next_style, next_text in runs:
        if next_style != style or style == ("code",):
            if text:
                yield style, _unbroken(style, text)
            style, text = next_style, next_text
        else:
            text += next_text
    if text:
        yield style, _unbroken(style, text)


def _unbroken(style: tuple[str, ...], text: str) -> str:
    """A percent sign stays on the line of its number, and so do both sides of a format such as 3 × 3."""
    return text if style == ("code",) else KEPT.sub(NO_BREAK, text)


def _formula(tex: str) -> str | None:
    """The formula as text, a short one in one piece; None where it cannot be set."""
    try:
        text = to_unicode(tex)
    except FormulaError:
        return None
    return BOUND.sub(NO_BREAK, text) if len(text) <= KEPT_WHOLE else text


def _escape(text: str) -> str:
    return html.escape(text, quote=False)
