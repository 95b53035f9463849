"""Formatted text as HTML for the page."""

import html
import re

from playground.entities import Entity, Formatted, utf16_length
from playground.links import checked_url


def render(formatted: Formatted) -> str:
    """Safe HTML of a text for the page: only tags made here, everything else escaped, links http(s) or tg."""
    opening: dict[int, list[Entity]] = {}
    for entity in formatted.entities:
        opening.setdefault(entity.offset, []).append(entity)
    out: list[str] = []
    stack: list[tuple[int, str]] = []
    at = 0
    for ch in [*formatted.text, ""]:
        while stack and stack[-1][0] <= at:
            out.append(stack.pop()[1])
        for entity in opening.get(at, []):
            start, end = _html_tags(entity, formatted.text)
            out.append(start)
            stack.append((entity.end, end))
        out.append(ESCAPED.get(ch, ch))
        at += utf16_length(ch)
    out += [end for _, end in reversed(stack)]
    return "".join(out)


ESCAPED = {each: html.escape(each) for each in "&<>\"'"}


def escape(text: str) -> str:
    """A plain text as HTML."""
    return html.escape(text)


PAIRS = {
    "bold": ("<b>", "</b>"), "italic": ("<i>", "</i>"), "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"), "code": ("<code>", "</code>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ('<blockquote expandable>', "</blockquote>"),
    "spoiler": ('<span class="tg-spoiler">', "</span>"),
}  # fmt: skip


def _html_tags(entity: Entity, text: str) -> tuple[str, str]:
    if entity.type in PAIRS:
        return PAIRS[entity.type]
    covered = stretch(text, entity)
    match entity.type:
        case "pre":
            language = f' class="language-{html.escape(entity.language)}"' if entity.language else ""
            return f"<pre><code{language}>", "</code></pre>"
        case "text_link" | "url":
            address = entity.url or checked_url(covered) or ""
            if not re.match("(?i)(https?|tg)://", address):
                return "", ""
            return f'<a href="{html.escape(address)}" target="_blank" rel="noopener noreferrer">', "</a>"
        case "bot_command":
            return f'<span class="command" data-command="{html.escape(covered)}">', "</span>"
        case _:
            return f'<span class="{entity.type.replace("_", "-")}">', "</span>"


def stretch(text: str, entity: Entity) -> str:
    """The part of a text an entity covers."""
    return text.encode("utf-16-le")[2 * entity.offset : 2 * entity.end].decode("utf-16-le")
