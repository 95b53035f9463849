"""Cuts a text of light Markdown into paragraphs, lists and fenced code."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})\s*([^`\n]*)$")
BULLET = re.compile(r"^(\s*)[-*+•]\s+(?=\S)")
NUMBER = re.compile(r"^(\s*)(\d{1,3})[.)]\s+(?=\S)")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
QUOTE = re.compile(r"^>\s?")
LANGUAGE = re.compile(r"[A-Za-z][\w+#-]*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    heading: bool = False
    quote: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list; `lead` is what stands before it, as `• `."""

    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Fenced code. `runs` where the fence says so: ```python run."""

    text: str
    language: str = ""
    runs: bool = False


Block = Paragraph | Lines | Code


def blocks(text: str) -> tuple[Block, ...]:
    found: list[Block] = []
    lines = _clean(text).split("\n")
    at = 0
    while at < len(lines):
        if fence := FENCE.match(lines[at]):
            at = _code(lines, at + 1, fence, found)
        elif not lines[at].strip():
            at += 1
        elif heading := HEADING.match(lines[at]):
            if heading[1].strip():
                found.append(Paragraph(heading[1].strip(), heading=True))
            at += 1
        else:
            at = _list(lines, at, found) if _marker(lines[at]) else _paragraph(lines, at, found)
    return tuple(found)


def _clean(text: str) -> str:
    """What Telegram would drop or choke on goes: control characters, halves of surrogate pairs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs"))


def _code(lines: list[str], at: int, fence: re.Match[str], found: list[Block]) -> int:
    words = fence[2].split()
    end = at
    while end < len(lines) and not _closes(lines[end], fence[1]):
        end += 1
    language = LANGUAGE.fullmatch(words[0]) if words else None
    body = "\n".join(lines[at:end]).strip("\n").rstrip()
    found.append(Code(body, language[0].lower() if language else "", "run" in words[1:]))
    return end + 1


def _closes(line: str, fence: str) -> bool:
    line = line.strip()
    return len(line) >= len(fence) and set(line) == {fence[0]}


def _marker(line: str) -> Item | None:
    """The list item that a line begins, if it does; deeper ones are set in."""
    if found := BULLET.match(line):
        lead = "    ◦ " if len(found[1]) >= 2 else "• "
    elif found := NUMBER.match(line):
        lead = f"{'    ' if len(found[1]) >= 2 else ''}{found[2]}. "
    else:
        return None
    return Item(lead, line[found.end() :].strip())


def _list(lines: list[str], at: int, found: list[Block]) -> int:
    items: list[Item] = []
    while at < len(lines) and lines[at].strip() and not FENCE.match(lines[at]):
        if item := _marker(lines[at]):
            items.append(item)
        else:
            items[-1] = Item(items[-1].lead, f"{items[-1].text} {lines[at].strip()}")
        at += 1
    found.append(Lines(tuple(items)))
    return at


def _paragraph(lines: list[str], at: int, found: list[Block]) -> int:
    """Lines up to a blank one or the next block, as one; a quote ends where its marks end."""
    quote = bool(QUOTE.match(lines[at]))
    parts: list[str] = []
    while at < len(lines) and lines[at].strip() and bool(QUOTE.match(lines[at])) is quote:
        if parts and (
            FENCE.match(lines[at])
            or HEADING.match(lines[at])
            or BULLET.match(lines[at])
            or _starts(lines[at])
        ):
            break
        parts.append((QUOTE.sub("", lines[at]) if quote else lines[at]).strip())
        at += 1
    if joined := " ".join(part for part in parts if part):
        found.append(Paragraph(joined, quote=quote))
    return at


def _starts(line: str) -> bool:
    """Whether a list starts at 1 here: another number at a line's start is often part of a sentence."""
    found = NUMBER.match(line)
    return bool(found and found[2] == "1")
