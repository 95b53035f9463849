"""Questions as flashcards for Anki: HTML fields, formulas left to MathJax."""

from __future__ import annotations

import html

from content.markup_blocks import Block, Code, Lines, Paragraph, blocks
from content.markup_spans import Span, SpanKind, spans
from interview.archive.flashcards import NoteKind
from interview.question import Question

KIND = NoteKind(
    name="Interview question",
    fields=("Question", "Key points", "Answer", "Mistakes", "Sources", "About", "Id"),
    front='<div class="about">{{About}}</div>\n<div class="stem">{{Question}}</div>',
    back="""{{FrontSide}}
<hr id="answer">
<div class="points">{{Key points}}</div>
<div class="reference">{{Answer}}</div>
{{#Mistakes}}<div class="mistakes"><b>Usual mistakes</b>{{Mistakes}}</div>{{/Mistakes}}
{{#Sources}}<div class="sources">{{Sources}}</div>{{/Sources}}""",
    style=""".card { font: 18px/1.5 system-ui, sans-serif; max-width: 42em; margin: 0 auto; }
.about, .sources { font-size: 14px; opacity: 0.7; }
.stem { font-size: 20px; }
.points, .mistakes { margin: 1em 0; }
code, pre { font-family: ui-monospace, monospace; font-size: 15px; }
pre { text-align: left; overflow-x: auto; }
""",
)

_TAGS = {SpanKind.BOLD: "b", SpanKind.ITALIC: "i"}


def fields(question: Question, topic: str) -> tuple[str, ...]:
    """The question as the fields of `KIND`, in their order. `topic` is its topic's title."""
    points = [
        _line(each.point) + ("" if each.must else " <i>(good to have)</i>") for each in question.key_points
    ]
    mistakes = [f"✗ {_line(each.says)} → {_line(each.but)}" for each in question.mistakes]
    return (
        to_fields_html(question.stem),
        _list("ol", points),
        to_fields_html(question.answer),
        _list("ul", mistakes),
        "<br>".join(_source(each.title, each.url) for each in question.sources),
        _escape(f"{topic} · {question.level}"),
        question.id,
    )


def to_fields_html(text: str) -> str:
    r"""Light Markdown as HTML without line feeds that count; formulas stand as `\(LaTeX\)`."""
    return "".join(map(_block, blocks(text)))


def _block(block: Block) -> str:
    match block:
        case Code():
            return f"<pre><code>{_escape(block.text)}</code></pre>"
        case Lines():
            return "<p>" + "<br>".join(_escape(item.lead) + _line(item.text) for item in block.items) + "</p>"
        case Paragraph():
            tag = "h4" if block.heading else "blockquote" if block.quote else "p"
            return f"<{tag}>{_line(block.text)}</{tag}>"


def _line(text: str) -> str:
    return "".join(map(_span, spans(text)))


def _span(span: Span) -> str:
    if span.kind in _TAGS:
        tag = _TAGS[span.kind]
        return f"<{tag}>{''.join(map(_span, span.inner))}</{tag}>"
    if span.kind is SpanKind.CODE:
        return f"<code>{_escape(span.text)}</code>"
    return rf"\({_escape(span.text)}\)" if span.kind is SpanKind.FORMULA else _escape(span.text)


def _list(tag: str, items: list[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>" if items else ""


def _source(title: str, url: str | None) -> str:
    return f'<a href="{html.escape(url)}">{_escape(title)}</a>' if url else _escape(title)


def _escape(text: str) -> str:
    return html.escape(text, quote=False)
