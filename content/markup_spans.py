"""Finds bold, italic, code and formulas in a line of light Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class SpanKind(Enum):
    TEXT = "text"
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a line; bold and italic hold other spans, the rest holds text."""

    kind: SpanKind
    text: str
    inner: tuple[Span, ...] = ()


ESCAPED = re.compile(r"\\([\\`*_${}\[\]()#+\-.!>~|])")
CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
DISPLAY = re.compile(r"\$\$\s*(\S(?:[^$\\]|\\.)*?)\s*\$\$")
FORMULA = re.compile(r"\$(?=[^\s$])((?:[^$\\]|\\.)*?)(?<=[^\s\\])\$(?!\d)")
BOLD = re.compile(r"\*\*(?=[^\s*])")
STAR = re.compile(r"(?<![^\W_])\*(?=[^\s*])")
DASH = re.compile(r"(?<![^\W_])_(?=[^\s_])")
LITERAL = (ESCAPED, CODE, DISPLAY, FORMULA)
DEEPEST = 4


def spans(line: str, depth: int = 0) -> tuple[Span, ...]:
    """The spans of a line; marks that do not close, or stand inside a word, are text."""
    found: list[Span] = []
    text: list[str] = []
    unclosed: set[str] = set()  # marks that close nowhere further on: nobody looks for them twice
    at = 0
    while at < len(line):
        span, end = _span_at(line, at, depth, unclosed)
        if span is None:
            text.append(line[at:end])
        elif span.kind is SpanKind.TEXT:
            text.append(span.text)
        else:
            if text:
                found.append(Span(SpanKind.TEXT, "".join(text)))
                text = []
            found.append(span)
        at = end
    if text:
        found.append(Span(SpanKind.TEXT, "".join(text)))
    return tuple(found)


def _span_at(line: str, at: int, depth: int, unclosed: set[str]) -> tuple[Span | None, int]:
    match line[at]:
        case "\\":
            if found := ESCAPED.match(line, at):
                return Span(SpanKind.TEXT, found[1]), found.end()
        case "`":
            if found := CODE.match(line, at):
                return Span(SpanKind.CODE, found[2].strip() or found[2]), found.end()
            ticks = re.compile("`+").match(line, at)
            return None, ticks.end() if ticks else at + 1
        case "$":
            if found := DISPLAY.match(line, at) or FORMULA.match(line, at):
                return Span(SpanKind.FORMULA, found[1]), found.end()
        case "*" | "_" if depth < DEEPEST:
            return _emphasis(line, at, depth, unclosed)
    return None, at + 1


def _emphasis(line: str, at: int, depth: int, unclosed: set[str]) -> tuple[Span | None, int]:
    if BOLD.match(line, at):
        mark, kind = "**", SpanKind.BOLD
    elif (STAR if line[at] == "*" else DASH).match(line, at) and not line.startswith("**", at):
        mark, kind = line[at], SpanKind.ITALIC
    else:
        run = re.compile(r"\*+|_+").match(line, at)
        return None, run.end() if run else at + 1
    end = -1 if mark in unclosed else _closing(line, at + len(mark), mark)
    if end < 0:
        unclosed.add(mark)
        return None, at + len(mark)
    inner = spans(line[at + len(mark) : end], depth + 1)
    return Span(kind, "", inner), end + len(mark)


def _closing(line: str, at: int, mark: str) -> int:
    """Where a mark closes, past code and formulas; -1 where it does not."""
    start = at
    while at < len(line):
        if line[at] in "\\`$" and (skipped := _skipped(line, at)):
            at = skipped
            continue
        if (
            line.startswith(mark, at)
            and at > start
            and not line[at - 1].isspace()
            and _may_close(line, at, mark)
        ):
            return at
        double = line.startswith("**", at) and mark == "*"
        at += 2 if double else 1
    return -1


def _skipped(line: str, at: int) -> int:
    """The end of what stands here and may hold marks of its own; 0 where nothing does."""
    return next((found.end() for rule in LITERAL if (found := rule.match(line, at))), 0)


def _may_close(line: str, at: int, mark: str) -> bool:
    after = line[at + len(mark) : at + len(mark) + 1]
    if mark == "_":
        return not (after.isalnum() or after == "_")
    if mark == "*":
        return after != "*" and line[at - 1] != "*" and not after.isalnum()
    return True
